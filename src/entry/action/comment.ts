import * as core from '@actions/core';
import { context } from '@actions/github';
import { commentOn, type CommentStatus } from '../../app/comment.js';
import type { PullRequest, RepositoryName } from '../../app/ports/github.js';
import type { Log } from '../../app/ports/log.js';
import { readReportFile } from '../../io/files/report-file.js';
import type { GitHubApi } from '../../io/github/api.js';
import { createComments } from '../../io/github/comments.js';
import { findPullRequests } from '../../io/github/pull-requests.js';
import type { Outcome } from '../../model/outcome.js';
import type { Problem } from '../../model/problem.js';
import { UserError } from '../../model/user-error.js';
import type { ReportOrigin } from '../../report/comment.js';
import { MAX_REPORT_BYTES, parseReport } from '../../report/report-json.js';
import { serverOrigin } from '../../settings/credentials.js';
import { VERSION } from '../version.js';
import { parsePullRequestEvent, parseWorkflowRunEvent, type WorkflowRunEvent } from './event.js';

/** What comments on pull requests of the workflow's repository need. */
export interface Commenting {
  readonly api: GitHubApi;
  readonly repository: RepositoryName;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly log: Log;
}

const FORKS_HINT = 'docs/preview.md explains comments on pull requests from forks.';
const PERMISSION_HINT = 'Give the job the permission "pull-requests: write".';

/**
 * Shows the outcome of this run on its pull request. Never fails, because the job summary contains the report anyway.
 *
 * @returns problems for the maintainer
 */
export async function commentOnOutcome(
  outcome: Outcome,
  commenting: Commenting,
): Promise<readonly Problem[]> {
  const pullRequest = parsePullRequestEvent(context.payload);
  if (!pullRequest) {
    commenting.log.info('No comment: this run does not belong to a pull request.');
    return [];
  }
  const { number, commit, isFromFork } = pullRequest;
  try {
    await comment(number, outcome, commenting, { commit, runId: context.runId, isFromOtherRun: false });
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const isForbidden = error.code === 'permission';
    if (isForbidden && (isFromFork || context.actor === 'dependabot[bot]')) {
      noticeReadOnly(number);
      return [];
    }
    const hint = isForbidden ? PERMISSION_HINT : error.hint;
    return [
      {
        severity: 'warning',
        code: 'comment-not-written',
        message: `The comment could not be written. ${error.message}`,
        ...(hint === undefined ? {} : { hint }),
      },
    ];
  }
}

/**
 * `mode: comment`: shows a report of another run on the pull request that this run's event names. The report is
 * untrusted: only its text is used, which is checked and escaped.
 *
 * @param file path of the report
 * @throws {UserError} if the report cannot be read, or the comment cannot be written
 */
export async function commentOnReport(file: string, commenting: Commenting): Promise<void> {
  const { cwd } = commenting;
  const here = parsePullRequestEvent(context.payload);
  const run = here ? undefined : parseWorkflowRunEvent(context.payload);
  if (!here && !run) {
    throw new UserError(
      'usage',
      'input "mode": "comment" requires the event "workflow_run" or "pull_request".',
      {
        hint: FORKS_HINT,
      },
    );
  }
  if (run && run.event !== 'pull_request') {
    core.notice(`No comment: the workflow ran for the event ${run.event}, not for a pull request.`);
    return;
  }
  const text = await readReportFile(cwd, file, MAX_REPORT_BYTES);
  if (text === undefined) {
    if (run && run.conclusion !== 'success') {
      core.notice(
        `No comment: the workflow of the pull request ended with "${run.conclusion ?? ''}", without a report.`,
      );
      return;
    }
    throw new UserError('artifact', `The report ${file} does not exist.`, {
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
  core.notice(`No comment on pull request #${number}: the token is read-only. ${FORKS_HINT}`);
}

/** Returns the only open pull request whose newest commit is that of the run; otherwise prints a notice. */
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
      ? `No comment: the report could belong to any of the pull requests ${numbers}, which have the same commits.`
      : `No comment: no open pull request has ${run.commit.slice(0, 12)} as its newest commit.`,
  );
  return undefined;
}

const STATUS_PHRASES: Readonly<Record<CommentStatus, string>> = {
  created: 'has a new comment',
  updated: 'has an updated comment',
  outdated: 'has a comment that is marked as outdated',
  unneeded: 'does not need a comment',
  superseded: 'keeps the comment of a later run',
};

async function comment(
  number: number,
  outcome: Outcome,
  { api, repository, env, log }: Commenting,
  run: Omit<ReportOrigin, 'runUrl' | 'version'>,
): Promise<void> {
  const { owner, repo } = repository;
  const runUrl = `${serverOrigin(env)}/${owner}/${repo}/actions/runs/${run.runId}`;
  const comments = createComments(api, repository, number);
  const { status, url } = await commentOn(comments, outcome, { ...run, runUrl, version: VERSION });
  log.info(`Pull request #${number} ${STATUS_PHRASES[status]}${url === undefined ? '' : `: ${url}`}`);
  core.setOutput('comment-url', url ?? '');
}
