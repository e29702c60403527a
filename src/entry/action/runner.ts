import * as core from '@actions/core';
import type { Log } from '../../app/ports/log.js';
import { createGitHubApi, type GitHubApi } from '../../io/github/api.js';
import { asLogText } from '../../model/printable.js';
import { inNotationOf } from '../../report/option-notation.js';
import { GITHUB, serverOrigin } from '../../settings/credentials.js';

/** Timeout of each request to GitHub's API, in milliseconds. */
export const API_TIMEOUT_MS = 10_000;

/** The environment that the runner sets. */
export const { env } = process;
/** The workspace, where relative paths start. */
export const cwd = env['GITHUB_WORKSPACE'] || process.cwd();
/** The log of the step. */
export const log: Log = {
  info: (message) => {
    core.info(asLogText(inNotationOf('action', message)));
  },
  detail: (message) => {
    core.debug(message);
  },
};

/**
 * Creates access to GitHub's API.
 *
 * @returns `undefined` without a token, or if the address of the API is unknown
 */
export function createApi(token: string, timeoutMs: number): GitHubApi | undefined {
  const apiUrl = env['GITHUB_API_URL'] || (serverOrigin(env) === GITHUB ? 'https://api.github.com' : '');
  return token === '' || apiUrl === ''
    ? undefined
    : createGitHubApi({ token, apiUrl, timeoutMs: Math.min(timeoutMs, API_TIMEOUT_MS), log });
}
