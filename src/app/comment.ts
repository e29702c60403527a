import type { Outcome } from '../model/outcome.js';
import {
  isWorthAComment,
  parseMarker,
  renderComment,
  siteKey,
  type ReportOrigin,
} from '../report/comment.js';
import type { Comments } from './ports/github.js';

/**
 * The result for a comment.
 *
 * - `created`, `updated`: the comment shows the report
 * - `outdated`: the comment states that the pull request no longer changes the site
 * - `unneeded`: nothing to report, and no comment exists
 * - `superseded`: the comment shows the report of a later run, and is kept
 */
export type CommentStatus = 'created' | 'updated' | 'outdated' | 'unneeded' | 'superseded';

export interface CommentResult {
  readonly status: CommentStatus;
  /** Address of the comment; `undefined` if it does not exist. */
  readonly url: string | undefined;
}

/**
 * Shows the report on a pull request, in one comment per site. The comment is identified by author and marker, and
 * each run updates it.
 *
 * @throws {UserError} `permission` if the token lacks write access, `remote` if GitHub cannot be reached
 */
export async function commentOn(
  comments: Comments,
  outcome: Outcome,
  origin: ReportOrigin,
): Promise<CommentResult> {
  const site = siteKey(outcome);
  const marked = await comments.find((body) => parseMarker(body)?.site === site);
  // The owner of the token matters only if a comment has our marker.
  const author = marked.length === 0 ? undefined : await comments.author();
  const [first, ...duplicates] = marked.filter((comment) => comment.author === author);
  const newest = [first, ...duplicates].reduce(
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
  // Two concurrent first runs may each have created one.
  for (const { id } of duplicates) await comments.remove(id);
  return { status: isWorthAComment(outcome) ? 'updated' : 'outdated', url: first.url };
}
