import { stat } from 'node:fs/promises';
import path from 'node:path';
import { listFilesBelow } from '../../io/files/names.js';

/**
 * The files that a folder lacks. It is listed once; only what the listing does not have is looked for by itself, since
 * a folder may be a link, and some systems write names in another form than they are asked for.
 *
 * @param files `/`-separated paths relative to the folder
 * @returns those of them that are not files, in their order
 */
export async function missingBelow(root: string, files: readonly string[]): Promise<readonly string[]> {
  const listed = new Set(await listFilesBelow(root));
  const missing: string[] = [];
  for (const file of files)
    if (!listed.has(file) && !(await isFile(path.join(root, file)))) missing.push(file);
  return missing;
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (kind) => kind.isFile(),
    () => false,
  );
}
