import type { Stats } from 'node:fs';
import path from 'node:path';
import type { FolderFs } from '../../io/files/folder-fs.js';
import { codeOf } from '../../io/reasons.js';

/**
 * Records what a run creates in the folder of a site before the index names it, so that a failed run can undo it.
 */
export interface FolderTraces {
  /** Creates a folder and its missing parents. */
  makeFolder(folder: string): Promise<void>;
  /** Gives a complete payload its final name. */
  place(partial: string, target: string): Promise<void>;
  /**
   * Removes the new payloads of {@link place} and the empty folders of {@link makeFolder}. Files that another run
   * has replaced in the meantime stay, and so do files that cannot be removed.
   */
  takeBack(): Promise<void>;
}

/** Creates an empty record. */
export function createFolderTraces(fs: FolderFs): FolderTraces {
  const folders: { readonly folder: string; readonly outermost: string }[] = [];
  const payloads: { readonly target: string; readonly kind: Stats }[] = [];
  return {
    async makeFolder(folder) {
      const outermost = await fs.mkdir(folder, { recursive: true });
      if (outermost !== undefined) folders.push({ folder, outermost });
    },

    async place(partial, target) {
      // Recorded before the rename: on a network file system it may succeed although its response is lost.
      if (await isFree(fs, target)) payloads.push({ target, kind: await fs.lstat(partial) });
      await fs.rename(partial, target);
    },

    async takeBack() {
      for (const { target, kind } of payloads) {
        const now = await fs.lstat(target).catch(() => undefined);
        if (now && isSameFile(now, kind)) await fs.unlink(target).catch(() => undefined);
      }
      // The last one first: it may be inside a folder that was created earlier.
      for (const { folder, outermost } of folders.reverse()) await removeEmpty(fs, folder, outermost);
    },
  };
}

/** Whether a path is free. A path that cannot be checked counts as taken, so that it is not removed. */
async function isFree(fs: FolderFs, file: string): Promise<boolean> {
  return fs.lstat(file).then(
    () => false,
    (error: unknown) => codeOf(error) === 'ENOENT',
  );
}

/** Whether two files are the same one. A rename changes none of these fields. */
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
