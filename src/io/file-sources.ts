import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import type { FileSources } from '../app/ports.js';
import { UserError } from '../model/user-error.js';
import { reasonOf } from './reasons.js';

/** Opens files of this machine for reading piece by piece; relative paths start at `cwd`. */
export function createFileSources(cwd: string): FileSources {
  return {
    open(file) {
      let descriptor: number;
      try {
        // A pipe would keep the program waiting for someone who writes into it. Despite its type, it is undefined on Windows.
        const nonBlocking = (constants.O_NONBLOCK as number | undefined) ?? 0;
        descriptor = openSync(path.resolve(cwd, file), constants.O_RDONLY | nonBlocking);
      } catch (error) {
        throw new UserError('artifact', `${file} cannot be read: ${reasonOf(error)}.`, {
          hint: 'Check the path, and that the file may be read.',
          cause: error,
        });
      }
      const kind = fstatSync(descriptor);
      if (!kind.isFile()) {
        closeSync(descriptor);
        throw new UserError('artifact', `${file} cannot be read: it is not a regular file.`, {
          hint: 'Name a file, not a folder, a pipe or a device.',
        });
      }
      return {
        size: kind.size,
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
