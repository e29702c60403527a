import type { PullRequest } from '../../app/ports/github.js';
import type { PullRequestHead } from '../../io/github/pull-requests.js';
import {
  JsonFault,
  readCount,
  readFlag,
  readList,
  readObject,
  readOptional,
  readText,
  type Read,
} from '../../model/read-json.js';

/** The pull request that a run is for. */
export interface PullRequestEvent extends PullRequest {
  readonly isFromFork: boolean;
}

/** A run of another workflow that has ended. */
export interface WorkflowRunEvent {
  readonly runId: number;
  /** What that run was started by. */
  readonly event: string;
  /** How it ended; `success` where all went well. */
  readonly conclusion: string | undefined;
  readonly commit: string;
  /** Undefined where the fork is gone. */
  readonly head: PullRequestHead | undefined;
  /** Empty for forks, whatever pull requests there are. */
  readonly pullRequests: readonly PullRequest[];
}

/** What a run was started by, as far as it decides whether it publishes. */
export interface RunEvent {
  /** `push`, `release`, …; empty if it is not known. */
  readonly name: string;
  /** The branch or tag that the run is for; undefined if it is not known, or neither. */
  readonly reference: { readonly kind: 'branch' | 'tag'; readonly name: string } | undefined;
  readonly defaultBranch: string | undefined;
  /** The type of a release event. */
  readonly action: string | undefined;
  /** Whether the push deletes what it is about. */
  readonly isDeletion: boolean;
}

const readDefaultBranch = readObject({ repository: readObject({ default_branch: readText }) });
const readAction = readObject({ action: readText });
const readDeletion = readObject({ deleted: readFlag });
const readReference = readObject({ ref: readText });

/**
 * Puts together what is known about the event of a run.
 *
 * @param env the variables that the runner sets
 * @param payload of the event, untrusted
 */
export function parseRunEvent(env: NodeJS.ProcessEnv, payload: unknown): RunEvent {
  const { GITHUB_EVENT_NAME: name = '', GITHUB_REF: full, GITHUB_REF_NAME: short } = env;
  const kind = env['GITHUB_REF_TYPE'];
  const isKnown = short !== undefined && short !== '' && (kind === 'branch' || kind === 'tag');
  return {
    name,
    reference: full
      ? referenceOf(full)
      : isKnown
        ? { kind, name: short }
        : referenceOf(orUndefined(readReference, payload)?.ref ?? ''),
    defaultBranch: orUndefined(readDefaultBranch, payload)?.repository.default_branch,
    action: orUndefined(readAction, payload)?.action,
    isDeletion: orUndefined(readDeletion, payload)?.deleted ?? false,
  };
}

function referenceOf(full: string): RunEvent['reference'] {
  const [, kind, name = ''] = /^refs\/(heads|tags)\/(.+)$/s.exec(full) ?? [];
  return kind === undefined ? undefined : { kind: kind === 'tags' ? 'tag' : 'branch', name };
}

const readRepository = readOptional(
  readObject({ full_name: readText, owner: readObject({ login: readText }) }),
);
const readPullRequest = readObject({
  pull_request: readObject({
    number: readCount,
    head: readObject({ sha: readText, repo: readOptional(readObject({ full_name: readText })) }),
    base: readObject({ repo: readOptional(readObject({ full_name: readText })) }),
  }),
});
const readWorkflowRun = readObject({
  workflow_run: readObject({
    id: readCount,
    event: readText,
    conclusion: readOptional(readText),
    head_sha: readText,
    head_branch: readOptional(readText),
    head_repository: readRepository,
    pull_requests: readOptional(
      readList(readObject({ number: readCount, head: readObject({ sha: readText }) })),
    ),
  }),
});

/** @param payload of the event `pull_request`; undefined where it is another one */
export function parsePullRequestEvent(payload: unknown): PullRequestEvent | undefined {
  const event = orUndefined(readPullRequest, payload)?.pull_request;
  if (!event) return undefined;
  const { number, head, base } = event;
  const isFromFork = !head.repo || head.repo.full_name !== base.repo?.full_name;
  return { number, commit: head.sha, isFromFork };
}

/** @param payload of the event `workflow_run`; undefined where it is another one */
export function parseWorkflowRunEvent(payload: unknown): WorkflowRunEvent | undefined {
  const run = orUndefined(readWorkflowRun, payload)?.workflow_run;
  if (!run) return undefined;
  const { head_branch: branch, head_repository: repository } = run;
  return {
    runId: run.id,
    event: run.event,
    conclusion: run.conclusion,
    commit: run.head_sha,
    head:
      branch && repository
        ? { owner: repository.owner.login, branch, repository: repository.full_name }
        : undefined,
    pullRequests: (run.pull_requests ?? []).map(({ number, head }) => ({ number, commit: head.sha })),
  };
}

function orUndefined<T>(read: Read<T>, payload: unknown): T | undefined {
  try {
    return read(payload, '');
  } catch (error) {
    if (error instanceof JsonFault) return undefined;
    throw error;
  }
}
