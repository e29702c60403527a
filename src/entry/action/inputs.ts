import * as core from '@actions/core';
import type { RepositoryName } from '../../app/ports/github.js';
import type { Problem } from '../../model/problem.js';
import { UserError } from '../../model/user-error.js';
import { serverOrigin } from '../../settings/credentials.js';
import { usageError } from '../../settings/option-reader.js';
import { PUBLISH_OPTIONS, type PublishOptionName, type RawOptions } from '../../settings/options.js';
import { parseSettings, type RunSettings } from '../../settings/settings.js';
import { parseRunEvent } from './event.js';
import { decideAutoMode } from './mode.js';

/** What the action was told. */
export interface ActionInputs {
  readonly settings: RunSettings;
  readonly token: string;
  /** The repository of the site; undefined where it is on another server, or no repository at all. */
  readonly repository: RepositoryName | undefined;
  /** Why the run only previews although the user did not say so; undefined if it publishes, or they did. */
  readonly previewReason: string | undefined;
}

/**
 * Reads the inputs of the action from the runner's environment.
 *
 * @param payload of the event that the run was started by
 * @throws {UserError} `usage`, with all faults at once
 */
export function readActionInputs(env: NodeJS.ProcessEnv, payload: unknown): ActionInputs {
  const raw = readRaw();
  const { problem, ...mode } = readMode(core.getInput('mode'), env, payload);
  const problems: Problem[] = problem ? [problem] : [];
  const named = core.getInput('repository');
  const repository = parseRepository(named || env['GITHUB_REPOSITORY'] || '');
  if (named !== '' && !repository) {
    problems.push(fault('repository', `"${named}" is not a repository`, 'Write owner/name.'));
  }
  if (named !== '' && raw.remote !== undefined) {
    problems.push(fault('repository', 'it cannot be used together with input "remote"', 'Give one of them.'));
  }
  const defaultRemote = repository && `${serverOrigin(env)}/${repository.owner}/${repository.repo}`;
  try {
    const settings = parseSettings(raw, {
      preview: mode.preview,
      nameOf: (option) => `input "${option}"`,
      defaultRemote,
      wantsDiff: mode.preview,
      isRelease: env['GITHUB_REF_TYPE'] === 'tag',
    });
    if (problems.length > 0) throw usageError(problems);
    const isHere = settings.site.kind === 'git' && settings.site.remote === defaultRemote;
    return {
      settings,
      token: core.getInput('token'),
      repository: isHere ? repository : undefined,
      previewReason: mode.reason,
    };
  } catch (error) {
    if (problems.length === 0 || !(error instanceof UserError)) throw error;
    throw usageError([...new Set([...problems, ...error.problems])]);
  }
}

function readRaw(): RawOptions {
  const raw: RawOptions = {};
  for (const [name, { kind, on }] of Object.entries(PUBLISH_OPTIONS)) {
    if (on === 'command line') continue;
    const text = core.getInput(name);
    if (text !== '') raw[name as PublishOptionName] = kind === 'list' ? text.split(/\r?\n/) : text;
  }
  return raw;
}

function readMode(
  mode: string,
  env: NodeJS.ProcessEnv,
  payload: unknown,
): { preview: boolean; reason?: string; problem?: Problem } {
  if (mode === 'preview') return { preview: true };
  if (mode === 'publish') return { preview: false };
  if (mode !== '' && mode !== 'auto') {
    const hint = 'Write auto, publish, preview or comment.';
    return { preview: true, problem: fault('mode', `"${mode}" is unknown`, hint) };
  }
  const decision = decideAutoMode(parseRunEvent(env, payload));
  return decision.publishes ? { preview: false } : { preview: true, reason: decision.why };
}

/** Reads `owner/name`; undefined if the text is something else. Managed users of GitHub have a "_" in their name. */
export function parseRepository(text: string): RepositoryName | undefined {
  const match = /^([\w-]{1,100})\/([\w.-]{1,100})$/.exec(text);
  return match ? { owner: match[1] as string, repo: match[2] as string } : undefined;
}

function fault(name: string, what: string, hint: string): Problem {
  return { severity: 'error', code: 'usage', path: name, message: `input "${name}": ${what}.`, hint };
}
