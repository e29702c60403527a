import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../model/user-error.js';
import { codeOf, reasonOf } from './reasons.js';
import { writeAtomically } from './write-atomically.js';

/**
 * Writes a report, whole or not at all, and the folder that it goes to.
 *
 * @throws {UserError} `site` if that is not possible
 */
export async function writeReportFile(cwd: string, file: string, text: string): Promise<void> {
  try {
    await writeAtomically(path.resolve(cwd, file), text);
  } catch (error) {
    throw new UserError('site', `The report cannot be written to ${file}: ${reasonOf(error)}.`, {
      hint: 'Choose another place for the report file.',
      cause: error,
    });
  }
}

/**
 * The text of a report; undefined where there is none. It may come from an archive that a stranger made: a link is not
 * followed, and nothing of another file is ever repeated.
 *
 * @param maxBytes larger files are not read
 * @throws {UserError} `artifact` or `limit` where it is there and cannot be read
 */
export async function readReportFile(
  cwd: string,
  file: string,
  maxBytes: number,
): Promise<string | undefined> {
  try {
    // Windows has neither of the two, and they count as 0 there.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    const handle = await open(path.resolve(cwd, file), flags);
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) throw new UserError('artifact', `${file} is no file.`);
      if (stats.size > maxBytes)
        throw new UserError('limit', `${file} has ${stats.size} bytes; at most ${maxBytes} are read.`);
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    const code = codeOf(error);
    if (code === 'ENOENT') return undefined;
    const reason = code === 'ELOOP' ? 'it is a link' : reasonOf(error);
    throw new UserError('artifact', `${file} cannot be read: ${reason}.`, {
      hint: 'It is the file that "report-file" wrote in the workflow of the pull request.',
      cause: error,
    });
  }
}
