import path from 'node:path';
import { UserError } from '../../model/user-error.js';
import { codeOf, reasonOf } from '../reasons.js';
import { FileTooLargeError, readFileBounded } from './read-bounded.js';

/** Maximum size of a configuration, in bytes. */
const MAX_BYTES = 256 * 1024;

/**
 * Reads the text of a configuration; returns `undefined` if the file does not exist.
 *
 * @throws {UserError} `artifact` or `limit` if the file exists and cannot be read
 */
export async function readConfigFile(cwd: string, file: string): Promise<string | undefined> {
  try {
    const bytes = await readFileBounded(path.resolve(cwd, file), MAX_BYTES, 'anything');
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (error instanceof FileTooLargeError) {
      throw new UserError('limit', `${file} ${error.message}.`, {
        hint: 'Check that this file is the configuration.',
        cause: error,
      });
    }
    const reason =
      codeOf(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'it is not UTF-8' : reasonOf(error);
    throw new UserError('artifact', `${file} cannot be read: ${reason}.`, {
      hint: 'Check the path and the permissions of the file.',
      cause: error,
    });
  }
}
