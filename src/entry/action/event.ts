import type { PullRequest } from '../../app/ports/github.js';
import type { PullRequestHead } from '../../io/github/pull-requests.js';
import { count, flag, list, maybe, object, readIf, text } from '../../model/schema.js';

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

const defaultBranchSchema = object({ repository: object({ default_branch: text }) });
const actionSchema = object({ action: text });
const deletionSchema = object({ deleted: flag });
const referenceSchema = object({ ref: text });

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
        : referenceOf(readIf(referenceSchema, payload)?.ref ?? ''),
    defaultBranch: readIf(defaultBranchSchema, payload)?.repository.default_branch,
    action: readIf(actionSchema, payload)?.action,
    isDeletion: readIf(deletionSchema, payload)?.deleted ?? false,
  };
}

function referenceOf(full: string): RunEvent['reference'] {
  const [, kind, name = ''] = /^refs\/(heads|tags)\/(.+)$/s.exec(full) ?? [];
  return kind === undefined ? undefined : { kind: kind === 'tags' ? 'tag' : 'branch', name };
}

const repositorySchema = maybe(object({ full_name: text, owner: object({ login: text }) }));
const pullRequestSchema = object({
  pull_request: object({
    number: count,
    head: object({ sha: text, repo: maybe(object({ full_name: text })) }),
    base: object({ repo: maybe(object({ full_name: text })) }),
  }),
});
const workflowRunSchema = object({
  workflow_run: object({
    id: count,
    event: text,
    conclusion: maybe(text),
    head_sha: text,
    head_branch: maybe(text),
    head_repository: repositorySchema,
    pull_requests: maybe(list(object({ number: count, head: object({ sha: text }) }))),
  }),
});

/** @param payload of the event `pull_request`; undefined where it is another one */
export function parsePullRequestEvent(payload: unknown): PullRequestEvent | undefined {
  const event = readIf(pullRequestSchema, payload)?.pull_request;
  if (!event) return undefined;
  const { number, head, base } = event;
  const isFromFork = !head.repo || head.repo.full_name !== base.repo?.full_name;
  return { number, commit: head.sha, isFromFork };
}

/** @param payload of the event `workflow_run`; undefined where it is another one */
export function parseWorkflowRunEvent(payload: unknown): WorkflowRunEvent | undefined {
  const run = readIf(workflowRunSchema, payload)?.workflow_run;
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
