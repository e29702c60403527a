import type { ChangeDetails } from '../model/change-details.js';
import type { Change } from '../model/change.js';

/** Returns the rows of a report: one per change, but a single row for the variants of a version. */
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
