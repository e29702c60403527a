import type { PullRequest } from '../../app/ports/github.js';
import type { PullRequestHead } from '../../io/github/pull-requests.js';
import { count, flag, list, maybe, object, readIf, text } from '../../model/schema.js';

/** The pull request of a run. */
export interface PullRequestEvent extends PullRequest {
  readonly isFromFork: boolean;
}

/** A finished run of another workflow. */
export interface WorkflowRunEvent {
  readonly runId: number;
  /** The event that started that run. */
  readonly event: string;
  /** How it ended: `success`, `failure`, … */
  readonly conclusion: string | undefined;
  readonly commit: string;
  /** `undefined` if the fork was deleted. */
  readonly head: PullRequestHead | undefined;
  /** Always empty for forks. */
  readonly pullRequests: readonly PullRequest[];
}

/** The event of a run, as far as it decides whether the run publishes. */
export interface RunEvent {
  /** `push`, `release`, …; empty if unknown. */
  readonly name: string;
  /** The branch or tag of the run; `undefined` if unknown, or if it is neither. */
  readonly reference: { readonly kind: 'branch' | 'tag'; readonly name: string } | undefined;
  readonly defaultBranch: string | undefined;
  /** The type of a release event. */
  readonly action: string | undefined;
  /** Whether the push deletes its branch or tag. */
  readonly isDeletion: boolean;
}

const defaultBranchSchema = object({ repository: object({ default_branch: text }) });
const actionSchema = object({ action: text });
const deletionSchema = object({ deleted: flag });
const referenceSchema = object({ ref: text });

/**
 * Reads the event of a run.
 *
 * @param env the variables that the runner sets
 * @param payload the untrusted payload of the event
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

/** Reads the payload of the event `pull_request`; returns `undefined` if it belongs to another event. */
export function parsePullRequestEvent(payload: unknown): PullRequestEvent | undefined {
  const event = readIf(pullRequestSchema, payload)?.pull_request;
  if (!event) return undefined;
  const { number, head, base } = event;
  const isFromFork = !head.repo || head.repo.full_name !== base.repo?.full_name;
  return { number, commit: head.sha, isFromFork };
}

/** Reads the payload of the event `workflow_run`; returns `undefined` if it belongs to another event. */
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
