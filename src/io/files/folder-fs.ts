import * as disk from 'node:fs/promises';
import { codeOf } from '../reasons.js';

/** The system calls that change a site in a folder, as a seam: tests let each of them fail, or be the last one. */
export type FolderFs = Pick<
  typeof disk,
  | 'chmod'
  | 'copyFile'
  | 'link'
  | 'lstat'
  | 'mkdir'
  | 'open'
  | 'readdir'
  | 'realpath'
  | 'rename'
  | 'rm'
  | 'rmdir'
  | 'unlink'
  | 'writeFile'
>;

export const DISK: FolderFs = disk;

/** Returns `undefined` instead of a failure that says that there is nothing at a path. */
export async function unlessAbsent<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
