import { createHash } from 'node:crypto';
import type { Outcome } from '../model/outcome.js';
import { codeSpan } from './markdown-text.js';
import { COMMENT_LIMIT, renderProblems, renderSummary, renderTitle } from './markdown.js';

/** The workflow run that a report comes from. */
export interface ReportOrigin {
  /** The newest commit of the pull request that it saw. */
  readonly commit: string;
  /** Later runs have larger numbers. */
  readonly runId: number;
  readonly runUrl: string;
  /** Whether it comes from a run that executed code of a stranger, and is only shown by this one. */
  readonly isFromOtherRun: boolean;
}

/** What the hidden first line of a comment tells. */
export interface Marker {
  /** Which site the comment is about: see {@link siteKey}. */
  readonly site: string;
  readonly runId: number;
}

/** Tells sites apart: there is one comment for each. */
export function siteKey({ format, site }: Outcome): string {
  return createHash('sha256').update(`${format}\n${site}`).digest('hex').slice(0, 16);
}

/** The marker of a comment of ours; undefined where it is none. What stands further down may be text of others. */
export function parseMarker(body: string): Marker | undefined {
  const [, site, run] = /^<!-- pages-update-site ([0-9a-f]{16}) run (\d{1,15}) -->/.exec(body) ?? [];
  return site === undefined || run === undefined ? undefined : { site, runId: Number(run) };
}

/** Whether there is something to tell on a pull request that has no comment yet. */
export function isWorthAComment({ changes, restored = [], broughtUpToDate = [], refusal }: Outcome): boolean {
  return changes.length + restored.length + broughtUpToDate.length > 0 || refusal !== undefined;
}

/** The report as a comment, within GitHub's limit. */
export function renderComment(outcome: Outcome, origin: ReportOrigin): string {
  const frame = [`${markerOf(outcome, origin)}\n`, `\n${footerOf(origin)}\n`] as const;
  const room = { ...COMMENT_LIMIT, max: COMMENT_LIMIT.max - COMMENT_LIMIT.sizeOf(frame.join('')) };
  const report = isWorthAComment(outcome)
    ? renderSummary(outcome, room)
    : `${renderTitle(outcome)}**Outdated:** this pull request no longer changes the site.\n${renderProblems(outcome.problems, { ...room, max: room.max / 2 })}`;
  return frame.join(report);
}

function markerOf(outcome: Outcome, { runId }: ReportOrigin): string {
  return `<!-- pages-update-site ${siteKey(outcome)} run ${runId} -->`;
}

function footerOf({ commit, runUrl, isFromOtherRun: isFromOtherRun }: ReportOrigin): string {
  const source = `Commit ${codeSpan(commit.slice(0, 12))}, [workflow run](${runUrl}).`;
  const caution = isFromOtherRun
    ? ' The report was made by the workflow of the pull request itself, and is shown as it tells it.'
    : '';
  return `<sub>${source} Later commits update this comment.${caution}</sub>`;
}
