import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';

/** An entry of a folder, with its name as text and as the bytes of the system. */
export interface Entry {
  /** Bytes that are not UTF-8 are replaced by U+FFFD. */
  readonly name: string;
  readonly bytes: Buffer;
  /** Whether the name is UTF-8, so that a path with it leads back to the file. */
  readonly isText: boolean;
  readonly kind: Dirent<Buffer>;
}

/**
 * Lists a folder. On Linux a name may be any bytes. As text, a name that is not UTF-8 would refer to a file that
 * does not exist.
 */
export async function readEntries(folder: string | Buffer): Promise<Entry[]> {
  const entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
  return entries.map((kind) => {
    const bytes = kind.name;
    const name = bytes.toString('utf8');
    return { name, bytes, isText: Buffer.from(name).equals(bytes), kind };
  });
}

/** Returns the path of an entry, in bytes. */
export function entryPath(folder: Buffer, { bytes }: Pick<Entry, 'bytes'>): Buffer {
  return Buffer.concat([folder, Buffer.from('/'), bytes]);
}
/**
 * Lists the files below a folder, as `/`-separated paths relative to it. Links are not followed. Names that are not
 * UTF-8 are skipped, because no index can contain them.
 */
export async function listFilesBelow(folder: string): Promise<string[]> {
  const found: string[] = [];
  const waiting = [''];
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    for (const { name, isText, kind } of await readEntries(`${folder}/${below}`)) {
      if (!isText) continue;
      if (kind.isDirectory()) waiting.push(`${below}${name}/`);
      else found.push(`${below}${name}`);
    }
  }
  return found;
}
