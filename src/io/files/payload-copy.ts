import { constants } from 'node:fs';
import { access, copyFile } from 'node:fs/promises';
import path from 'node:path';
import type { Payload } from '../../model/plan.js';
import { UserError } from '../../model/user-error.js';
import { reasonOf } from '../reasons.js';
import { requireUnchanged } from './unchanged.js';

/** Shares the blocks of the file if the file system supports that. Never overwrites a file or follows a link. */
const MODE = constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL;

/**
 * Makes a private copy of a payload, so that its checksum can be verified.
 *
 * @param cwd where relative paths of artifacts start
 * @param target absolute path of the copy
 * @throws {UserError} `artifact` if the file cannot be read, or has another size or time than when it was read
 */
export async function copyPayload(
  cwd: string,
  payload: Payload,
  target: string,
  copy: typeof copyFile = copyFile,
): Promise<void> {
  await requireUnchanged(cwd, payload);
  const source = path.resolve(cwd, payload.file);
  try {
    await copy(source, target, MODE);
  } catch (error) {
    await access(source, constants.R_OK).catch((reason: unknown) => {
      throw new UserError('artifact', `${payload.file} cannot be read: ${reasonOf(reason)}.`, {
        hint: 'Check the path and the permissions of the file.',
        cause: error,
      });
    });
    throw error;
  }
}
