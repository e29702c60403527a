import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { GitError, type GitResult } from './git.js';

/** A header of an answer in the trace of git's requests. */
const ANY_HEADER = /<= recv header:/i;
/** What every git server says of its list of references, by every version of the protocol. */
const GIT_SERVER = /<= recv header: content-type: *application\/x-git-(upload|receive)-pack-advertisement\b/i;
const CONTENT_TYPE = /<= recv header: content-type: *([\w.+/-]+)/i;

/** A trace of the requests that one git command makes by HTTP, in a file of its own. */
export interface HttpTrace {
  /** Goes into the environment of the command. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * Makes sure that a git server has answered, if any server has been asked by HTTP. Else git takes the answer for a list
   * of files that a web server without git serves: a page for logins then passes for a repository without branches.
   *
   * @param result of the command that was traced
   * @throws {GitError} if something else has answered
   */
  requireGitServer(command: string, result: GitResult): Promise<void>;
  /** Removes the file. */
  remove(): Promise<void>;
}

/** @param folder our own */
export function traceHttp(folder: string): HttpTrace {
  const file = path.join(folder, 'requests');
  return {
    // Logins are left out by GIT_TRACE_REDACT (gitEnvironment), bodies here.
    env: { GIT_TRACE_CURL: file, GIT_TRACE_CURL_NO_DATA: '1' },
    async requireGitServer(command, result) {
      // Git writes nothing if it asks by other means, such as SSH: its configuration may replace the address.
      const trace = await readFile(file, 'latin1').catch(() => '');
      if (!ANY_HEADER.test(trace) || GIT_SERVER.test(trace)) return;
      const type = CONTENT_TYPE.exec(trace)?.[1] ?? 'a text without a type';
      throw new GitError(
        command,
        { ...result, stderr: `not a git server: it answered with ${type}` },
        undefined,
      );
    },
    remove: () => rm(file, { force: true }),
  };
}
