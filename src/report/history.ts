import { CHANGE_KINDS, type Change } from '../model/change.js';
import { formatNumber, shortened } from '../model/humanize.js';
import { MAX_PAST_PUBLICATIONS, type PastPublication } from '../model/past-publication.js';
import { asLogText } from '../model/printable.js';
import { codeSpan, escapeMarkdown } from './markdown-text.js';
import type { Paint } from './terminal.js';

/** Number of digits of a commit that are shown. */
const COMMIT_DIGITS = 12;
/** Width of a column with a timestamp. */
const STAMP_WIDTH = 14;
/** Maximum length of the subject of a commit in a table, in characters. */
const MAX_SUBJECT = 200;
/** Shown if the history contains nothing. */
const NOTHING = 'The index does not record publications, and this place does not keep earlier states.';

/** Renders publications for a terminal, newest first, one per line. Ends with a newline. */
export function renderHistory(publications: readonly PastPublication[], paint: Paint): string {
  if (publications.length === 0) return `${NOTHING}\n`;
  return publications.map((publication) => `${publicationLine(publication, paint)}\n`).join('');
}

/**
 * Returns a line that states that earlier publications are not listed, and how to list them.
 *
 * @param listed number of publications in the list
 * @param limit how many the user wanted to see at most
 */
export function noteOnEarlier(listed: number, limit: number): string {
  return listed < limit || limit === MAX_PAST_PUBLICATIONS
    ? `Earlier publications cannot be listed: a history goes back ${MAX_PAST_PUBLICATIONS} publications at most.\n`
    : `Earlier publications are not listed. To list up to ${MAX_PAST_PUBLICATIONS}, add: --limit ${MAX_PAST_PUBLICATIONS}\n`;
}

/** Renders a publication on one line. */
export function publicationLine(
  { timestamp, date, commit, author, subject, changes }: PastPublication,
  paint: Paint,
): string {
  const columns = [
    paint('bold', String(timestamp ?? '').padEnd(STAMP_WIDTH)),
    ...(commit === undefined ? [] : [paint('cyan', commit.slice(0, COMMIT_DIGITS))]),
    ...(date === undefined ? [] : [minuteOf(date)]),
    changesInWords(changes),
    ...(subject === undefined ? [] : [asLogText(subject)]),
    ...(author === undefined ? [] : [paint('dim', `(${asLogText(author)})`)]),
  ];
  return columns.join('  ');
}

/**
 * Renders publications as Markdown, so that the user of a workflow can choose one to go back to. The texts of commits are
 * untrusted.
 */
export function renderHistoryMarkdown(site: string, publications: readonly PastPublication[]): string {
  const head = `### Publications, newest first\n\nSite: ${codeSpan(site)}\n\n`;
  if (publications.length === 0) return `${head}${NOTHING}\n`;
  const table = '| Timestamp | Commit | Date | Changes | Message |\n| --- | --- | --- | --- | --- |\n';
  return head + table + publications.map(rowOf).join('');
}

function rowOf({ timestamp, date, commit, subject = '', changes }: PastPublication): string {
  const cells = [
    timestamp === undefined ? '' : codeSpan(String(timestamp)),
    commit === undefined ? '' : codeSpan(commit.slice(0, COMMIT_DIGITS)),
    date === undefined ? '' : minuteOf(date),
    changesInWords(changes),
    escapeMarkdown(shortened(subject, MAX_SUBJECT)),
  ];
  return `| ${cells.join(' | ')} |\n`;
}

/** `2026-11-20 09:32`, in UTC */
function minuteOf(date: Date): string {
  return date.toISOString().slice(0, '2026-11-20T09:32'.length).replace('T', ' ');
}

/** `2 add, 1 remove` */
function changesInWords(changes: readonly Change[]): string {
  const parts = CHANGE_KINDS.flatMap((kind) => {
    const number = changes.filter((change) => change.kind === kind).length;
    return number === 0 ? [] : [`${formatNumber(number)} ${kind}`];
  });
  return parts.length === 0 ? 'no changes' : parts.join(', ');
}

/** A publication, for scripts. */
export interface PublicationResult {
  readonly timestamp: string | null;
  readonly date: string | null;
  readonly commit: string | null;
  readonly author: string | null;
  readonly subject: string | null;
  readonly changes: readonly { readonly kind: Change['kind']; readonly path: string }[];
}

/** The history of a site, for scripts. Every field is part of the contract with users. */
export interface HistoryResult {
  readonly site: string;
  readonly format: string;
  readonly publications: readonly PublicationResult[];
  /** Whether the site does not have earlier publications than these. */
  readonly isComplete: boolean;
}

/** Returns the history for scripts. */
export function historyResult(
  site: string,
  format: string,
  publications: readonly PastPublication[],
  isComplete: boolean,
): HistoryResult {
  return { site, format, publications: publications.map(publicationResult), isComplete };
}

/** Returns a publication for scripts. */
export function publicationResult({
  timestamp,
  date,
  commit,
  author,
  subject,
  changes,
}: PastPublication): PublicationResult {
  return {
    timestamp: timestamp === undefined ? null : String(timestamp),
    date: date?.toISOString() ?? null,
    commit: commit ?? null,
    author: author ?? null,
    subject: subject ?? null,
    changes: changes.map(({ kind, path }) => ({ kind, path })),
  };
}
