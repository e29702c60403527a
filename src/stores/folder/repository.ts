import { lstat } from 'node:fs/promises';
import path from 'node:path';

/** What a bare git repository contains. */
const IN_BARE_REPOSITORY = ['HEAD', 'objects', 'refs'];

/**
 * Returns how to name a branch of a git repository that the user took for the folder of a site; `undefined` if the folder
 * is not one.
 *
 * @param root absolute path
 * @param folder the folder, as the user named it
 */
export async function branchNotation(root: string, folder: string): Promise<string | undefined> {
  const isThere = (name: string) =>
    lstat(path.join(root, name)).then(
      () => true,
      () => false,
    );
  const isBare = (await Promise.all(IN_BARE_REPOSITORY.map(isThere))).every(Boolean);
  if (!isBare && !(await isThere('.git'))) return undefined;
  return `It is a git repository. If the site is on a branch of it, write git+${folder}#gh-pages, with the name of the branch.`;
}
