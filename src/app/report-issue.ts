import type { Check, Verification } from '../model/check.js';
import type { CheckName } from '../model/check-names.js';
import {
  issueKey,
  issueTitle,
  parseIssueMarker,
  renderIssue,
  renderRecovery,
  type CheckRun,
} from '../report/issue.js';
import type { Issues } from './ports/github.js';

/**
 * The result for the issue about a site.
 *
 * - `opened`, `updated`: the issue shows what has failed
 * - `closed`: everything passes again
 * - `kept`: nothing has failed, but the run did not check everything that had failed before
 * - `unneeded`: nothing has failed, and no issue is open
 * - `superseded`: the issue shows the report of a later run, and is kept
 */
export type IssueStatus = 'opened' | 'updated' | 'closed' | 'kept' | 'unneeded' | 'superseded';

export interface IssueResult {
  readonly status: IssueStatus;
  /** Address of the issue; `undefined` if none is open or was closed. */
  readonly url: string | undefined;
  /** The checks that had failed and were not seen to pass again. */
  readonly pending: readonly CheckName[];
}

/** What a run has found. */
export interface CheckedSite {
  readonly verification: Verification;
  /** The checks that count as failed. */
  readonly failed: readonly CheckName[];
  /** The checks that the maintainer has switched off. */
  readonly skip: readonly CheckName[];
}

/**
 * Shows the failed checks of a site in one issue, and closes it when all of them pass again. Only an open issue with
 * our marker counts, and only if the owner of the token has opened it.
 *
 * @throws {UserError} `permission` if the token lacks write access, `remote` if GitHub cannot be reached
 */
export async function reportIssue(
  issues: Issues,
  { verification, failed, skip }: CheckedSite,
  run: CheckRun,
): Promise<IssueResult> {
  const site = issueKey(verification);
  const marked = await issues.find((body) => parseIssueMarker(body)?.site === site);
  // The owner of the token matters only if an issue has our marker.
  const author = marked.length === 0 ? undefined : await issues.author();
  const ours = marked.filter((issue) => issue.author === author);
  const [first, ...duplicates] = ours;
  const markers = ours.flatMap(({ body }) => parseIssueMarker(body) ?? []);
  const earlier = new Set(markers.flatMap((marker) => marker.failed));
  const pending = [...earlier].filter(
    (name) => !failed.includes(name) && !skip.includes(name) && !passesAgain(verification.checks, name),
  );
  if (first && markers.some(({ runId }) => runId > run.runId))
    return { status: 'superseded', url: first.url, pending };

  if (failed.length > 0) {
    const text = {
      title: issueTitle(verification),
      body: renderIssue(verification, failed, pending, run),
    };
    if (!first) return { status: 'opened', url: await issues.create(text), pending };
    await issues.update(first.number, text);
    // Two concurrent first runs may each have opened one.
    for (const { number } of duplicates) await issues.close(number);
    return { status: 'updated', url: first.url, pending };
  }
  if (!first) return { status: 'unneeded', url: undefined, pending };
  if (pending.length > 0) return { status: 'kept', url: first.url, pending };
  await issues.comment(first.number, renderRecovery(verification, run));
  for (const { number } of ours) await issues.close(number);
  return { status: 'closed', url: first.url, pending };
}

/**
 * Whether a run shows that a check does not fail any more. A check that was skipped, or that has read only a sample of
 * the files, does not show it.
 */
function passesAgain(checks: readonly Check[], wanted: CheckName): boolean {
  const check = checks.find(({ name }) => name === wanted);
  return check?.status === 'warning' || (check?.status === 'passed' && check.reason === undefined);
}
