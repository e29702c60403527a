import { UserError } from '../../model/user-error.js';
import type { PastIndex } from '../read-history.js';
import type { RollbackTarget } from './settings.js';

/** Minimum length of the beginning of a commit's name. */
const MIN_COMMIT = 7;

/**
 * Finds the publication to go back to. A timestamp or commit must be exactly as the history shows it: timestamps may be
 * hours ahead of the clock, so that a moment in between would be a guess.
 *
 * @param history the publications, newest first
 * @throws {UserError} `usage` if the history does not list it, with the nearest ones
 */
export function findMoment<Index>(
  history: readonly PastIndex<Index>[],
  target: RollbackTarget,
): PastIndex<Index> {
  if (target === 'last') {
    const [, before] = history;
    if (before) return before;
    throw new UserError('usage', 'The history does not list an earlier publication.', {
      hint: 'To remove everything that the site offers, use "publish --complete-site".',
    });
  }
  const { to } = target;
  const found = history.find(({ timestamp, commit }) => {
    const isCommit = to.length >= MIN_COMMIT && /^[0-9a-f]+$/.test(to) && commit?.startsWith(to) === true;
    return isCommit || String(timestamp) === to;
  });
  if (found) return found;
  throw new UserError('usage', `The history does not list a publication ${to}.`, {
    hint: hintFor(history, to),
  });
}

function hintFor(history: readonly PastIndex<unknown>[], to: string): string {
  const stamps = history.flatMap(({ timestamp }) => timestamp ?? []);
  const digits = /^\d{1,14}$/.test(to) ? Number(to.padEnd(14, '0')) : undefined;
  const later = digits === undefined ? undefined : stamps.findLast((stamp) => stamp > digits);
  const earlier = digits === undefined ? undefined : stamps.find((stamp) => stamp < digits);
  const near = [earlier, later].flatMap((stamp) => stamp ?? []);
  const known =
    near.length === 0
      ? ''
      : `The nearest ${near.length === 1 ? 'one is' : 'ones are'} ${near.join(' and ')}. `;
  return `${known}"update-site history" lists all: write a timestamp or a commit exactly as it is printed there.`;
}
