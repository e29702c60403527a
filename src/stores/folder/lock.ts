import { constants } from 'node:fs';
import path from 'node:path';
import type { FolderFs } from '../../io/files/folder-fs.js';
import { codeOf } from '../../io/reasons.js';
import { isAbandoned, stillBusy, describeHolder, type LockTimes, type SeenLock } from './lock-age.js';
import { isSame, lookAt, putInPlace, readContent, SAFE_OPEN, takeAway } from './lock-file.js';
import { LOCK, namesFor, TAKEOVER } from './names.js';

/** First and longest pause between two reads of another run's lock, in milliseconds. */
const FIRST_PAUSE_MS = 50;
const MAX_PAUSE_MS = 500;
/** Number of attempts to find a missing lock, and the pause between them in milliseconds. */
const MAX_LOOKS = 5;
const LOOK_AGAIN_MS = 50;

export interface LockOptions {
  /** Absolute path of the folder. */
  readonly root: string;
  /** The folder, as messages name it. */
  readonly folder: string;
  /** An id that no other run has; lower-case letters, digits and hyphens. */
  readonly runId: string;
  readonly times: LockTimes;
  readonly fs: FolderFs;
  /** Rejects if the run is interrupted. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Shows what the run waits for. */
  readonly onWaiting: (message: string) => void;
}

/** A lock that this run owns. */
export interface HeldLock {
  /** When it was created, by the folder's clock, in milliseconds since 1970. */
  readonly madeAt: number;
  /**
   * Renews the lock, and returns whether this run still owns it. After that, the lock does not count as abandoned
   * for the time in {@link LockTimes}.
   */
  isHeld(): Promise<boolean>;
  /** Removes the lock if this run still owns it. */
  release(): Promise<void>;
}

/**
 * Locks a folder against other publishers. Waits while another one is active.
 *
 * The lock is a file with the id of its owner, which renews the modification time. Its age is measured by the
 * folder's clock, because the clocks of machines that share a folder differ. A process id would mean nothing in a
 * container.
 *
 * @throws {UserError} `site` if another run holds the lock for too long, or the folder cannot be written
 */
export async function acquireLock(options: LockOptions): Promise<HeldLock> {
  const { fs, root, times } = options;
  const lock = path.join(root, LOCK);
  const own = path.join(root, namesFor(options.runId).ownLock);
  let waited = 0;
  let reportAt = 0;
  let pause = FIRST_PAUSE_MS;
  let first: { readonly seen: SeenLock; readonly at: number } | undefined;
  try {
    for (;;) {
      const now = await makeOwn(options, own);
      const seen = await lookAt(fs, lock);
      if (seen && !(first && isSame(first.seen, seen))) first = { seen, at: waited };
      const watchedMs = waited - (first?.at ?? waited);
      const isFree =
        seen === undefined ||
        (isAbandoned(seen, now, watchedMs, times) &&
          (await takeOver(options, own, seen, { now, watchedMs })));
      if (isFree && (await putInPlace(fs, own, lock, options.runId))) return hold(options, now);
      if (seen) {
        if (waited >= times.waitMs) throw stillBusy(options, seen, now);
        if (waited >= reportAt) {
          options.onWaiting(describeHolder(options, seen, now));
          reportAt = waited + times.reportEveryMs;
        }
      }
      await options.sleep(pause);
      waited += pause;
      pause = Math.min(pause * 1.5, MAX_PAUSE_MS);
    }
  } finally {
    // If this fails, a later run removes the file.
    await fs.rm(own, { force: true }).catch(() => undefined);
  }
}

/**
 * Writes our lock under a temporary name, so that it is complete when it is put in place, even if the disk is full.
 *
 * @returns current time by the folder's clock, in milliseconds since 1970
 */
async function makeOwn({ fs, root, runId }: LockOptions, own: string): Promise<number> {
  await fs.rm(own, { force: true });
  try {
    await fs.writeFile(own, runId, { flag: 'wx' });
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    // Another run created the folder, published nothing, and removed the folder.
    await fs.mkdir(root, { recursive: true });
    await fs.writeFile(own, runId, { flag: 'wx' });
  }
  return (await fs.lstat(own)).mtimeMs;
}

/**
 * Removes an abandoned lock. Only one run at a time does so, so that no run removes the new lock of another.
 *
 * @returns whether a new lock can be created
 */
async function takeOver(
  options: LockOptions,
  own: string,
  seen: SeenLock,
  { now, watchedMs }: { readonly now: number; readonly watchedMs: number },
): Promise<boolean> {
  const { fs, root, times, runId } = options;
  const [lock, guard] = [path.join(root, LOCK), path.join(root, TAKEOVER)];
  const taken = path.join(root, namesFor(runId).takenLock);
  if (!(await putInPlace(fs, own, guard, runId))) {
    const other = await lookAt(fs, guard);
    if (other && isAbandoned(other, now, watchedMs, times)) await takeAway(fs, guard, taken, other);
    return false;
  }
  try {
    const again = await lookAt(fs, lock);
    if (again === undefined) return true;
    return isSame(again, seen) && (await takeAway(fs, lock, taken, seen));
  } finally {
    await fs.rm(guard, { force: true });
  }
}

function hold(options: LockOptions, madeAt: number): HeldLock {
  const { fs, root, runId, times } = options;
  const lock = path.join(root, LOCK);
  let renewing: Promise<void> = Promise.resolve();
  /**
   * Writes only to a file that contains our id, even if it was renamed. If writing fails for long, for example on a
   * full disk, another run takes over. This run detects that before it writes the index.
   */
  const renewOnce = async () => {
    const handle = await fs.open(lock, constants.O_RDWR | SAFE_OPEN);
    try {
      if ((await readContent(handle)) === runId) await handle.write(runId, 0, 'utf8');
    } finally {
      await handle.close();
    }
  };
  const renew = () => (renewing = renewing.then(renewOnce).catch(() => undefined));
  const timer = setInterval(() => void renew(), times.renewEveryMs);
  timer.unref();
  return {
    madeAt,
    async isHeld() {
      for (let looks = 0; looks < MAX_LOOKS; looks++) {
        // A run that removes an abandoned lock compares its time, and puts a renewed lock back.
        await renew();
        const seen = await lookAt(fs, lock);
        if (seen) return seen.content === runId;
        // Another run may have renamed it by mistake, and be about to put it back.
        await options.sleep(LOOK_AGAIN_MS);
      }
      return false;
    },
    async release() {
      clearInterval(timer);
      await renewing;
      // A lock that cannot be read or removed soon counts as abandoned.
      const seen = await lookAt(fs, lock).catch(() => undefined);
      if (seen?.content === runId) await fs.rm(lock, { force: true }).catch(() => undefined);
    },
  };
}
