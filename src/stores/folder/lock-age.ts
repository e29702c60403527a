import path from 'node:path';
import { UserError } from '../../model/user-error.js';
import { LOCK } from './names.js';

/** How long what takes; all in milliseconds. */
export interface LockTimes {
  /** How often the owner renews a lock. */
  readonly renewEveryMs: number;
  /** After how long without renewal a lock counts as abandoned. */
  readonly abandonedAfterMs: number;
  /** How long a run waits for the lock of another one. */
  readonly waitMs: number;
  /** How often a run that waits says so. */
  readonly reportEveryMs: number;
}

export const LOCK_TIMES: LockTimes = {
  renewEveryMs: 10_000,
  abandonedAfterMs: 120_000,
  waitMs: 60_000,
  reportEveryMs: 10_000,
};

/** The lock as it was at one look. */
export interface SeenLock {
  /** The id of its owner; empty if a full disk kept it from being written, or an older version made it. */
  readonly content: string;
  /** When it was renewed last, by the folder's clock, in milliseconds since 1970. */
  readonly mtimeMs: number;
}

/**
 * Whether the owner of a lock is gone.
 *
 * @param now what the folder's clock says
 * @param watchedMs for how long the lock has been as it is, while we were looking
 */
export function isAbandoned(
  { mtimeMs }: SeenLock,
  now: number,
  watchedMs: number,
  { abandonedAfterMs, renewEveryMs }: LockTimes,
): boolean {
  const age = now - mtimeMs;
  if (age > abandonedAfterMs) return true;
  // The clock was set back. A live owner renews the lock soon, and then it has the new time.
  return age < -abandonedAfterMs && watchedMs >= 3 * renewEveryMs;
}

interface Where {
  readonly folder: string;
  readonly times: LockTimes;
}

/** What a run that waits shows. */
export function describeHolder({ folder, times }: Where, { mtimeMs }: SeenLock, now: number): string {
  return `Waiting for another run that publishes to ${folder}: ${path.join(folder, LOCK)} was renewed ${secondsOf(now - mtimeMs)} s ago; after ${secondsOf(times.abandonedAfterMs)} s it counts as abandoned.`;
}

/** What to throw if the wait was in vain. */
export function stillBusy({ folder, times }: Where, { mtimeMs }: SeenLock, now: number): UserError {
  const lock = path.join(folder, LOCK);
  const age = now - mtimeMs;
  const limit = secondsOf(times.abandonedAfterMs);
  const hint =
    age < 3 * times.renewEveryMs
      ? `That run is at work: it renewed the lock ${secondsOf(age)} s ago. Wait until it is done, and run again.`
      : `The lock was renewed last ${secondsOf(age)} s ago. If that run was killed, run again in ${secondsOf(times.abandonedAfterMs - age) + 1} s: a lock that is not renewed for ${limit} s is removed.`;
  return new UserError(
    'site',
    `Another run is publishing to ${folder}: ${lock} is still there after ${secondsOf(times.waitMs)} s.`,
    { hint: `Nothing was published. ${hint}` },
  );
}

function secondsOf(milliseconds: number): number {
  return Math.max(0, Math.round(milliseconds / 1000));
}
