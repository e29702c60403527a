import { lstat, stat } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../reasons.js';

/** Codes of system calls for a path that does not exist. */
const ABSENT: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG']);

/**
 * Finds the paths that exist and are not folders, including pipes and broken links. A path that cannot be accessed
 * counts as present. A path that leads out of the folder does not.
 *
 * @param files `/`-separated paths relative to the folder
 * @returns the paths that are present, in the given order
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
