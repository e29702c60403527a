import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import type { FileSources } from '../../app/ports/files.js';
import { UserError } from '../../model/user-error.js';
import { reasonOf } from '../reasons.js';
import { NO_WAIT } from './open-flags.js';
import { NotAFileError } from './read-bounded.js';

type FileSource = ReturnType<FileSources['open']>;

/** Opens local files for reading piece by piece; relative paths start at `cwd`. */
export function createFileSources(cwd: string): FileSources {
  return {
    open(file) {
      try {
        return openFileSource(path.resolve(cwd, file));
      } catch (error) {
        const isFile = !(error instanceof NotAFileError);
        const reason = isFile ? reasonOf(error) : 'it is not a regular file';
        throw new UserError('artifact', `${file} cannot be read: ${reason}.`, {
          hint: isFile
            ? 'Check the path and the permissions of the file.'
            : 'Name a file, not a folder, a pipe or a device.',
          cause: error,
        });
      }
    },
  };
}

/**
 * Opens a file for reading piece by piece, synchronously.
 *
 * @throws {NotAFileError} if it is not a regular file
 * @throws {NodeJS.ErrnoException} of the call that failed
 */
export function openFileSource(absolute: string): FileSource {
  const descriptor = openSync(absolute, constants.O_RDONLY | NO_WAIT);
  const kind = fstatSync(descriptor);
  if (!kind.isFile()) {
    closeSync(descriptor);
    throw new NotAFileError();
  }
  return {
    size: kind.size,
    read: (offset, length) => readExactly(descriptor, offset, length),
    close: () => {
      closeSync(descriptor);
    },
  };
}

/** @throws {RangeError} if the file ends before that */
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
