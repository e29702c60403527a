import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { glob } from 'tinyglobby';
import type { ArtifactFiles, FileSources, FoundBelow, FoundFile } from '../app/ports.js';
import { compareText } from '../model/site-path.js';
import { messageOf, UserError } from '../model/user-error.js';

/** Deepest folder below an application folder that is looked into. */
const MAX_DEPTH = 32;
/** Most files that one pattern or folder may bring. A whole Fiji has some 2,000. */
const MAX_FILES = 100_000;
const ANY_EXECUTE_BIT = 0o111;

/** The artifacts, on the disk of this machine; relative paths start at `cwd`. */
export function createArtifactFiles(cwd: string): ArtifactFiles {
  return {
    async match(pattern) {
      const matched = await glob(pattern.replaceAll('\\', '/'), {
        cwd,
        onlyFiles: true,
        dot: false,
        absolute: false,
      });
      if (matched.length > MAX_FILES) throw tooMany(pattern);
      const files = matched.sort(compareText).map((file) => path.normalize(file));
      return Promise.all(files.map((file) => describe(cwd, file)));
    },

    async below(folder, enter) {
      const root = path.resolve(cwd, folder);
      const realRoot = await realpath(root).catch((error: unknown) => {
        throw new UserError(
          'artifact',
          `The application folder ${folder} cannot be read: ${reasonOf(error)}.`,
          {
            hint: 'Check --app-dir: it is the folder that holds plugins/ and jars/.',
            cause: error,
          },
        );
      });
      if (!(await stat(realRoot)).isDirectory()) {
        throw new UserError('artifact', `The application folder ${folder} is a file.`, {
          hint: 'Check --app-dir: it is the folder that holds plugins/ and jars/.',
        });
      }
      const found: FoundBelow[] = [];
      await walk({ cwd, folder, realRoot, enter, found }, '', 0);
      return found.sort((a, b) => compareText(a.path, b.path));
    },
  };
}

interface Walk {
  readonly cwd: string;
  readonly folder: string;
  readonly realRoot: string;
  readonly enter: (path: string) => boolean;
  readonly found: FoundBelow[];
}

async function walk(state: Walk, below: string, depth: number): Promise<void> {
  if (depth > MAX_DEPTH) {
    throw new UserError(
      'limit',
      `${path.join(state.folder, below)} is nested deeper than ${MAX_DEPTH} folders.`,
      {
        hint: 'Check for a symbolic link that leads back to one of its own parents.',
      },
    );
  }
  const names = await readdir(path.resolve(state.cwd, state.folder, below));
  for (const name of names.sort(compareText)) {
    if (name.startsWith('.')) continue;
    const relative = below === '' ? name : `${below}/${name}`;
    const file = path.join(state.folder, relative);
    const absolute = path.resolve(state.cwd, file);
    if ((await lstat(absolute)).isSymbolicLink()) await refuseEscape(state, absolute, file);
    const kind = await stat(absolute);
    if (kind.isDirectory()) {
      if (state.enter(relative)) await walk(state, relative, depth + 1);
    } else if (kind.isFile()) {
      if (state.found.length >= MAX_FILES) throw tooMany(state.folder);
      state.found.push({ path: relative, ...(await describe(state.cwd, file)) });
    }
  }
}

/** A link may lead to another place of the application folder, but not to just any file of the machine. */
async function refuseEscape({ realRoot }: Walk, absolute: string, file: string): Promise<void> {
  const target = await realpath(absolute).catch((error: unknown) => {
    throw new UserError('artifact', `The symbolic link ${file} leads nowhere: ${reasonOf(error)}.`, {
      hint: 'Remove it, or make what it points to.',
      cause: error,
    });
  });
  if (target === realRoot || target.startsWith(realRoot + path.sep)) return;
  throw new UserError('artifact', `The symbolic link ${file} leads out of the application folder.`, {
    hint: 'Copy the file there instead: what lies outside is not published.',
  });
}

async function describe(cwd: string, file: string): Promise<FoundFile> {
  const { size, mtimeMs, mode } = await stat(path.resolve(cwd, file));
  return { file, size, modified: mtimeMs, executable: (mode & ANY_EXECUTE_BIT) !== 0 };
}

/** Opens files of this machine for reading piece by piece; relative paths start at `cwd`. */
export function createFileSources(cwd: string): FileSources {
  return {
    open(file) {
      let descriptor: number;
      try {
        descriptor = openSync(path.resolve(cwd, file), 'r');
      } catch (error) {
        throw new UserError('artifact', `${file} cannot be read: ${reasonOf(error)}.`, {
          hint: 'Check the path, and that the file may be read.',
          cause: error,
        });
      }
      return {
        size: fstatSync(descriptor).size,
        read: (offset, length) => readExactly(descriptor, offset, length),
        close: () => {
          closeSync(descriptor);
        },
      };
    },
  };
}

function readExactly(descriptor: number, offset: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  let read = 0;
  while (read < length) {
    const count = readSync(descriptor, buffer, read, length - read, offset + read);
    if (count === 0) throw new RangeError(`the file ends at ${offset + read}, before ${offset + length}`);
    read += count;
  }
  return buffer;
}

/**
 * Makes sure that a file is still what was read: its checksum is about to be published.
 *
 * @throws {UserError} `artifact` where it is not
 */
export async function requireUnchanged(
  cwd: string,
  { file, size, modified }: { file: string; size: number; modified: number },
): Promise<void> {
  const now = await stat(path.resolve(cwd, file)).catch(() => undefined);
  if (now && now.size === size && now.mtimeMs === modified) return;
  throw new UserError('artifact', `${file} has changed while it was being published.`, {
    hint: 'Nothing was published. Run again when nothing else writes to it.',
  });
}

/** The reason of a failed system call, in words where there are better ones than the code. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOENT') return 'it does not exist';
  if (code === 'EACCES' || code === 'EPERM') return 'access is denied';
  if (code === 'ENOTDIR') return 'a part of the path is a file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'ENOSPC') return 'the disk is full';
  return messageOf(error);
}

function tooMany(where: string): UserError {
  return new UserError('limit', `${where} brings more than ${MAX_FILES} files.`, {
    hint: 'Make the pattern narrower, or check that the folder is the one you mean.',
  });
}
