import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { LocalFile } from '../../app/ports/site-source.js';
import { codeOf, reasonOf } from '../../io/reasons.js';

/**
 * Finds files of a folder, which are read where they are.
 *
 * @param paths `/`-separated paths relative to the folder
 * @param onDone called after each file with its size in bytes, 0 if it is not there
 * @returns one result per path, in the same order
 */
export async function localFiles(
  root: string,
  paths: readonly string[],
  maxBytesEach: number,
  onDone?: (bytes: number) => void,
): Promise<readonly LocalFile[]> {
  const found: LocalFile[] = [];
  for (const one of paths) {
    const file = await localFile(path.join(root, one), maxBytesEach);
    found.push(file);
    onDone?.(file.status === 'there' ? file.size : 0);
  }
  return found;
}

async function localFile(file: string, maxBytes: number): Promise<LocalFile> {
  try {
    const kind = await stat(file);
    if (!kind.isFile()) return { status: 'failed', reason: 'it is not a file' };
    const { size, mtimeMs: modified } = kind;
    if (size > maxBytes)
      return { status: 'failed', reason: `it has ${size} bytes; at most ${maxBytes} are read` };
    return { status: 'there', file, size, modified };
  } catch (error) {
    const code = codeOf(error);
    // ENOTDIR: a file is in the place of a folder.
    if (code === 'ENOENT' || code === 'ENOTDIR') return { status: 'missing' };
    return { status: 'failed', reason: reasonOf(error) };
  }
}
