/**
 * A site in a local folder. A lock separates concurrent publications, payloads are written before the index, and
 * each run removes what killed runs have left behind.
 *
 * @module
 */

import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { SiteSnapshot, SiteStore } from '../../app/ports/site-store.js';
import { DISK, type FolderFs } from '../../io/files/folder-fs.js';
import { listFilesBelow } from '../../io/files/names.js';
import { FileTooLargeError, NotAFileError, readFileBounded } from '../../io/files/read-bounded.js';
import { reasonOf } from '../../io/reasons.js';
import { UserError } from '../../model/user-error.js';
import { readFolderFiles } from './files.js';
import { removeLeftovers } from './leftovers.js';
import { localFiles } from './local-files.js';
import { LOCK_TIMES, type LockTimes } from './lock-age.js';
import { acquireLock, type HeldLock } from './lock.js';
import { missingBelow } from './missing-files.js';
import { isWorkFile } from './names.js';
import { place } from './place.js';
import { findObstacles } from './places.js';
import { branchNotation } from './repository.js';
import { removeEmpty } from './traces.js';
import { writePublication } from './write.js';

/** Maximum size of a file that is read as a whole, such as the packed index, in bytes. */
const MAX_READ_BYTES = 64 * 1024 * 1024;

export interface FolderSiteOptions {
  /** Created if it does not exist. */
  readonly folder: string;
  /** Where relative paths start. */
  readonly cwd: string;
  /** An id that no other run has; lower-case letters, digits and hyphens. */
  readonly runId: string;
  /** Whether a path is that of a payload or an index of the site. */
  readonly isSiteFile: (path: string) => boolean;
  /** Rejects if the run is interrupted. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Shows what the run waits for. */
  readonly onWaiting: (message: string) => void;
  readonly times?: LockTimes;
  readonly fs?: FolderFs;
}

/**
 * Creates the store of a site in a plain folder, without history or git. A lock keeps other publishers out. The
 * index is valid at every moment, even if a publication is interrupted.
 */
export function createFolderSite({
  times = LOCK_TIMES,
  fs = DISK,
  ...options
}: FolderSiteOptions): SiteStore {
  const { folder, cwd, runId, isSiteFile } = options;
  const root = path.resolve(cwd, folder);
  let lock: HeldLock | undefined;
  /** The outermost folder that was created for the site; removed if nothing is published. */
  let made: string | undefined;

  const snapshot: Omit<SiteSnapshot, 'isNew'> = {
    readFile: (file) => readSiteFile(path.join(root, file), file),
    listFiles: async () => ((await stat(root).catch(() => undefined)) ? listFilesBelow(root) : []),
    isHere: true,
    adviceIfEmpty: () => branchNotation(root, folder),
    statFiles: (paths, onDone) => localFiles(root, paths, Number.POSITIVE_INFINITY, onDone),
    fetchFiles: (paths, { maxBytesEach, onBytes }) => localFiles(root, paths, maxBytesEach, onBytes),
    readFiles: (paths, limits) => readFolderFiles(root, paths, limits),
    missingFiles: (files) => missingBelow(root, files),
    // A path that cannot be checked here fails when it is written.
    obstacles: (files) => findObstacles({ fs: DISK, root, folder }, files).catch(() => []),
    // The folder itself is deployed: users cannot have read an index that is newer than its file.
    history: {
      lastChange: async (indexPath) => {
        const index = await stat(path.join(root, indexPath)).catch(() => undefined);
        return index && { date: index.mtime, deploymentMs: 0 };
      },
    },
  };

  return {
    description: place.describe({ kind: 'folder', folder }),
    // An interrupted first publication leaves payloads without an index; the next run continues it.
    isAtomic: false,

    async open(forWriting) {
      const kind = await stat(root).catch(() => undefined);
      if (kind && !kind.isDirectory()) {
        throw new UserError('site', `${folder} is a file, and not the folder of a site.`, {
          hint: /\.zip$/i.test(folder)
            ? `Choose another folder. To read a backup, write zip:${folder}.`
            : 'Choose another folder.',
        });
      }
      if (!forWriting) return { ...snapshot, isNew: kind === undefined };
      await asSiteError(folder, async () => {
        if (lock) return;
        made = await fs.mkdir(root, { recursive: true });
        lock = await acquireLock({ ...options, root, times, fs });
        const { abandonedAfterMs } = times;
        await removeLeftovers({ fs, root, isSiteFile, now: lock.madeAt, abandonedAfterMs });
      });
      // While this run was waiting, another run may have created the site.
      const isNew = kind === undefined && (await readdir(root)).every(isWorkFile);
      return { ...snapshot, isNew };
    },

    async publish(_snapshot, publication) {
      const held = lock;
      if (!held) throw new Error('The site was not opened for writing.');
      await asSiteError(folder, () =>
        writePublication({ fs, root, folder, cwd, runId, lock: held }, publication),
      );
      made = undefined;
      return { status: 'published', commit: undefined };
    },

    async close() {
      const held = lock;
      lock = undefined;
      if (held) await held.release();
      if (made !== undefined) await removeEmpty(fs, root, made);
      made = undefined;
    },
  };
}

/** @returns `undefined` if the file does not exist or cannot be accessed */
async function readSiteFile(absolute: string, file: string): Promise<Uint8Array | undefined> {
  const kind = await stat(absolute).catch(() => undefined);
  if (kind === undefined) return undefined;
  try {
    return await readFileBounded(absolute, MAX_READ_BYTES, 'files');
  } catch (error) {
    if (error instanceof NotAFileError) {
      throw new UserError('site', `${file} on the site ${error.message}.`, {
        hint: 'Remove it and run again.',
        cause: error,
      });
    }
    if (error instanceof FileTooLargeError) {
      throw new UserError('limit', `${file} on the site ${error.message}.`, {
        hint: 'A file of this size is damaged, or not an index.',
        cause: error,
      });
    }
    throw error;
  }
}

async function asSiteError<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError || (error as Error).name === 'AbortError') throw error;
    throw new UserError('site', `${folder} cannot be written: ${reasonOf(error)}.`, {
      hint: 'The index is unchanged. Check that the folder can be written and that the disk is not full.',
      cause: error,
    });
  }
}
