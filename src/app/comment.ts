import type { Outcome } from '../model/outcome.js';
import {
  isWorthAComment,
  parseMarker,
  renderComment,
  siteKey,
  type ReportOrigin,
} from '../report/comment.js';
import type { PullRequestComments } from './ports/github.js';

/**
 * What became of a comment.
 *
 * - `created`, `updated`: it shows the report
 * - `outdated`: it says that the pull request no longer changes the site
 * - `unneeded`: there is nothing to tell, and no comment
 * - `superseded`: it shows the report of a later run, and stays
 */
export type CommentStatus = 'created' | 'updated' | 'outdated' | 'unneeded' | 'superseded';

export interface CommentResult {
  readonly status: CommentStatus;
  /** Address of the comment; undefined where there is none. */
  readonly url: string | undefined;
}

/**
 * Shows the report on a pull request: one comment for each site, which is ours by author and marker, and follows the
 * pull request from run to run.
 *
 * @throws {UserError} `permission` where the token may not write there, `remote` where GitHub cannot be asked
 */
export async function commentOn(
  comments: PullRequestComments,
  outcome: Outcome,
  origin: ReportOrigin,
): Promise<CommentResult> {
  const site = siteKey(outcome);
  const marked = await comments.find((body) => parseMarker(body)?.site === site);
  // Whose token this is matters only where there is something to be mistaken for ours.
  const author = marked.length === 0 ? undefined : await comments.author();
  const [first, ...others] = marked.filter((comment) => comment.author === author);
  const newest = [first, ...others].reduce(
    (run, comment) => Math.max(run, parseMarker(comment?.body ?? '')?.runId ?? 0),
    0,
  );
  if (first && newest > origin.runId) return { status: 'superseded', url: first.url };

  const body = renderComment(outcome, origin);
  if (!first) {
    if (!isWorthAComment(outcome)) return { status: 'unneeded', url: undefined };
    return { status: 'created', url: await comments.create(body) };
  }
  await comments.update(first.id, body);
  // Two first runs at the same time have each made one.
  for (const { id } of others) await comments.remove(id);
  return { status: isWorthAComment(outcome) ? 'updated' : 'outdated', url: first.url };
}
