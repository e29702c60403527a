import path from 'node:path';
import { UserError } from '../../model/user-error.js';
import { LOCK } from './names.js';

/** Timing of the lock, in milliseconds. */
export interface LockTimes {
  /** Interval at which the owner renews a lock. */
  readonly renewEveryMs: number;
  /** Time without renewal after which a lock counts as abandoned. */
  readonly abandonedAfterMs: number;
  /** Maximum wait for the lock of another run. */
  readonly waitMs: number;
  /** Interval at which a waiting run prints a message. */
  readonly reportEveryMs: number;
}

export const LOCK_TIMES: LockTimes = {
  renewEveryMs: 10_000,
  abandonedAfterMs: 120_000,
  waitMs: 60_000,
  reportEveryMs: 10_000,
};

/** A lock as it was when it was read. */
export interface SeenLock {
  /** Id of its owner; empty if the disk was full, or if an older version of this program made the lock. */
  readonly content: string;
  /** Time of the last renewal by the folder's clock, in milliseconds since 1970. */
  readonly mtimeMs: number;
}

/**
 * Whether the owner of a lock is gone.
 *
 * @param now current time by the folder's clock, in milliseconds since 1970
 * @param watchedMs how long this run has seen the lock unchanged, in milliseconds
 */
export function isAbandoned(
  { mtimeMs }: SeenLock,
  now: number,
  watchedMs: number,
  { abandonedAfterMs, renewEveryMs }: LockTimes,
): boolean {
  const age = now - mtimeMs;
  if (age > abandonedAfterMs) return true;
  // The clock was set back. An active owner renews the lock soon, which gives it the new time.
  return age < -abandonedAfterMs && watchedMs >= 3 * renewEveryMs;
}

interface Where {
  readonly folder: string;
  readonly times: LockTimes;
}

/** Returns the message for a run that waits. */
export function describeHolder({ folder, times }: Where, { mtimeMs }: SeenLock, now: number): string {
  return `Waiting for another run that publishes to ${folder}: ${path.join(folder, LOCK)} was renewed ${secondsOf(now - mtimeMs)} s ago; it counts as abandoned after ${secondsOf(times.abandonedAfterMs)} s.`;
}

/** Returns the error for a run that did not get the lock in time. */
export function stillBusy({ folder, times }: Where, { mtimeMs }: SeenLock, now: number): UserError {
  const lock = path.join(folder, LOCK);
  const age = now - mtimeMs;
  const limit = secondsOf(times.abandonedAfterMs);
  const hint =
    age < 3 * times.renewEveryMs
      ? `That run is active: it renewed the lock ${secondsOf(age)} s ago. Wait until it has finished, then run again.`
      : `The lock was last renewed ${secondsOf(age)} s ago. If that run was killed, run again in ${secondsOf(times.abandonedAfterMs - age) + 1} s: a lock that is not renewed for ${limit} s is removed.`;
  return new UserError(
    'site',
    `Another run is publishing to ${folder}: ${lock} still exists after ${secondsOf(times.waitMs)} s.`,
    { hint: `Nothing was published. ${hint}` },
  );
}

function secondsOf(milliseconds: number): number {
  return Math.max(0, Math.round(milliseconds / 1000));
}
