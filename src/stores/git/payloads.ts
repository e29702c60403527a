import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { PayloadCopy, Publication } from '../../app/ports/site-store.js';
import { copyPayload } from '../../io/files/payload-copy.js';
import { inArguments, inBatches } from './batches.js';
import { objectsIn, type Git } from './git.js';

/** Maximum size of the copies in our folder at a time, in bytes. A larger payload is copied alone. */
const MAX_COPIED_BYTES = 256 * 1024 * 1024;

/**
 * Stores the payloads as objects. Each is copied into our folder first, and the copy is verified and stored. The
 * object then has the checksum from the index, even if the original changes in the meantime.
 *
 * @param scratch our temporary folder
 * @param cwd where relative paths of artifacts start
 * @returns the names of the objects, in the order of the payloads
 * @throws {UserError} `artifact` if a file has changed since it was read
 */
export async function storePayloads(
  git: Git,
  scratch: string,
  cwd: string,
  { payloads, verify }: Pick<Publication, 'payloads' | 'verify'>,
  maxCopiedBytes = MAX_COPIED_BYTES,
): Promise<string[]> {
  const folder = path.join(scratch, 'payloads');
  const all = payloads.map((payload, at) => ({ payload, file: path.join(folder, String(at)) }));
  const objects: string[] = [];
  for (const copies of inBatches(all, maxCopiedBytes, ({ payload }) => payload.size)) {
    await mkdir(folder);
    try {
      for (const { payload, file } of copies) await copyPayload(cwd, payload, file);
      await verify(copies);
      objects.push(...(await hashCopies(git, copies)));
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  }
  return objects;
}

async function hashCopies(git: Git, copies: readonly PayloadCopy[]): Promise<string[]> {
  const objects: string[] = [];
  for (const batch of inArguments(copies, ({ file }) => file)) {
    const files = batch.map(({ file }) => file);
    const result = await git(['hash-object', '-w', '--no-filters', '--', ...files]);
    objects.push(...objectsIn('hash-object', result, files.length));
  }
  return objects;
}
