import { context } from '@actions/github';
import { reportIssue, type CheckedSite, type IssueResult } from '../../app/report-issue.js';
import type { GitHubApi } from '../../io/github/api.js';
import { createIssues } from '../../io/github/issues.js';
import type { Problem } from '../../model/problem.js';
import { UserError } from '../../model/user-error.js';
import { serverOrigin } from '../../settings/credentials.js';
import { parseRepository } from './inputs.js';
import { env, log } from './runner.js';

/** What happened to the issue. */
const STATUS_SENTENCES: Readonly<Record<IssueResult['status'], string>> = {
  opened: 'An issue was opened',
  updated: 'The issue was updated',
  closed: 'The issue was closed',
  kept: 'The issue stays open, because this run did not check completely',
  unneeded: 'An issue is not needed.',
  superseded: 'The issue shows the report of a later run, and was not changed',
};

/**
 * Shows the result in the issue about the site. Never fails, because the job summary contains the report anyway.
 *
 * @returns problems for the maintainer
 */
export async function showInIssue(
  checked: CheckedSite,
  api: GitHubApi | undefined,
): Promise<readonly Problem[]> {
  const repository = parseRepository(env['GITHUB_REPOSITORY'] ?? '');
  if (!api || !repository)
    return [notWritten('the token for the repository of the workflow is missing.', 'Set the input "token".')];
  const { runId } = context;
  const { owner, repo } = repository;
  const runUrl = `${serverOrigin(env)}/${owner}/${repo}/actions/runs/${runId}`;
  try {
    log.info(describe(await reportIssue(createIssues(api, repository), checked, { runId, runUrl })));
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const hint = error.code === 'permission' ? 'Give the job the permission "issues: write".' : error.hint;
    return [notWritten(error.message, hint)];
  }
}

function describe({ status, url, pending }: IssueResult): string {
  const checks = status === 'kept' ? ` what had failed before (${pending.join(', ')})` : '';
  return `${STATUS_SENTENCES[status]}${checks}${url === undefined ? '' : `: ${url}`}`;
}

function notWritten(reason: string, hint: string | undefined): Problem {
  return {
    severity: 'warning',
    code: 'issue-not-written',
    message: `The issue about the site could not be written: ${reason}`,
    ...(hint === undefined ? {} : { hint }),
  };
}
