import path from 'node:path';
import type { Obstacle } from '../../app/ports/site-store.js';
import { unlessAbsent, type FolderFs } from '../../io/files/folder-fs.js';
import { foldersAbove } from '../../model/site-path.js';

/** The folder of a site. */
export interface SiteFolder {
  readonly fs: FolderFs;
  /** Absolute path. */
  readonly root: string;
  /** The folder, as messages name it. */
  readonly folder: string;
}

const MOVE_IT = 'Move it out of the site, and run again.';

/**
 * Finds what is in the way of a publication: folders in the place of files, files in the place of folders, and
 * symbolic links through which files outside of the site would be written or removed.
 *
 * @param files paths on the site that are about to be written
 * @param folders paths of folders on the site whose files are about to be removed
 * @returns one obstacle per path in the way; none for paths that do not exist yet
 */
export async function findObstacles(
  site: SiteFolder,
  files: readonly string[],
  folders: readonly string[] = [],
): Promise<readonly Obstacle[]> {
  const realRoot = await unlessAbsent(site.fs.realpath(site.root));
  if (realRoot === undefined) return [];
  const found: Obstacle[] = [];
  /** Folders that were checked, with whether each of them is free. */
  const known = new Map<string, boolean>();
  const isFree = async (part: string, wanted: 'file' | 'folder', path: string): Promise<boolean> => {
    const reason = await obstacleAt(site, realRoot, part, wanted, path);
    if (reason) found.push({ path, ...reason });
    return reason === undefined;
  };
  const isFolderFree = async (part: string, path: string): Promise<boolean> => {
    const isFreeNow = known.get(part) ?? (await isFree(part, 'folder', path));
    known.set(part, isFreeNow);
    return isFreeNow;
  };
  const areFoldersFree = async (parts: readonly string[], path: string): Promise<boolean> => {
    // Paths below an obstacle cannot be checked.
    for (const part of parts) if (!(await isFolderFree(part, path))) return false;
    return true;
  };
  for (const file of files)
    if (await areFoldersFree(foldersAbove(file), file)) await isFree(file, 'file', file);
  for (const folder of folders) await areFoldersFree([...foldersAbove(folder), folder], folder);
  return found;
}

/** Returns what is in the way of a file or a folder; `undefined` if nothing is. */
async function obstacleAt(
  { fs, root, folder }: SiteFolder,
  realRoot: string,
  part: string,
  wanted: 'file' | 'folder',
  file: string,
): Promise<Omit<Obstacle, 'path'> | undefined> {
  const place = path.join(root, part);
  const name = path.join(folder, part);
  let kind = await unlessAbsent(fs.lstat(place));
  if (kind?.isSymbolicLink()) {
    const target = await fs.realpath(place).catch(() => undefined);
    if (target !== realRoot && !target?.startsWith(realRoot + path.sep)) {
      return {
        message: `${name} is a symbolic link that leads out of the site.`,
        hint: 'Remove the link, and copy what it leads to into its place if the site needs it.',
      };
    }
    // Writing a file replaces the link, wherever it leads.
    if (wanted === 'file') return undefined;
    kind = await fs.lstat(target);
  }
  if (kind === undefined || kind.isDirectory() === (wanted === 'folder')) return undefined;
  return wanted === 'file'
    ? { message: `${name} is a folder, and a file must be written in its place.`, hint: MOVE_IT }
    : { message: `${name} is a file, and ${file} needs a folder in its place.`, hint: MOVE_IT };
}
