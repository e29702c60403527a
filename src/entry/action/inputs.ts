import * as core from '@actions/core';
import type { RepositoryName } from '../../app/ports/github.js';
import type { OptionTable } from '../../model/option.js';
import type { Problem } from '../../model/problem.js';
import { serverOrigin } from '../../settings/credentials.js';
import { usageProblem } from '../../settings/option-reader.js';
import { MODES, PUBLISH_OPTIONS } from '../../settings/options.js';
import type { SiteLocation } from '../../stores/locations.js';
import { parseRunEvent } from './event.js';
import { decideAutoMode } from './mode.js';

/** The inputs of an action that changes a site. The values of options are not checked yet. */
export interface SiteInputs {
  readonly values: Readonly<Record<string, string | readonly string[]>>;
  /** Problems of the inputs that are not options. */
  readonly problems: readonly Problem[];
  readonly token: string;
  /** The repository that is used if no location is given. */
  readonly repository: RepositoryName | undefined;
  /** Its address. */
  readonly defaultRemote: string | undefined;
}

/** The inputs of the main action. */
export interface PublishInputs extends SiteInputs {
  readonly preview: boolean;
  /** Why `mode: auto` only previews; `undefined` if the run publishes, or if the user chose the mode. */
  readonly previewReason: string | undefined;
}

/**
 * Reads the inputs of the main action from the runner's environment.
 *
 * @param payload the payload of the event that started the run
 */
export function readPublishInputs(env: NodeJS.ProcessEnv, payload: unknown): PublishInputs {
  const { problem, preview, reason } = readMode(core.getInput('mode'), env, payload);
  const inputs = readSiteInputs(PUBLISH_OPTIONS, env);
  const problems = [...(problem ? [problem] : []), ...inputs.problems];
  return { ...inputs, problems, preview, previewReason: reason };
}

/**
 * Reads the inputs of an action that changes a site.
 *
 * @param table the inputs of the action
 */
export function readSiteInputs(table: OptionTable, env: NodeJS.ProcessEnv): SiteInputs {
  const named = core.getInput('repository');
  const repository = parseRepository(named || env['GITHUB_REPOSITORY'] || '');
  const isFaulty = named !== '' && !repository;
  return {
    values: readInputs(table),
    problems: isFaulty ? [fault('repository', `"${named}" is not a repository`, 'Write owner/name.')] : [],
    token: core.getInput('token'),
    repository,
    defaultRemote: repository && `${serverOrigin(env)}/${repository.owner}/${repository.repo}`,
  };
}

/** Returns the repository of the site; `undefined` if the site is on another server or not in a repository. */
export function repositoryOf(
  { repository, defaultRemote }: SiteInputs,
  site: SiteLocation,
): RepositoryName | undefined {
  return site.kind === 'git' && site.remote === defaultRemote ? repository : undefined;
}

/**
 * Reads the inputs of a table of options. Inputs that were not given are absent. A flag has its default then: a workflow
 * passes an empty text if it gets the value from an input that another event does not have.
 */
export function readInputs(table: OptionTable): Record<string, string | readonly string[]> {
  const values: Record<string, string | readonly string[]> = {};
  for (const [name, { kind, on, usual = '' }] of Object.entries(table)) {
    if (on === 'command line') continue;
    const text = core.getInput(name) || (kind === 'flag' ? usual : '');
    if (text !== '') values[name] = kind === 'list' ? text.split(/\r?\n/) : text;
  }
  return values;
}

function readMode(
  mode: string,
  env: NodeJS.ProcessEnv,
  payload: unknown,
): { preview: boolean; reason?: string; problem?: Problem } {
  if (mode === 'preview') return { preview: true };
  if (mode === 'publish') return { preview: false };
  if (mode !== '' && mode !== 'auto') {
    const hint = `Write ${MODES.slice(0, -1).join(', ')} or ${MODES.at(-1) ?? ''}.`;
    return { preview: true, problem: fault('mode', `"${mode}" is unknown`, hint) };
  }
  const decision = decideAutoMode(parseRunEvent(env, payload));
  return decision.publishes ? { preview: false } : { preview: true, reason: decision.why };
}

/** Parses `owner/name`; returns `undefined` if invalid. Names of managed users of GitHub contain "_". */
export function parseRepository(text: string): RepositoryName | undefined {
  const match = /^([\w-]{1,100})\/([\w.-]{1,100})$/.exec(text);
  return match ? { owner: match[1] as string, repo: match[2] as string } : undefined;
}

function fault(name: string, what: string, hint: string): Problem {
  return usageProblem(`input "${name}": ${what}.`, hint, name);
}
