import type { ChangeDetails } from '../model/change-details.js';
import { USUAL_REASONS, type Change, type ChangeKind } from '../model/change.js';

/** The kinds of changes, the most important for users first. */
const BY_IMPORTANCE: readonly ChangeKind[] = ['remove', 'update', 'add', 'revive', 'rename', 'metadata'];

/**
 * Returns the rows of a report, the most important first: one per change, but a single row for the variants of a
 * version.
 */
export function rowsOf(changes: readonly Change[]): readonly Change[] {
  const rows = groupVariants(changes);
  return BY_IMPORTANCE.flatMap((kind) => rows.filter((row) => row.kind === kind));
}

/** Returns one row per change, but a single row for the variants of a version. */
export function groupVariants(changes: readonly Change[]): readonly Change[] {
  const rows: Change[][] = [];
  for (const change of changes) {
    const last = rows.at(-1);
    if (last?.[0] && isSameRow(last[0], change)) last.push(change);
    else rows.push([change]);
  }
  return rows.flatMap((row) => (row.length > 1 ? merged(row) : row));
}

function isSameRow(a: Change, b: Change): boolean {
  const keyOf = ({ kind, details }: Change) =>
    JSON.stringify([kind, details?.subject, details?.variant?.before, details?.variant?.after]);
  return a.details?.variant !== undefined && b.details?.variant !== undefined && keyOf(a) === keyOf(b);
}

/** Merges variants into one row. Users get one variant, so the row has the size of the largest. */
function merged(row: readonly Change[]): readonly Change[] {
  const largest = row.reduce((most, each) => ((each.size ?? 0) > (most.size ?? 0) ? each : most));
  const all = row.flatMap(({ details }) => details ?? []);
  const [first] = all;
  if (!first) return row;
  const fields = new Map(all.flatMap((each) => each.fields).map((field) => [JSON.stringify(field), field]));
  const details: ChangeDetails = {
    ...first,
    versionBefore: first.variant?.before,
    versionAfter: first.variant?.after,
    sizeBefore: largest.details?.sizeBefore,
    platforms: [...new Set(all.flatMap(({ platforms }) => platforms))],
    // The row names its systems.
    fields: [...fields.values()].filter(({ field }) => field !== 'platform'),
  };
  return [{ ...largest, details }];
}

const USUAL: ReadonlySet<string> = new Set(Object.values(USUAL_REASONS));

/** Returns why a change happens, if its kind does not imply it. */
export function unusualReasonOf({ kind, reason }: Pick<Change, 'kind' | 'reason'>): string | undefined {
  const [first = '', ...placement] = reason.split('; ');
  // Where a file is stored is news only once.
  const parts = kind === 'add' || !USUAL.has(first) ? [first, ...placement] : [];
  const unusual = parts.filter((part) => part !== '' && !USUAL.has(part));
  return unusual.length === 0 ? undefined : unusual.join('; ');
}

/** A remark about files for which the same is true. */
export interface Note {
  readonly files: readonly string[];
  readonly text: string;
}

/** Returns the unusual reasons of changes, each with its files. */
export function notesOf(changes: readonly Change[]): readonly Note[] {
  const notes = new Map<string, string[]>();
  for (const change of changes) {
    const text = unusualReasonOf(change);
    if (text === undefined) continue;
    const files = notes.get(text) ?? [];
    files.push(change.details?.subject ?? change.path);
    notes.set(text, files);
  }
  return [...notes].map(([text, files]) => ({ text, files: [...new Set(files)] }));
}
