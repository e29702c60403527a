import * as core from '@actions/core';
import { context } from '@actions/github';
import { commentOn, type CommentStatus } from '../../app/comment.js';
import type { PullRequest, RepositoryName } from '../../app/ports/github.js';
import type { Log } from '../../app/ports/log.js';
import { readReportFile } from '../../io/files/report-file.js';
import type { GitHubApi } from '../../io/github/api.js';
import { createPullRequestComments, findPullRequests } from '../../io/github/pull-requests.js';
import type { Outcome } from '../../model/outcome.js';
import type { Problem } from '../../model/problem.js';
import { UserError } from '../../model/user-error.js';
import type { ReportOrigin } from '../../report/comment.js';
import { MAX_REPORT_BYTES, parseReport } from '../../report/report-json.js';
import { serverOrigin } from '../../settings/credentials.js';
import { parsePullRequestEvent, parseWorkflowRunEvent, type WorkflowRunEvent } from './event.js';

/** What is needed to comment on pull requests of the repository that the workflow belongs to. */
export interface Commenting {
  readonly api: GitHubApi;
  readonly repository: RepositoryName;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly log: Log;
}

const FORKS_HINT = 'docs/preview.md tells how pull requests from forks get a comment.';
const PERMISSION_HINT = 'Give the job "permissions: pull-requests: write".';

/**
 * Shows an outcome of this run on its pull request. Never fails: the report is in the job summary in any case.
 *
 * @returns what the maintainer should know
 */
export async function commentOnOutcome(
  outcome: Outcome,
  commenting: Commenting,
): Promise<readonly Problem[]> {
  const pullRequest = parsePullRequestEvent(context.payload);
  if (!pullRequest) {
    commenting.log.info('This run is for no pull request: there is nothing to comment on.');
    return [];
  }
  const { number, commit, isFromFork } = pullRequest;
  try {
    await comment(number, outcome, commenting, { commit, runId: context.runId, isFromOtherRun: false });
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const mayNot = error.code === 'permission';
    if (mayNot && (isFromFork || context.actor === 'dependabot[bot]')) {
      noticeReadOnly(number);
      return [];
    }
    const hint = mayNot ? PERMISSION_HINT : error.hint;
    return [
      {
        severity: 'warning',
        code: 'comment-not-written',
        message: `The comment is not up to date. ${error.message}`,
        ...(hint === undefined ? {} : { hint }),
      },
    ];
  }
}

/**
 * `mode: comment`: shows a report that another run wrote on the pull request that this run's event tells of. Of the
 * report nothing but its text is used, and that is checked and escaped as if it came from anybody.
 *
 * @param file the report
 * @throws {UserError} where the report cannot be read, or the comment not be written
 */
export async function commentOnReport(file: string, commenting: Commenting): Promise<void> {
  const { cwd } = commenting;
  const here = parsePullRequestEvent(context.payload);
  const run = here ? undefined : parseWorkflowRunEvent(context.payload);
  if (!here && !run) {
    throw new UserError('usage', 'input "mode": "comment" is for runs on "workflow_run" or "pull_request".', {
      hint: FORKS_HINT,
    });
  }
  if (run && run.event !== 'pull_request') {
    core.notice(`The workflow ran on ${run.event}: there is no pull request to comment on.`);
    return;
  }
  const text = await readReportFile(cwd, file, MAX_REPORT_BYTES);
  if (text === undefined) {
    if (run && run.conclusion !== 'success') {
      core.notice(
        `There is no report: the workflow of the pull request ended with "${run.conclusion ?? ''}".`,
      );
      return;
    }
    throw new UserError('artifact', `There is no report ${file}.`, {
      hint: 'Write it with "report-file", upload it with actions/upload-artifact, and download it before this step.',
    });
  }
  const outcome: Outcome = { ...parseReport(text, file), kind: 'preview' };
  const pullRequest = here ?? (run && (await pullRequestOf(run, commenting)));
  if (!pullRequest) return;
  const origin = { commit: pullRequest.commit, runId: run?.runId ?? context.runId, isFromOtherRun: !here };
  try {
    await comment(pullRequest.number, outcome, commenting, origin);
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'permission') throw error;
    if (here?.isFromFork) {
      noticeReadOnly(here.number);
      return;
    }
    throw new UserError('permission', error.message, { hint: PERMISSION_HINT, cause: error });
  }
}

function noticeReadOnly(number: number): void {
  core.notice(`No comment on pull request #${number}: its token may only read. ${FORKS_HINT}`);
}

/** The one open pull request whose newest commit the run has seen; undefined, with a notice, where there is none. */
async function pullRequestOf(
  run: WorkflowRunEvent,
  { api, repository }: Commenting,
): Promise<PullRequest | undefined> {
  const named = run.pullRequests.filter(({ commit }) => commit === run.commit);
  const listed = named.length > 0 || !run.head ? named : await findPullRequests(api, repository, run.head);
  const current = listed.filter(({ commit }) => commit === run.commit);
  const [only] = current;
  if (current.length === 1) return only;
  const numbers = current.map(({ number }) => `#${number}`).join(', ');
  core.notice(
    current.length > 1
      ? `Nobody knows which of the pull requests ${numbers} the report is about: they have the same commits.`
      : `No open pull request has the commit ${run.commit.slice(0, 12)} as its newest one: there is nothing to comment on.`,
  );
  return undefined;
}

const STATUS_PHRASES: Readonly<Record<CommentStatus, string>> = {
  created: 'has a new comment',
  updated: 'has its comment up to date',
  outdated: 'has its comment marked as outdated',
  unneeded: 'needs no comment',
  superseded: 'has the comment of a later run, which stays',
};

async function comment(
  number: number,
  outcome: Outcome,
  { api, repository, env, log }: Commenting,
  run: Omit<ReportOrigin, 'runUrl'>,
): Promise<void> {
  const { owner, repo } = repository;
  const runUrl = `${serverOrigin(env)}/${owner}/${repo}/actions/runs/${run.runId}`;
  const comments = createPullRequestComments(api, repository, number);
  const { status, url } = await commentOn(comments, outcome, { ...run, runUrl });
  log.info(`Pull request #${number} ${STATUS_PHRASES[status]}${url === undefined ? '' : `: ${url}`}`);
  core.setOutput('comment-url', url ?? '');
}
