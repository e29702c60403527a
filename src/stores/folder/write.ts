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

/** A complete file that waits for its name. */
interface Placement {
  readonly partial: string;
  readonly target: string;
}

/**
 * Writes a publication: payloads first, the index last. Every file is complete, on the disk and verified before it gets
 * its name, so that whatever interrupts this, the index that stands is valid. What fails before the index is written
 * leaves nothing behind.
 *
 * @throws {UserError} `artifact` if a payload has changed, `site` if something stands in the way or another run has taken
 *   the lock over; nothing is published then
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
  /** Makes a file beside its place, by a function that fails if there is something under the name already. */
  const prepare = async (file: string, fill: (partial: string) => Promise<void>): Promise<Placement> => {
    const target = path.join(root, file);
    const partial = path.join(path.dirname(target), names.partial(made.length));
    await traces.makeFolder(path.dirname(target));
    made.push(partial);
    await fill(partial);
    // Whatever the build made of the artifact's mode, a web server must be able to read the payload.
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
      // The index that stands names it: it is right there, whatever becomes of the rest.
      if (named.has(payload.storedPath)) await fs.rename(partial, target);
      else await traces.place(partial, target);
    }
    if (!(await lock.isHeld())) throw takenOver(folder);
    for (const { partial, target } of indexes) await fs.rename(partial, target);
  } catch (error) {
    const isUnnamed = await areAllPartial(fs, indexes);
    for (const partial of made) await fs.rm(partial, { force: true });
    // Whoever has taken the lock over may count on what is there by now.
    if (isUnnamed && (await lock.isHeld().catch(() => false))) await traces.takeBack();
    throw error;
  }
  // What stands now is complete, so that a lock that cannot be looked at is no matter.
  if (!(await lock.isHeld().catch(() => true))) throw overlapped(folder);
  for (const file of removals) await remove(options, file);
}

/**
 * Whether none of the complete files has got its name. The answer of a rename may get lost on a network file system, so
 * that only the file itself shows it.
 */
async function areAllPartial(fs: FolderFs, placements: readonly Placement[]): Promise<boolean> {
  const looks = placements.map(({ partial }) => fs.lstat(partial));
  return (await Promise.allSettled(looks)).every(({ status }) => status === 'fulfilled');
}

/** Makes sure that the bytes are on the disk before a name points at them. */
async function flush(fs: FolderFs, file: string): Promise<void> {
  const handle = await fs.open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Last of all: what goes is named by no index any more. */
async function remove({ fs, root, folder }: FolderWriteOptions, file: string): Promise<void> {
  try {
    await fs.rm(path.join(root, file), { force: true });
  } catch (error) {
    throw new UserError('site', `${path.join(folder, file)} cannot be removed: ${reasonOf(error)}.`, {
      hint: 'Everything else is published, and the index does not name this file any more: delete it.',
      cause: error,
    });
  }
  await removeEmpty(fs, path.join(root, path.dirname(file)), root);
}

function takenOver(folder: string): UserError {
  return new UserError('site', `Another run has taken over ${folder}: this one did not go on for too long.`, {
    hint: 'Nothing was published. Run again. Was this machine suspended, or is the folder on a slow disk?',
  });
}

function overlapped(folder: string): UserError {
  return new UserError(
    'site',
    `Another run took over ${folder} at the moment when this one wrote its index: what the other one has published may be missing in it.`,
    { hint: 'Run both again.' },
  );
}
