import { CHANGE_KINDS, type Change } from '../model/change.js';
import { formatNumber } from '../model/humanize.js';
import type { PastPublication } from '../model/past-publication.js';
import { asLogText } from '../model/printable.js';
import type { Paint } from './terminal.js';

/** Number of digits of a commit that are shown. */
const COMMIT_DIGITS = 12;
/** Width of a column with a timestamp. */
const STAMP_WIDTH = 14;

/** Renders publications for a terminal, newest first, one per line. Ends with a newline. */
export function renderHistory(publications: readonly PastPublication[], paint: Paint): string {
  if (publications.length === 0)
    return 'The index does not tell of publications, and this place does not keep earlier states.\n';
  return publications.map((publication) => `${lineOf(publication, paint)}\n`).join('');
}

function lineOf(
  { timestamp, date, commit, author, subject, changes }: PastPublication,
  paint: Paint,
): string {
  const columns = [
    paint('bold', String(timestamp ?? '').padEnd(STAMP_WIDTH)),
    ...(commit === undefined ? [] : [paint('cyan', commit.slice(0, COMMIT_DIGITS))]),
    ...(date === undefined ? [] : [date.toISOString().slice(0, '2026-11-20T09:32'.length).replace('T', ' ')]),
    changesInWords(changes),
    ...(subject === undefined ? [] : [asLogText(subject)]),
    ...(author === undefined ? [] : [paint('dim', `(${asLogText(author)})`)]),
  ];
  return columns.join('  ');
}

/** `2 add, 1 remove` */
function changesInWords(changes: readonly Change[]): string {
  const parts = CHANGE_KINDS.flatMap((kind) => {
    const number = changes.filter((change) => change.kind === kind).length;
    return number === 0 ? [] : [`${formatNumber(number)} ${kind}`];
  });
  return parts.length === 0 ? 'no changes' : parts.join(', ');
}

/** The history of a site, for scripts. Every field is part of the contract with users. */
export interface HistoryResult {
  readonly site: string;
  readonly format: string;
  readonly publications: readonly {
    readonly timestamp: string | null;
    readonly date: string | null;
    readonly commit: string | null;
    readonly author: string | null;
    readonly subject: string | null;
    readonly changes: readonly { readonly kind: Change['kind']; readonly path: string }[];
  }[];
}

/** Returns the history for scripts. */
export function historyResult(
  site: string,
  format: string,
  publications: readonly PastPublication[],
): HistoryResult {
  return {
    site,
    format,
    publications: publications.map(({ timestamp, date, commit, author, subject, changes }) => ({
      timestamp: timestamp === undefined ? null : String(timestamp),
      date: date?.toISOString() ?? null,
      commit: commit ?? null,
      author: author ?? null,
      subject: subject ?? null,
      changes: changes.map(({ kind, path }) => ({ kind, path })),
    })),
  };
}
