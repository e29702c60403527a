import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { CopyFolder } from '../app/ports/files.js';

/** How long the copies of an interrupted run are kept, in milliseconds. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Opens a folder for copies that a later run finds again. Those of other runs that ended a week ago are removed.
 *
 * @param parent folder of all such folders
 * @param key what the copies are of
 * @param now in milliseconds since 1970
 */
export async function openCopyFolder(
  parent: string,
  key: readonly Uint8Array[],
  now: number,
): Promise<CopyFolder> {
  const hash = createHash('sha256');
  for (const part of key) hash.update(`${part.length} `).update(part);
  const folder = path.join(parent, hash.digest('hex'));
  await mkdir(folder, { recursive: true });
  await removeOld(parent, folder, now);
  return {
    path: folder,
    async present(file) {
      const kind = await stat(file).catch(() => undefined);
      return kind?.isFile() ? { status: 'there', file, size: kind.size, modified: kind.mtimeMs } : undefined;
    },
    remove: () => removeFolder(folder),
  };
}

async function removeOld(parent: string, current: string, now: number): Promise<void> {
  for (const name of await readdir(parent)) {
    const folder = path.join(parent, name);
    if (folder === current) continue;
    const kind = await stat(folder).catch(() => undefined);
    if (kind && now - kind.mtimeMs > KEPT_MS) await removeFolder(folder);
  }
}

/** A folder that cannot be removed does not make the work fail. */
function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}
