import type { Moment } from '../model/moment.js';
import type { Timestamp } from '../model/timestamp.js';
import { UserError } from '../model/user-error.js';
import type { PastIndex } from './read-history.js';

/** The publication of a moment. */
export interface FoundMoment<Index> extends PastIndex<Index> {
  /** The last publication that changed what is offered, if the moment is the state before it. */
  readonly last: PastIndex<Index> | undefined;
}

/** Minimum length of the beginning of a commit's name. */
const MIN_COMMIT = 7;

/**
 * Finds the publication of a moment. A timestamp or commit must be exactly as the history shows it: timestamps may be
 * hours ahead of the clock, so that a moment in between would be a guess.
 *
 * @param history the publications, newest first, which are read only as far as necessary
 * @throws {UserError} `usage` if the history does not list it, with the nearest ones
 */
export async function findMoment<Index>(
  history: AsyncIterable<PastIndex<Index>>,
  target: Moment,
): Promise<FoundMoment<Index>> {
  if (target === 'last') return beforeLast(history);
  const stamps: Timestamp[] = [];
  let isEmpty = true;
  for await (const past of history) {
    if (isNamed(past, target.to)) return { ...past, last: undefined };
    isEmpty = false;
    stamps.push(...(past.timestamp === undefined ? [] : [past.timestamp]));
  }
  throw new UserError('usage', `The history does not list a publication ${target.to}.`, {
    hint: isEmpty
      ? 'It does not list any. The branch that a site is published from keeps its earlier states: name that one.'
      : hintFor(stamps, target.to),
  });
}

/**
 * Finds the state before the last publication. Commits that do not change what is offered are not publications: some
 * only write the index in another way, or set up an empty site.
 *
 * @throws {UserError} `usage` if there are not two publications
 */
async function beforeLast<Index>(history: AsyncIterable<PastIndex<Index>>): Promise<FoundMoment<Index>> {
  let last: PastIndex<Index> | undefined;
  let before: PastIndex<Index> | undefined;
  for await (const past of history) {
    if (last) before ??= past;
    if (past.changes.length === 0) continue;
    // An import may have replaced an empty site. Its users had what its index records as the state before.
    if (before) return { ...(past.isExact ? before : past), last };
    last = past;
  }
  throw new UserError('usage', 'The history does not list an earlier publication.', {
    hint: 'To stop offering files, use "publish" with "--remove".',
  });
}

/** Returns the name of a publication in messages: its timestamp, or the beginning of its commit. */
export function nameOf({ timestamp, commit }: PastIndex<unknown>): string {
  return timestamp === undefined ? (commit ?? '').slice(0, 12) : String(timestamp);
}

function isNamed({ timestamp, commit }: PastIndex<unknown>, to: string): boolean {
  const isCommit = to.length >= MIN_COMMIT && /^[0-9a-f]+$/.test(to) && commit?.startsWith(to) === true;
  return isCommit || (timestamp !== undefined && String(timestamp) === to);
}

function hintFor(stamps: readonly Timestamp[], to: string): string {
  const near = /^\d{1,14}$/.test(to) ? neighboursOf(Number(to.padEnd(14, '0')), stamps) : [];
  const known =
    near.length === 0
      ? ''
      : `The nearest ${near.length === 1 ? 'one is' : 'ones are'} ${near.join(' and ')}. `;
  return `${known}"update-site history" lists all: write a timestamp or a commit exactly as it is printed there.`;
}

/** Returns the last timestamp before a moment, and the first one from then on, as far as they exist. */
function neighboursOf(moment: number, stamps: readonly Timestamp[]): readonly Timestamp[] {
  const sorted = [...stamps].sort((a, b) => a - b);
  const [earlier, later] = [
    sorted.findLast((stamp) => stamp < moment),
    sorted.find((stamp) => stamp >= moment),
  ];
  return [earlier, later].filter((stamp) => stamp !== undefined);
}
