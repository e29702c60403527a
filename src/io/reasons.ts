/**
 * The effects: files, network, threads, GitHub. Each adapter implements a port of `app/ports` and leaves decisions
 * to the use cases. `files`, `web` and `github` have folders; the stores of sites are in `src/stores`.
 *
 * @module
 */

import { messageOf } from '../model/user-error.js';

/** Returns the code of a failed system call, such as `ENOENT`; `undefined` for any other error. */
export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

/** Returns the reason of a failed system call, in plain words for the usual codes. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code === 'ENOENT') return 'it does not exist';
  if (code === 'EACCES' || code === 'EPERM') return 'access is denied';
  if (code === 'ENOTDIR') return 'a part of the path is a file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'ENOSPC') return 'the disk is full';
  if (code === 'EROFS') return 'the disk is read-only';
  if (code === 'EMFILE' || code === 'ENFILE') return 'too many files are open';
  return messageOf(error);
}
