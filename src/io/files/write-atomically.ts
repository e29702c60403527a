import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes a small file atomically, and creates its folders. The content is written under a temporary name beside the
 * file and then renamed, so that readers never see a part of it, even if several runs write at the same time. An
 * existing file or link is replaced, not written to. A failure leaves nothing behind.
 *
 * This is for files that can be created again, since they are not flushed. Sites have stronger needs and their own
 * functions: all files of a site are complete, flushed and verified before the first one gets its name
 * (stores/folder/write.ts), and a lock never replaces another one (stores/folder/lock-file.ts).
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
