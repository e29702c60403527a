import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes a small file, whole or not at all, and makes the folders that it goes into. The content is written under a name
 * of its own beside the file and then renamed, so that a reader never sees half of it, also if several runs write at the
 * same time. What is there is replaced: nothing is written to it, or to what it links to. What fails leaves nothing
 * behind.
 *
 * This is for files that can be made again: nothing waits until they are on the disk. A site has stronger needs and its
 * own way (stores/folder/write.ts): all its files are complete, flushed and verified before the first one gets its name. So has
 * its lock (stores/folder/lock-file.ts), which never replaces another one.
 *
 * @throws {NodeJS.ErrnoException} of the call that failed
 */
export async function writeAtomically(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const partial = `${file}.${randomUUID()}.partial`;
  try {
    await writeFile(partial, content, { flag: 'wx' });
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw error;
  }
}
