import { stat } from 'node:fs/promises';
import path from 'node:path';
import { listFilesBelow } from '../../io/files/names.js';

/**
 * Finds the files that a folder lacks. The folder is listed once. Files that are not in the listing are checked one
 * by one, because a folder may be a link, and some systems list names in another form than they accept.
 *
 * @param files `/`-separated paths relative to the folder
 * @returns those paths that are not files, in the given order
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
