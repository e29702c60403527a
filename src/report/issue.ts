import { createHash } from 'node:crypto';
import type { Verification } from '../model/check.js';
import { CHECK_NAMES, type CheckName } from '../model/check-names.js';
import { shortened } from '../model/humanize.js';
import { printable } from '../model/printable.js';
import { COMMENT_LIMIT } from './text-limit.js';
import { escapeMarkdown } from './markdown-text.js';
import { renderVerificationMarkdown, verificationHeadline } from './verification.js';

/** Maximum length of the site in a title, in characters. GitHub refuses titles of more than 256. */
const MAX_SITE = 200;

/** The workflow run that has checked a site. */
export interface CheckRun {
  /** Later runs have larger numbers. */
  readonly runId: number;
  readonly runUrl: string;
}

/** The content of the hidden first line of an issue. */
export interface IssueMarker {
  /** Which site the issue is about: see {@link issueKey}. */
  readonly site: string;
  readonly runId: number;
  /** The checks that have failed and were not seen to pass again. */
  readonly failed: readonly CheckName[];
}

/** Returns the key of a site. Each site has its own issue. */
export function issueKey({ site }: Verification): string {
  return createHash('sha256').update(site).digest('hex').slice(0, 16);
}

/** Parses the marker; returns `undefined` if another tool or a person wrote the issue. */
export function parseIssueMarker(body: string): IssueMarker | undefined {
  const pattern = /^<!-- pages-update-site check ([0-9a-f]{16}) run (\d{1,15}) failed ([a-z,-]*) -->/;
  const [, site, run, names = ''] = pattern.exec(body) ?? [];
  if (site === undefined || run === undefined) return undefined;
  const failed = names.split(',');
  return { site, runId: Number(run), failed: CHECK_NAMES.filter((name) => failed.includes(name)) };
}

/** Returns the title of the issue about a site. */
export function issueTitle({ site }: Verification): string {
  const line = printable(site.replace(/\s+/g, ' '));
  return `Update site check failed: ${shortened(line, MAX_SITE)}`;
}

/**
 * Renders the body of the issue, within GitHub's limit.
 *
 * @param failed the checks that have failed in this run
 * @param pending those that have failed in an earlier run and were not seen to pass again
 */
export function renderIssue(
  verification: Verification,
  failed: readonly CheckName[],
  pending: readonly CheckName[],
  { runId, runUrl }: CheckRun,
): string {
  const names = CHECK_NAMES.filter((name) => failed.includes(name) || pending.includes(name));
  const earlier =
    pending.length === 0
      ? ''
      : `\nAlso failed in an earlier run, and not completely checked by this one: ${list(pending)}.\n`;
  const frame = [
    `<!-- pages-update-site check ${issueKey(verification)} run ${runId} failed ${names.join(',')} -->\n`,
    `${earlier}\n<sub>[Workflow run](${runUrl}). Later runs update this issue, and close it when all checks pass again.</sub>\n`,
  ] as const;
  const limit = { ...COMMENT_LIMIT, max: COMMENT_LIMIT.max - COMMENT_LIMIT.sizeOf(frame.join('')) };
  return frame.join(renderVerificationMarkdown(verification, limit));
}

/** Renders the comment with which the issue is closed. */
export function renderRecovery(verification: Verification, { runUrl }: CheckRun): string {
  return `All checks that had failed pass again: ${escapeMarkdown(verificationHeadline(verification))}\n\n<sub>[Workflow run](${runUrl}).</sub>\n`;
}

function list(names: readonly CheckName[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
