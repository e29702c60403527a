import { constants } from 'node:fs';
import path from 'node:path';
import type { FolderFs } from '../../io/files/folder-fs.js';
import { codeOf } from '../../io/reasons.js';
import { isAbandoned, stillBusy, describeHolder, type LockTimes, type SeenLock } from './lock-age.js';
import { isSame, lookAt, putInPlace, readContent, SAFELY, takeAway } from './lock-file.js';
import { LOCK, namesFor, TAKEOVER } from './names.js';

/** The waits between two looks at the lock of another run, in milliseconds. */
const FIRST_PAUSE_MS = 50;
const MAX_PAUSE_MS = 500;
/** How often, and how long after each other, a lock is looked for that is not in its place. */
const LOOKS = 5;
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

/** A lock that this run has. */
export interface HeldLock {
  /** When it was made, by the folder's clock, in milliseconds since 1970. */
  readonly madeAt: number;
  /**
   * Renews the lock and returns whether it is still ours. From then on it cannot be taken for an abandoned one for the
   * time that {@link LockTimes} gives.
   */
  isHeld(): Promise<boolean>;
  /** Removes the lock if it is still ours. */
  release(): Promise<void>;
}

/**
 * Keeps other publishers out of a folder; waits if another one is at work.
 *
 * The lock is a file with the id of its owner, who renews its time. How old it is, the folder's own clock decides, since
 * the clocks of machines that share a folder differ, and a process number means nothing in a container.
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
    // What stays is removed by a later run.
    await fs.rm(own, { force: true }).catch(() => undefined);
  }
}

/**
 * Writes our lock under a name of its own, so that it is complete when it gets its place, also on a full disk.
 *
 * @returns what the folder's clock says
 */
async function makeOwn({ fs, root, runId }: LockOptions, own: string): Promise<number> {
  await fs.rm(own, { force: true });
  try {
    await fs.writeFile(own, runId, { flag: 'wx' });
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    // Another run has made the folder, published nothing, and removed it.
    await fs.mkdir(root, { recursive: true });
    await fs.writeFile(own, runId, { flag: 'wx' });
  }
  return (await fs.lstat(own)).mtimeMs;
}

/**
 * Removes an abandoned lock. One run at a time does that, so that the lock which follows is not taken for it.
 *
 * @returns whether the place is free now
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
   * Only ever writes to a file with our id, whatever its name is by then. If that fails for long, on a disk that stays
   * full, another run takes over, and this one notices before it writes the index.
   */
  const renewOnce = async () => {
    const handle = await fs.open(lock, constants.O_RDWR | SAFELY);
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
      for (let looks = 0; looks < LOOKS; looks++) {
        // A run that takes an abandoned lock away compares its time: renewed, it is put back.
        await renew();
        const seen = await lookAt(fs, lock);
        if (seen) return seen.content === runId;
        // It may have been taken away by mistake, and be on its way back.
        await options.sleep(LOOK_AGAIN_MS);
      }
      return false;
    },
    async release() {
      clearInterval(timer);
      await renewing;
      // What cannot be looked at, or removed, is abandoned soon.
      const seen = await lookAt(fs, lock).catch(() => undefined);
      if (seen?.content === runId) await fs.rm(lock, { force: true }).catch(() => undefined);
    },
  };
}
