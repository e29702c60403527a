import { open } from 'node:fs/promises';
import path from 'node:path';
import type { ReadLimits } from '../app/ports.js';

/**
 * Reads files of a folder, as far as they are there and within the limits.
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

/** The bytes of a file; undefined if it cannot be read, or is larger than that. */
async function readWithin(absolute: string, maxBytes: number): Promise<Uint8Array | undefined> {
  const handle = await open(absolute, 'r').catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const kind = await handle.stat();
    if (!kind.isFile() || kind.size > maxBytes) return undefined;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(kind.size), 0, kind.size, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
