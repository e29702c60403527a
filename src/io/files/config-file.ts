import path from 'node:path';
import { UserError } from '../../model/user-error.js';
import { codeOf, reasonOf } from '../reasons.js';
import { FileTooLargeError, readFileBounded } from './read-bounded.js';

/** Largest configuration that is read, in bytes. */
const MAX_BYTES = 256 * 1024;

/**
 * The text of a configuration; undefined if there is no such file.
 *
 * @throws {UserError} `artifact` or `limit` if it is there and cannot be read
 */
export async function readConfigFile(cwd: string, file: string): Promise<string | undefined> {
  try {
    const bytes = await readFileBounded(path.resolve(cwd, file), MAX_BYTES, 'anything');
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (error instanceof FileTooLargeError) {
      throw new UserError('limit', `${file} ${error.message}.`, {
        hint: 'Is it the configuration?',
        cause: error,
      });
    }
    const reason =
      codeOf(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'it is not UTF-8' : reasonOf(error);
    throw new UserError('artifact', `${file} cannot be read: ${reason}.`, {
      hint: 'Check the path, and that the file may be read.',
      cause: error,
    });
  }
}
