import { constants } from 'node:fs';
import {
  chmod,
  copyFile,
  mkdir,
  open,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  unlink,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Publication, SiteSnapshot, SiteStore } from '../app/ports.js';
import { UserError } from '../model/user-error.js';
import { reasonOf, requireUnchanged } from './files.js';
import { listFilesBelow } from './names.js';

/** Held while a publisher works on the folder. */
const LOCK = '.update-site.lock';
/** Ends the names of files that are not complete yet. */
const PARTIAL = '.partial';
/** Largest file that is read whole, in bytes: the packed index. */
const MAX_READ_BYTES = 64 * 1024 * 1024;

/** Which site it is, in words. */
export function describeFolderSite(folder: string): string {
  return `folder ${folder}`;
}

/**
 * A site in a plain folder: no history, no git. A second publisher is kept out by a lock, and whatever interrupts a
 * publication, the index that stands is valid: payloads come first, the index last and at once.
 *
 * @param folder created where it does not exist
 * @param cwd where relative paths start
 */
export function createFolderSite(folder: string, cwd: string): SiteStore {
  const root = path.resolve(cwd, folder);
  let locked = false;
  /** The outermost folder that was made for the site; gone again where nothing is published. */
  let made: string | undefined;

  const snapshot: Omit<SiteSnapshot, 'isNew'> = {
    dropsUnderscores: false,
    readFile: (file) => readBounded(path.join(root, file), file),
    listFiles: () => listFilesBelow(root),
  };

  return {
    description: describeFolderSite(folder),
    budget: undefined,
    // A first publication that was interrupted has left payloads, and goes on where it was.
    isAtomic: false,

    async open(forWriting) {
      const kind = await stat(root).catch(() => undefined);
      if (kind && !kind.isDirectory()) {
        throw new UserError('site', `${folder} is a file; --site-dir must be a folder.`, {
          hint: 'Choose another folder.',
        });
      }
      if (forWriting && !locked) {
        made = await guard(folder, () => mkdir(root, { recursive: true }));
        await lock(root, folder);
        locked = true;
      }
      return { ...snapshot, isNew: kind === undefined };
    },

    async publish(_snapshot, publication) {
      made = undefined;
      await guard(folder, () => write(root, cwd, publication));
      return { status: 'published', commit: undefined };
    },

    async close() {
      if (locked) await rm(path.join(root, LOCK), { force: true });
      locked = false;
      if (made !== undefined) await removeEmpty(root, made);
      made = undefined;
    },
  };
}

/** Removes a folder and its parents up to the outermost one, as long as they are empty. */
async function removeEmpty(folder: string, outermost: string): Promise<void> {
  for (let current = folder; current.length >= outermost.length; current = path.dirname(current)) {
    const removed = await rmdir(current).then(
      () => true,
      () => false,
    );
    if (!removed) return;
  }
}

async function write(
  root: string,
  cwd: string,
  { payloads, indexFiles, removals }: Publication,
): Promise<void> {
  for (const payload of payloads) {
    const target = path.join(root, payload.storedPath);
    await mkdir(path.dirname(target), { recursive: true });
    await place(target, async (partial) => {
      await requireUnchanged(cwd, payload);
      await copyFile(path.resolve(cwd, payload.file), partial, constants.COPYFILE_FICLONE);
      await requireUnchanged(cwd, payload);
    });
  }
  for (const { path: file, bytes } of indexFiles) {
    await place(path.join(root, file), (partial) => writeFile(partial, bytes));
  }
  // Last of all: what goes is named by no index any more.
  for (const file of removals) {
    await rm(path.join(root, file), { force: true });
    await removeEmpty(path.join(root, path.dirname(file)), root);
  }
}

/** Makes a file under another name, and gives it its own when it is complete and on the disk. */
async function place(target: string, fill: (partial: string) => Promise<void>): Promise<void> {
  const partial = target + PARTIAL;
  try {
    await fill(partial);
    // Whatever the build made of the artifact's mode, a web server must be able to read the payload.
    await chmod(partial, 0o644);
    await flush(partial);
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** Makes sure that the bytes are on the disk before a name points at them. */
async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function lock(root: string, folder: string): Promise<void> {
  const file = path.join(root, LOCK);
  const mine = JSON.stringify({ pid: process.pid, host: os.hostname() });
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      await writeFile(file, mine, { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new UserError('site', `${folder} cannot be written: ${reasonOf(error)}.`, {
          hint: 'Check that the folder may be written.',
          cause: error,
        });
      }
    }
    if (!(await isAbandoned(file))) break;
    await unlink(file).catch(() => undefined);
  }
  throw new UserError(
    'site',
    `Somebody else is publishing to ${folder}: ${path.join(folder, LOCK)} exists.`,
    {
      hint: `Wait until it is done and run again. If nothing is running, delete ${path.join(folder, LOCK)}.`,
    },
  );
}

/** Whether the process that holds the lock is gone. On another machine nobody can tell, so that it counts as alive. */
async function isAbandoned(file: string): Promise<boolean> {
  try {
    const owner = JSON.parse(await readFile(file, 'utf8')) as { pid?: unknown; host?: unknown };
    if (owner.host !== os.hostname() || typeof owner.pid !== 'number') return false;
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

async function readBounded(absolute: string, file: string): Promise<Uint8Array | undefined> {
  const kind = await stat(absolute).catch(() => undefined);
  if (kind === undefined) return undefined;
  if (!kind.isFile())
    throw new UserError('site', `${file} on the site is no file.`, { hint: 'Remove it and run again.' });
  if (kind.size > MAX_READ_BYTES) {
    throw new UserError(
      'limit',
      `${file} on the site has ${kind.size} bytes; at most ${MAX_READ_BYTES} are read.`,
      {
        hint: 'An index of this size is damaged, or no index.',
      },
    );
  }
  return readFile(absolute);
}

async function guard<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError('site', `${folder} cannot be written: ${reasonOf(error)}.`, {
      hint: 'The index is as it was. Check that the folder may be written and that the disk has room.',
      cause: error,
    });
  }
}
