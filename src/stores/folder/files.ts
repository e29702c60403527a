import path from 'node:path';
import type { ReadLimits } from '../../app/ports/site-store.js';
import { readFileBounded } from '../../io/files/read-bounded.js';

/**
 * Reads those files of a folder that exist and are within the limits.
 *
 * @param paths relative to the folder
 * @returns bytes by path
 */
export async function readFolderFiles(
  root: string,
  paths: readonly string[],
  limits: ReadLimits,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  let room = limits.maxBytesTotal;
  for (const file of paths) {
    const bytes = await readWithin(path.join(root, file), Math.min(room, limits.maxBytesEach));
    if (bytes === undefined) continue;
    files.set(file, bytes);
    room -= bytes.length;
  }
  return files;
}

/** Returns the bytes of a file; `undefined` if it cannot be opened or is larger than `maxBytes`. */
async function readWithin(absolute: string, maxBytes: number): Promise<Uint8Array | undefined> {
  try {
    return await readFileBounded(absolute, maxBytes, 'files');
  } catch (error) {
    // A disk error must not pass for a missing file.
    if ((error as NodeJS.ErrnoException).syscall === 'read') throw error;
    return undefined;
  }
}
