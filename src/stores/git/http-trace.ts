import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { GitError, type GitResult } from './git.js';

/** A response header in the trace of git's requests. */
const ANY_HEADER = /<= recv header:/i;
/** Content type of the list of references of every git server, in all versions of the protocol. */
const GIT_SERVER = /<= recv header: content-type: *application\/x-git-(upload|receive)-pack-advertisement\b/i;
const CONTENT_TYPE = /<= recv header: content-type: *([\w.+/-]+)/i;

/** A trace of the HTTP requests of one git command, in a temporary file. */
export interface HttpTrace {
  /** Environment variables for the command. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * Checks that a git server has responded, if git has used HTTP. Otherwise git takes the response for a file list
   * of a web server without git, so that a login page passes for a repository without branches.
   *
   * @param result of the command that was traced
   * @throws {GitError} if the response came from something else
   */
  requireGitServer(command: string, result: GitResult): Promise<void>;
  /** Removes the file. */
  remove(): Promise<void>;
}

/**
 * Prepares a trace.
 *
 * @param folder our temporary folder
 */
export function traceHttp(folder: string): HttpTrace {
  const file = path.join(folder, 'requests');
  return {
    // Logins are left out by GIT_TRACE_REDACT (gitEnvironment), bodies here.
    env: { GIT_TRACE_CURL: file, GIT_TRACE_CURL_NO_DATA: '1' },
    async requireGitServer(command, result) {
      // Git writes no trace if it does not use HTTP: its configuration may replace the address, for example by SSH.
      const trace = await readFile(file, 'latin1').catch(() => '');
      if (!ANY_HEADER.test(trace) || GIT_SERVER.test(trace)) return;
      const type = CONTENT_TYPE.exec(trace)?.[1];
      const response = type === undefined ? 'without a content type' : `with ${type}`;
      throw new GitError(
        command,
        { ...result, stderr: `not a git server: it responded ${response}` },
        undefined,
      );
    },
    remove: () => rm(file, { force: true }),
  };
}
