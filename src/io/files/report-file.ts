import path from 'node:path';
import { UserError } from '../../model/user-error.js';
import { codeOf, reasonOf } from '../reasons.js';
import { FileTooLargeError, NotAFileError, readFileBounded } from './read-bounded.js';
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
 * The text of a report; undefined if there is none. It may come from an archive that a stranger made: a link is not
 * followed, and nothing of another file is ever repeated.
 *
 * @param maxBytes larger files are not read
 * @throws {UserError} `artifact` or `limit` if it is there and cannot be read
 */
export async function readReportFile(
  cwd: string,
  file: string,
  maxBytes: number,
): Promise<string | undefined> {
  try {
    const bytes = await readFileBounded(path.resolve(cwd, file), maxBytes, 'files, not links');
    return bytes.toString('utf8');
  } catch (error) {
    const hint = 'It is the file that "report-file" wrote in the workflow of the pull request.';
    if (error instanceof NotAFileError)
      throw new UserError('artifact', `${file} ${error.message}.`, { hint, cause: error });
    if (error instanceof FileTooLargeError)
      throw new UserError('limit', `${file} ${error.message}.`, { hint, cause: error });
    const code = codeOf(error);
    if (code === 'ENOENT') return undefined;
    const reason = code === 'ELOOP' ? 'it is a link' : reasonOf(error);
    throw new UserError('artifact', `${file} cannot be read: ${reason}.`, {
      hint,
      cause: error,
    });
  }
}
