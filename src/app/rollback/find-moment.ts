import type { Timestamp } from '../../model/timestamp.js';
import { UserError } from '../../model/user-error.js';
import type { PastIndex } from '../read-history.js';
import type { RollbackTarget } from './settings.js';

/** Minimum length of the beginning of a commit's name. */
const MIN_COMMIT = 7;

/**
 * Finds the publication to go back to. A timestamp or commit must be exactly as the history shows it: timestamps may be
 * hours ahead of the clock, so that a moment in between would be a guess.
 *
 * @param history the publications, newest first, which are read only as far as necessary
 * @throws {UserError} `usage` if the history does not list it, with the nearest ones
 */
export async function findMoment<Index>(
  history: AsyncIterable<PastIndex<Index>>,
  target: RollbackTarget,
): Promise<PastIndex<Index>> {
  const stamps: Timestamp[] = [];
  let count = 0;
  for await (const past of history) {
    count += 1;
    if (target === 'last' ? count === 2 : isNamed(past, target.to)) return past;
    stamps.push(...(past.timestamp === undefined ? [] : [past.timestamp]));
  }
  if (target === 'last')
    throw new UserError('usage', 'The history does not list an earlier publication.', {
      hint: 'To remove everything that the site offers, use "publish --complete-site".',
    });
  throw new UserError('usage', `The history does not list a publication ${target.to}.`, {
    hint: hintFor(stamps, target.to),
  });
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
