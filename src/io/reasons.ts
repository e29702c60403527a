/**
 * The effects: files, network, threads, GitHub. Each adapter implements a port of `app/ports` and decides nothing that a
 * use case could decide. `files`, `web` and `github` have folders; stores of sites have a room of their own.
 *
 * @module
 */

import { messageOf } from '../model/user-error.js';

/** The code of a failed system call, such as `ENOENT`; undefined if it was something else. */
export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

/** The reason of a failed system call, in words where there are better ones than the code. */
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
