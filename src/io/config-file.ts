import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../model/user-error.js';
import { codeOf, reasonOf } from './reasons.js';

/** Largest configuration that is read, in bytes. */
const MAX_BYTES = 256 * 1024;

/**
 * The text of a configuration; undefined where there is no such file.
 *
 * @throws {UserError} `artifact` or `limit` where it is there and cannot be read
 */
export async function readConfigFile(cwd: string, file: string): Promise<string | undefined> {
  const absolute = path.resolve(cwd, file);
  try {
    const { size } = await stat(absolute);
    if (size > MAX_BYTES) {
      throw new UserError('limit', `${file} has ${size} bytes; at most ${MAX_BYTES} are read.`, {
        hint: 'Is it the configuration?',
      });
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(absolute));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (error instanceof UserError) throw error;
    const reason = error instanceof TypeError ? 'it is not UTF-8' : reasonOf(error);
    throw new UserError('artifact', `${file} cannot be read: ${reason}.`, {
      hint: 'Check the path, and that the file may be read.',
      cause: error,
    });
  }
}
