import type { IndexFiles, IndexFormat, SomeFormat } from '../formats/format.js';
import type { ReadableSite } from './ports/site-source.js';

type Readable = Pick<ReadableSite, 'readFile'>;

/** Reads those files of the index that exist on the site. */
export async function readIndexFiles(
  site: Readable,
  { indexPaths }: Pick<IndexFormat<unknown>, 'indexPaths'>,
): Promise<IndexFiles> {
  const files = new Map<string, Uint8Array>();
  for (const path of indexPaths) {
    const bytes = await site.readFile(path);
    if (bytes !== undefined) files.set(path, bytes);
  }
  return files;
}

/** Returns the first of several formats whose index a site has; `undefined` if it has none of them. */
export async function findFormat(
  site: Readable,
  formats: readonly SomeFormat[],
): Promise<SomeFormat | undefined> {
  for (const format of formats) {
    const main = format(({ indexPaths: [path] }) => path);
    if ((await site.readFile(main)) !== undefined) return format;
  }
  return undefined;
}
