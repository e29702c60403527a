import { lstat, stat } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../reasons.js';

/** What a system call says if there is nothing at a path. */
const ABSENT: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG']);

/**
 * Those of the files that are there: something other than a folder, which may be a pipe or a link that leads nowhere.
 * What cannot be looked at counts as present. A path that leads out of the folder is not in it.
 *
 * @param files `/`-separated paths relative to the folder
 * @returns those of them that are there, in their order
 */
export async function presentBelow(root: string, files: readonly string[]): Promise<readonly string[]> {
  const present: string[] = [];
  for (const file of files) {
    const absolute = path.join(root, file);
    if (absolute.startsWith(path.join(root, path.sep)) && (await isPresent(absolute))) present.push(file);
  }
  return present;
}

async function isPresent(file: string): Promise<boolean> {
  try {
    const kind = await lstat(file);
    if (!kind.isSymbolicLink()) return !kind.isDirectory();
  } catch (error) {
    return !ABSENT.has(codeOf(error));
  }
  return stat(file).then(
    (target) => !target.isDirectory(),
    () => true,
  );
}
