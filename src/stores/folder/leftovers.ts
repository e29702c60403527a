import path from 'node:path';
import type { FolderFs } from '../../io/files/folder-fs.js';
import { leftoverAt, LOCK } from './names.js';

/** Contains thousands of files, none of which this program writes. */
const SKIPPED_FOLDER = '.git';

export interface LeftoverOptions {
  readonly fs: FolderFs;
  /** Absolute path of the folder. */
  readonly root: string;
  /** Whether a path is that of a payload or an index of the site. */
  readonly isSiteFile: (path: string) => boolean;
  /** Current time by the folder's clock, in milliseconds since 1970. */
  readonly now: number;
  /** Age from which a lock counts as abandoned, in milliseconds. */
  readonly abandonedAfterMs: number;
}

/**
 * Removes the files that killed runs have left behind. Only the owner of the lock may call it: incomplete files
 * then cannot belong to a running publication.
 *
 * Files that cannot be read or removed are left for the next run.
 */
export async function removeLeftovers(options: LeftoverOptions): Promise<void> {
  await clean(options, '');
}

async function clean(options: LeftoverOptions, below: string): Promise<void> {
  const { fs, root, isSiteFile } = options;
  const entries = await fs.readdir(path.join(root, below), { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const file = below === '' ? entry.name : `${below}/${entry.name}`;
    // Links to folders are not followed: they may lead anywhere.
    if (entry.isDirectory()) {
      if (entry.name !== SKIPPED_FOLDER) await clean(options, file);
      continue;
    }
    const leftover = leftoverAt(file, isSiteFile);
    if (leftover === undefined) continue;
    const isDead =
      leftover === 'partial' ? !(await isOfOtherSite(options, below)) : await isOld(options, file);
    if (isDead) await fs.unlink(path.join(root, file)).catch(() => undefined);
  }
}

/** Whether a folder belongs to a nested site, such as a channel, to which another run is publishing. */
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

/** Whether a file is too old to belong to a waiting run: waiting runs rewrite their files continually. */
async function isOld({ fs, root, now, abandonedAfterMs }: LeftoverOptions, file: string): Promise<boolean> {
  const kind = await fs.lstat(path.join(root, file)).catch(() => undefined);
  return kind !== undefined && Math.abs(now - kind.mtimeMs) > abandonedAfterMs;
}
