import path from 'node:path';
import type { PayloadCopy, Publication } from '../../app/ports/site-store.js';
import type { FolderFs } from '../../io/files/folder-fs.js';
import { copyPayload } from '../../io/files/payload-copy.js';
import { reasonOf } from '../../io/reasons.js';
import { UserError } from '../../model/user-error.js';
import type { HeldLock } from './lock.js';
import { namesFor } from './names.js';
import { findObstacles, type SiteFolder } from './places.js';
import { createFolderTraces, removeEmpty } from './traces.js';

export interface FolderWriteOptions extends SiteFolder {
  /** Where relative paths of artifacts start. */
  readonly cwd: string;
  readonly runId: string;
  readonly lock: HeldLock;
}

/** A complete file under a temporary name. */
interface Placement {
  readonly partial: string;
  readonly target: string;
}

/**
 * Writes a publication: payloads first, the index last. Every file is complete, flushed and verified before it gets
 * its final name, so that the index is valid even after an interruption. A failure before the index is written
 * leaves nothing behind.
 *
 * @throws {UserError} `artifact` if a payload has changed, `site` if something is in the way or another run has
 *   taken over the lock; nothing is published then
 */
export async function writePublication(
  options: FolderWriteOptions,
  { payloads, indexFiles, removals, restored, verify }: Publication,
): Promise<void> {
  const { fs, root, folder, cwd, lock } = options;
  const written = [...payloads.map(({ storedPath }) => storedPath), ...indexFiles.map((file) => file.path)];
  const [obstacle] = await findObstacles(
    options,
    written,
    removals.map((file) => path.posix.dirname(file)),
  );
  if (obstacle)
    throw new UserError('site', obstacle.message, { hint: `Nothing was published. ${obstacle.hint}` });
  const made: string[] = [];
  const indexes: Placement[] = [];
  const traces = createFolderTraces(fs);
  const names = namesFor(options.runId);
  /** Creates a file beside its final place. `fill` must fail if the file exists. */
  const prepare = async (file: string, fill: (partial: string) => Promise<void>): Promise<Placement> => {
    const target = path.join(root, file);
    const partial = path.join(path.dirname(target), names.partial(made.length));
    await traces.makeFolder(path.dirname(target));
    made.push(partial);
    await fill(partial);
    // A web server must be able to read the payload, whatever mode the build gave the artifact.
    await fs.chmod(partial, 0o644);
    await flush(fs, partial);
    return { partial, target };
  };
  try {
    const copies: (PayloadCopy & Placement)[] = [];
    for (const payload of payloads) {
      const placement = await prepare(payload.storedPath, (partial) =>
        copyPayload(cwd, payload, partial, fs.copyFile),
      );
      copies.push({ payload, file: placement.partial, ...placement });
    }
    await verify(copies);
    for (const { path: file, bytes } of indexFiles)
      indexes.push(await prepare(file, (partial) => fs.writeFile(partial, bytes, { flag: 'wx' })));
    if (!(await lock.isHeld())) throw takenOver(folder);
    const named = new Set(restored);
    for (const { payload, partial, target } of copies) {
      // The current index names this payload: it belongs there even if the rest of the publication fails.
      if (named.has(payload.storedPath)) await fs.rename(partial, target);
      else await traces.place(partial, target);
    }
    if (!(await lock.isHeld())) throw takenOver(folder);
    for (const { partial, target } of indexes) await fs.rename(partial, target);
  } catch (error) {
    const isUnnamed = await areAllPartial(fs, indexes);
    for (const partial of made) await fs.rm(partial, { force: true });
    // A run that has taken over the lock may rely on the files by now.
    if (isUnnamed && (await lock.isHeld().catch(() => false))) await traces.takeBack();
    throw error;
  }
  // The publication is complete, so that an unreadable lock does not matter.
  if (!(await lock.isHeld().catch(() => true))) throw overlapped(folder);
  for (const file of removals) await remove(options, file);
}

/**
 * Whether all files still have their temporary names. On a network file system the response to a rename may get
 * lost, so that only the files themselves show it.
 */
async function areAllPartial(fs: FolderFs, placements: readonly Placement[]): Promise<boolean> {
  const looks = placements.map(({ partial }) => fs.lstat(partial));
  return (await Promise.allSettled(looks)).every(({ status }) => status === 'fulfilled');
}

/** Flushes the bytes to the disk before a name points at them. */
async function flush(fs: FolderFs, file: string): Promise<void> {
  const handle = await fs.open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes a file. This comes last, when the index no longer names the file. */
async function remove({ fs, root, folder }: FolderWriteOptions, file: string): Promise<void> {
  try {
    await fs.rm(path.join(root, file), { force: true });
  } catch (error) {
    throw new UserError('site', `${path.join(folder, file)} cannot be removed: ${reasonOf(error)}.`, {
      hint: 'Everything else is published, and the index no longer names this file: delete it.',
      cause: error,
    });
  }
  await removeEmpty(fs, path.join(root, path.dirname(file)), root);
}

function takenOver(folder: string): UserError {
  return new UserError(
    'site',
    `Another run has taken over ${folder}, because this run was inactive for too long.`,
    {
      hint: 'Nothing was published. Run again. The machine may have been suspended, or the disk may be too slow.',
    },
  );
}

function overlapped(folder: string): UserError {
  return new UserError(
    'site',
    `Another run took over ${folder} while this run wrote its index: the publication of the other run may be missing in it.`,
    { hint: 'Run both again.' },
  );
}
