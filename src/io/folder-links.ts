import path from 'node:path';
import { UserError } from '../model/user-error.js';
import { unlessAbsent, type FolderFs } from './folder-fs.js';

/**
 * Makes sure that no symbolic link leads what is about to be written, or removed, out of the site.
 *
 * @param root absolute path of the folder
 * @param folder the folder, as messages name it
 * @param paths on the site; the part that does not exist yet is no matter
 * @throws {UserError} `site` if a folder or a file on the way is a link that leads out of the site, or nowhere
 */
export async function requireInside(
  fs: FolderFs,
  root: string,
  folder: string,
  paths: readonly string[],
): Promise<void> {
  const realRoot = await fs.realpath(root);
  const checked = new Set<string>();
  for (const file of paths) {
    const parts = file.split('/');
    for (let length = 1; length <= parts.length; length++) {
      const part = parts.slice(0, length).join('/');
      if (checked.has(part)) continue;
      checked.add(part);
      const kind = await unlessAbsent(fs.lstat(path.join(root, part)));
      if (kind?.isSymbolicLink())
        await requireTargetInside(fs, realRoot, path.join(root, part), part, folder);
    }
  }
}

async function requireTargetInside(
  fs: FolderFs,
  realRoot: string,
  link: string,
  part: string,
  folder: string,
): Promise<void> {
  const target = await fs.realpath(link).catch(() => undefined);
  if (target === realRoot || target?.startsWith(realRoot + path.sep)) return;
  throw new UserError('site', `${path.join(folder, part)} is a symbolic link that leads out of the site.`, {
    hint: 'Nothing was published. Remove the link, and copy what it leads to into its place if the site needs it.',
  });
}
