import path from 'node:path';
import type { FolderFs } from '../../io/files/folder-fs.js';
import { leftoverAt, LOCK } from './names.js';

/** Holds thousands of files, none of them ours. */
const NOT_ENTERED = '.git';

export interface LeftoverOptions {
  readonly fs: FolderFs;
  /** Absolute path of the folder. */
  readonly root: string;
  /** Whether a path is that of a payload or an index of the site. */
  readonly isSiteFile: (path: string) => boolean;
  /** What the folder's clock says, in milliseconds since 1970. */
  readonly now: number;
  /** How old the lock of a run must be that counts as dead, in milliseconds. */
  readonly abandonedAfterMs: number;
}

/**
 * Removes the files that runs have left behind which were killed. To be called by the holder of the lock only: incomplete
 * files cannot belong to a run that is alive then.
 *
 * What cannot be read or removed stays for the next run.
 */
export async function removeLeftovers(options: LeftoverOptions): Promise<void> {
  await clean(options, '');
}

async function clean(options: LeftoverOptions, below: string): Promise<void> {
  const { fs, root, isSiteFile } = options;
  const entries = await fs.readdir(path.join(root, below), { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const file = below === '' ? entry.name : `${below}/${entry.name}`;
    // Links to folders are not entered: they may lead anywhere.
    if (entry.isDirectory()) {
      if (entry.name !== NOT_ENTERED) await clean(options, file);
      continue;
    }
    const leftover = leftoverAt(file, isSiteFile);
    if (leftover === undefined) continue;
    const isDead =
      leftover === 'partial' ? !(await isOfOtherSite(options, below)) : await isOld(options, file);
    if (isDead) await fs.unlink(path.join(root, file)).catch(() => undefined);
  }
}

/** Whether a folder belongs to a site inside of this one, such as a channel, whose own publisher is at work. */
async function isOfOtherSite({ fs, root }: LeftoverOptions, folder: string): Promise<boolean> {
  for (let current = folder; current !== '' && current !== '.'; current = path.posix.dirname(current)) {
    const isLocked = await fs.lstat(path.join(root, current, LOCK)).then(
      () => true,
      () => false,
    );
    if (isLocked) return true;
  }
  return false;
}

/** Those who wait for a lock write their files again and again. */
async function isOld({ fs, root, now, abandonedAfterMs }: LeftoverOptions, file: string): Promise<boolean> {
  const kind = await fs.lstat(path.join(root, file)).catch(() => undefined);
  return kind !== undefined && Math.abs(now - kind.mtimeMs) > abandonedAfterMs;
}
