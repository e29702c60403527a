import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { unlessAbsent, type FolderFs } from '../../io/files/folder-fs.js';
import { NO_LINK, NO_WAIT } from '../../io/files/open-flags.js';
import { codeOf } from '../../io/reasons.js';
import { UserError } from '../../model/user-error.js';
import type { SeenLock } from './lock-age.js';

/** A lock holds an id. What is longer is not read. */
const MAX_LOCK_BYTES = 256;
/** Neither follows a link nor waits for a pipe. */
export const SAFELY = NO_LINK | NO_WAIT;

/**
 * Gives a complete file a second name, unless that name is taken.
 *
 * @param content what is in the file
 * @returns whether it has the name now
 */
export async function putInPlace(
  fs: FolderFs,
  file: string,
  place: string,
  content: string,
): Promise<boolean> {
  try {
    await fs.link(file, place);
    return true;
  } catch (error) {
    const code = codeOf(error);
    // An answer of a network file system may get lost: two names show that it has worked.
    if ((await unlessAbsent(fs.lstat(file)))?.nlink === 2) return true;
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    return createExclusively(fs, place, content);
  }
}

/** For file systems without hard links. */
async function createExclusively(fs: FolderFs, lock: string, content: string): Promise<boolean> {
  const handle = await fs.open(lock, 'wx').catch((error: unknown) => {
    if (codeOf(error) === 'EEXIST') return undefined;
    throw error;
  });
  if (!handle) return false;
  try {
    await handle.writeFile(content);
  } catch (error) {
    await fs.rm(lock, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  return true;
}

/**
 * Removes a lock that was seen: renames it, and looks again. If it is another one by then, or was renewed, its owner is
 * alive, and it is put back.
 *
 * @param taken a name for it that no other run uses
 * @returns whether the place is free now
 */
export async function takeAway(fs: FolderFs, lock: string, taken: string, seen: SeenLock): Promise<boolean> {
  const renamed = await unlessAbsent(fs.rename(lock, taken).then(() => true));
  if (!renamed) return true;
  const found = await lookAt(fs, taken);
  const isStale = found === undefined || isSame(found, seen);
  if (!isStale) await putBack(fs, taken, lock, found.content);
  await fs.rm(taken, { force: true });
  return isStale;
}

/** Never overwrites: if a third run has its lock there, the second one finds out before it writes the index. */
async function putBack(fs: FolderFs, taken: string, lock: string, content: string): Promise<void> {
  try {
    await fs.link(taken, lock);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') await createExclusively(fs, lock, content);
  }
}

/**
 * Reads a lock.
 *
 * @returns undefined if there is nothing at the path
 * @throws {UserError} `site` if there is something else than a file
 */
export async function lookAt(fs: FolderFs, file: string): Promise<SeenLock | undefined> {
  const kind = await unlessAbsent(fs.lstat(file));
  if (kind && !kind.isFile()) {
    throw new UserError('site', `${file} is not a file.`, {
      hint: 'Remove it and run again: the lock of a publisher belongs there.',
    });
  }
  const handle = await unlessAbsent(fs.open(file, constants.O_RDONLY | SAFELY));
  if (!handle) return undefined;
  try {
    return { content: await readContent(handle), mtimeMs: (await handle.stat()).mtimeMs };
  } finally {
    await handle.close();
  }
}

/** The beginning of a lock; its id is not longer. What stands in its place may be of any length. */
export async function readContent(handle: FileHandle): Promise<string> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAX_LOCK_BYTES), 0, MAX_LOCK_BYTES, 0);
  return buffer.toString('utf8', 0, bytesRead);
}

/** Whether two looks have found the same lock, not renewed in between. */
export function isSame(one: SeenLock, other: SeenLock): boolean {
  return one.content === other.content && one.mtimeMs === other.mtimeMs;
}
