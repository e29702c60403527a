/**
 * The GitHub Action: reads inputs and the event, runs, sets outputs, annotations and the job summary, and comments.
 *
 * @module
 */

import { setTimeout } from 'node:timers/promises';
import * as core from '@actions/core';
import { context } from '@actions/github';
import { failedOutcome } from '../../app/failed-outcome.js';
import { ensurePagesBuild } from '../../app/pages.js';
import type { Log } from '../../app/ports/log.js';
import { cacheFolder } from '../../io/cache-folder.js';
import { writeReportFile } from '../../io/files/report-file.js';
import { createActionsCache } from '../../io/github/actions-cache.js';
import { createGitHubApi, type GitHubApi } from '../../io/github/api.js';
import { createGitHubRepository, type GitHubRepository } from '../../io/github/repository.js';
import { FORMAT_NAMES } from '../../model/format-name.js';
import type { Outcome } from '../../model/outcome.js';
import { asLogText } from '../../model/printable.js';
import type { Problem } from '../../model/problem.js';
import { problemsOf, UserError } from '../../model/user-error.js';
import { renderReportFile } from '../../report/report-json.js';
import { createPaint } from '../../report/terminal.js';
import { GITHUB, serverOrigin, tokenForAction, tokenForApi } from '../../settings/credentials.js';
import { httpOrigin } from '../../stores/git/remote.js';
import { withConfig } from '../commands/config.js';
import { describeSite, run } from '../commands/run.js';
import { describeFailure } from '../failure.js';
import { createLogProgress } from '../progress.js';
import { commentOnOutcome, commentOnReport } from './comment.js';
import { parseRepository, readActionInputs, type ActionInputs } from './inputs.js';
import { annotate } from './log.js';
import { previewNotice } from './mode.js';
import { report } from './report.js';
import { siteUrlFor } from './site-url.js';

/** What one call of GitHub's API may take, in milliseconds. */
const API_TIMEOUT_MS = 10_000;

const { env } = process;
const cwd = env['GITHUB_WORKSPACE'] || process.cwd();
const log: Log = {
  info: (message) => {
    core.info(asLogText(message));
  },
  detail: (message) => {
    core.debug(message);
  },
};

async function main(): Promise<void> {
  maskToken(core.getInput('token'));
  if (core.getInput('mode').trim() === 'comment') await commentOnly();
  else await publishOrPreview();
}

/** Before anything else is done with it: the log shows stars wherever the token would stand, as it is or in a header. */
function maskToken(token: string): void {
  if (token === '') return;
  core.setSecret(token);
  core.setSecret(Buffer.from(`x-access-token:${token}`).toString('base64'));
}

async function publishOrPreview(): Promise<void> {
  const read = await readInputs();
  if (read.previewReason !== undefined) core.notice(previewNotice(read.previewReason), { title: 'preview' });
  const api = createApi(apiTokenOf(read), read.settings.timeoutMs);
  const { outcome, failed } = await outcomeOf(read, api);
  await report(outcome, env);
  annotate([...outcome.problems, ...(await handOn(outcome, read, api))]);
  if (failed || (outcome.refusal && read.settings.failOn !== 'never'))
    process.exitCode = core.ExitCode.Failure;
}

/** Where not even the inputs can be understood, that is all there is to report. */
async function readInputs(): Promise<ActionInputs> {
  try {
    return readActionInputs(env, context.payload);
  } catch (error) {
    const format = FORMAT_NAMES.find((name) => name === core.getInput('format')) ?? 'imagej';
    if (error instanceof UserError) await report(failedOutcome(error, format, 'publication', ''), env);
    throw error;
  }
}

/** What came of the run, also where it ended before there was anything to publish. */
async function outcomeOf(
  read: ActionInputs,
  api: GitHubApi | undefined,
): Promise<{ outcome: Outcome; failed: boolean }> {
  try {
    const inputs = { ...read, settings: await withConfig(read.settings, cwd) };
    const github = api && inputs.repository && createGitHubRepository(api, inputs.repository);
    const outcome = await runWith(inputs, github);
    return { outcome: await withPages(outcome, inputs, github), failed: false };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { format, preview } = read.settings;
    const outcome = failedOutcome(
      error,
      format,
      preview ? 'preview' : 'publication',
      describeSite(read.settings),
    );
    return { outcome, failed: true };
  }
}

async function runWith(inputs: ActionInputs, github: GitHubRepository | undefined): Promise<Outcome> {
  const { settings } = inputs;
  const { token, withheld } = tokenForAction(inputs.token, originOf(inputs), env);
  if (withheld !== undefined) core.warning(withheld);
  const siteUrl = settings.siteUrl ?? (await siteUrlFor(inputs, github));
  return run(
    { ...settings, siteUrl },
    {
      cwd,
      env,
      token,
      ...(github ? { remoteSizes: github.sizes } : {}),
      cacheDir: cacheFolder(env),
      sharedCache: createActionsCache(log),
      log,
      progress: createLogProgress(log.info),
      artifactRoots: [cwd, env['RUNNER_TEMP'] ?? ''].filter((folder) => folder !== ''),
    },
  );
}

/** The outcome with what GitHub Pages makes of it; without an address that is not served. */
async function withPages(
  outcome: Outcome,
  { settings: { site, siteUrl }, repository }: ActionInputs,
  github: GitHubRepository | undefined,
): Promise<Outcome> {
  if (!github || !repository || site.kind !== 'git') return outcome;
  const runtime = { now: () => new Date(), random: Math.random, sleep: (ms: number) => setTimeout(ms) };
  const { branch, directory } = site;
  const settingsUrl = `${serverOrigin(env)}/${repository.owner}/${repository.repo}/settings/pages`;
  const target = { branch, directory, settingsUrl, commit: outcome.commit, siteUrl: outcome.siteUrl };
  const pages = await ensurePagesBuild(
    github,
    { ...target, isAddressGiven: siteUrl !== undefined },
    runtime,
    log,
  );
  return {
    ...outcome,
    siteUrl: pages.isServed ? outcome.siteUrl : undefined,
    // A preview is read by people who cannot change the settings of the repository.
    problems: outcome.kind === 'preview' ? outcome.problems : [...outcome.problems, ...pages.problems],
  };
}

/** The report as a file and as a comment. Neither makes undone what was done: what is wrong with them is told. */
async function handOn(
  outcome: Outcome,
  { settings: { reportFile, comment, preview } }: ActionInputs,
  api: GitHubApi | undefined,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  if (reportFile !== undefined) {
    try {
      await writeReportFile(cwd, reportFile, renderReportFile(outcome));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      process.exitCode = core.ExitCode.Failure;
      problems.push(...problemsOf(error));
    }
  }
  if (!comment || !preview) return problems;
  const repository = parseRepository(env['GITHUB_REPOSITORY'] ?? '');
  if (api && repository)
    return [...problems, ...(await commentOnOutcome(outcome, { api, repository, env, cwd, log }))];
  const message = 'There is no comment: no token was given for the repository of the pull request.';
  const hint = 'Write "report-file" here, and comment in a further step with "mode: comment".';
  return [...problems, { severity: 'warning', code: 'comment-not-written', message, hint }];
}

/** `mode: comment`: nothing is planned, and nothing is told but what is wrong. */
async function commentOnly(): Promise<void> {
  const file = core.getInput('report-file').trim();
  const api = createApi(core.getInput('token'), API_TIMEOUT_MS);
  const repository = parseRepository(env['GITHUB_REPOSITORY'] ?? '');
  if (file === '' || !api || !repository) {
    const missing = file === '' ? 'input "report-file"' : 'input "token"';
    throw new UserError('usage', `${missing}: "mode: comment" needs it.`, {
      hint: 'Name the report that the workflow of the pull request wrote, and pass a token with "pull-requests: write".',
    });
  }
  await commentOnReport(file, { api, repository, env, cwd, log });
}

function apiTokenOf(inputs: ActionInputs): string {
  return tokenForApi(inputs.token, originOf(inputs), env) ?? '';
}

function originOf({ settings: { site } }: ActionInputs): string | undefined {
  return site.kind === 'git' ? httpOrigin(site.remote) : undefined;
}

function createApi(token: string, timeoutMs: number): GitHubApi | undefined {
  const apiUrl = env['GITHUB_API_URL'] || (serverOrigin(env) === GITHUB ? 'https://api.github.com' : '');
  return token === '' || apiUrl === ''
    ? undefined
    : createGitHubApi({ token, apiUrl, timeoutMs: Math.min(timeoutMs, API_TIMEOUT_MS), log });
}

try {
  await main();
} catch (error) {
  if (error instanceof UserError) {
    annotate(problemsOf(error));
    process.exitCode = core.ExitCode.Failure;
  } else core.setFailed(describeFailure(error, createPaint(false)));
}
