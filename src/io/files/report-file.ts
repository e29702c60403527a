import path from 'node:path';
import { UserError } from '../../model/user-error.js';
import { codeOf, reasonOf } from '../reasons.js';
import { FileTooLargeError, NotAFileError, readFileBounded } from './read-bounded.js';
import { writeAtomically } from './write-atomically.js';

/**
 * Writes a report atomically, and creates its folder.
 *
 * @throws {UserError} `site` if the report cannot be written
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
 * Reads the text of a report; returns `undefined` if the file does not exist. The file is untrusted: links are not
 * followed, so that no other file is ever quoted.
 *
 * @param maxBytes larger files are not read
 * @throws {UserError} `artifact` or `limit` if the file exists and cannot be read
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
