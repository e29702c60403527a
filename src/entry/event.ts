import type { PullRequest } from '../app/ports.js';
import type { PullRequestHead } from '../io/github-pull-requests.js';
import {
  JsonFault,
  readCount,
  readList,
  readObject,
  readOptional,
  readText,
  type Read,
} from '../model/read-json.js';

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
