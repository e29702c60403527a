import * as disk from 'node:fs/promises';
import { codeOf } from '../reasons.js';

/**
 * The system calls that change a site in a folder. They can be replaced, so that tests can let each of them fail.
 */
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

/** Returns `undefined` if a call fails because the path does not exist. */
export async function unlessAbsent<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
