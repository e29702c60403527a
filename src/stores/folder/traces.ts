import type { Stats } from 'node:fs';
import path from 'node:path';
import type { FolderFs } from '../../io/files/folder-fs.js';
import { codeOf } from '../../io/reasons.js';

/** What a run makes in the folder of a site before the index names it, so that a run that fails can take it back. */
export interface FolderTraces {
  /** Makes a folder, and those above it that are missing. */
  makeFolder(folder: string): Promise<void>;
  /** Gives a complete payload its name. */
  place(partial: string, target: string): Promise<void>;
  /**
   * Removes the payloads that {@link place} has put where nothing was, and the folders that {@link makeFolder} has made
   * and that are empty. What has been replaced in the meantime is of others, and stays; so does what cannot be removed.
   */
  takeBack(): Promise<void>;
}

/** Starts with nothing that would be taken back. */
export function createFolderTraces(fs: FolderFs): FolderTraces {
  const folders: { readonly folder: string; readonly outermost: string }[] = [];
  const payloads: { readonly target: string; readonly kind: Stats }[] = [];
  return {
    async makeFolder(folder) {
      const outermost = await fs.mkdir(folder, { recursive: true });
      if (outermost !== undefined) folders.push({ folder, outermost });
    },

    async place(partial, target) {
      // Noted before the rename: on a network file system it may work though its answer is lost.
      if (await isFree(fs, target)) payloads.push({ target, kind: await fs.lstat(partial) });
      await fs.rename(partial, target);
    },

    async takeBack() {
      for (const { target, kind } of payloads) {
        const now = await fs.lstat(target).catch(() => undefined);
        if (now && isSameFile(now, kind)) await fs.unlink(target).catch(() => undefined);
      }
      // The last first: it may be inside of one that was made earlier.
      for (const { folder, outermost } of folders.reverse()) await removeEmpty(fs, folder, outermost);
    },
  };
}

/** What cannot be looked at counts as taken: then it is not removed. */
async function isFree(fs: FolderFs, file: string): Promise<boolean> {
  return fs.lstat(file).then(
    () => false,
    (error: unknown) => codeOf(error) === 'ENOENT',
  );
}

/** A rename changes none of these. */
function isSameFile(a: Stats, b: Stats): boolean {
  return a.dev === b.dev && a.ino === b.ino && a.size === b.size && a.mtimeMs === b.mtimeMs;
}

/** Removes a folder and its parents up to the outermost one, as long as they are empty. */
export async function removeEmpty(fs: FolderFs, folder: string, outermost: string): Promise<void> {
  for (let current = folder; current.length >= outermost.length; current = path.dirname(current)) {
    const removed = await fs.rmdir(current).then(
      () => true,
      () => false,
    );
    if (!removed) return;
  }
}
