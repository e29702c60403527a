import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { unlessAbsent, type FolderFs } from '../../io/files/folder-fs.js';
import { NO_LINK, NO_WAIT } from '../../io/files/open-flags.js';
import { codeOf } from '../../io/reasons.js';
import { UserError } from '../../model/user-error.js';
import type { SeenLock } from './lock-age.js';

/** Maximum number of bytes to read: a lock contains only an id. */
const MAX_LOCK_BYTES = 256;
/** Flags to open a file without following a link or waiting for a pipe. */
export const SAFE_OPEN = NO_LINK | NO_WAIT;

/**
 * Gives a complete file a second name, unless that name is taken.
 *
 * @param content content of the file, for file systems without hard links
 * @returns whether the file has the name now
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
    // The response of a network file system may get lost. Two names show that the call has succeeded.
    if ((await unlessAbsent(fs.lstat(file)))?.nlink === 2) return true;
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    return createExclusively(fs, place, content);
  }
}

/** Creates a lock on a file system without hard links. */
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
 * Removes an abandoned lock: renames it, then reads it again. If it was replaced or renewed in the meantime, its
 * owner is active, and the lock is put back.
 *
 * @param taken a file name that no other run uses
 * @returns whether a new lock can be created
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

/** Never overwrites the lock of a third run: the second run detects the loss before it writes the index. */
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
 * @returns `undefined` if the file does not exist
 * @throws {UserError} `site` if the path is not a file
 */
export async function lookAt(fs: FolderFs, file: string): Promise<SeenLock | undefined> {
  const kind = await unlessAbsent(fs.lstat(file));
  if (kind && !kind.isFile()) {
    throw new UserError('site', `${file} is not a file.`, {
      hint: 'Remove it and run again: this name is reserved for the lock file.',
    });
  }
  const handle = await unlessAbsent(fs.open(file, constants.O_RDONLY | SAFE_OPEN));
  if (!handle) return undefined;
  try {
    return { content: await readContent(handle), mtimeMs: (await handle.stat()).mtimeMs };
  } finally {
    await handle.close();
  }
}

/** Reads the id in a lock. The length is limited because another program may have written the file. */
export async function readContent(handle: FileHandle): Promise<string> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAX_LOCK_BYTES), 0, MAX_LOCK_BYTES, 0);
  return buffer.toString('utf8', 0, bytesRead);
}

/** Whether two reads have found the same lock, without a renewal in between. */
export function isSame(one: SeenLock, other: SeenLock): boolean {
  return one.content === other.content && one.mtimeMs === other.mtimeMs;
}
