import { constants } from 'node:fs';
import { access, copyFile } from 'node:fs/promises';
import path from 'node:path';
import type { Payload } from '../../model/plan.js';
import { UserError } from '../../model/user-error.js';
import { reasonOf } from '../reasons.js';
import { requireUnchanged } from './unchanged.js';

/** Shares the blocks of the file where the file system can; never writes to what is there already, nor through a link. */
const MODE = constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL;

/**
 * Makes a copy of a payload that nothing else writes to, for its checksum to be verified.
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
        hint: 'Check the path, and that the file may be read.',
        cause: error,
      });
    });
    throw error;
  }
}
