import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { machineFault } from '../../io/machine-fault.js';
import { codeOf } from '../../io/reasons.js';
import { messageOf, UserError } from '../../model/user-error.js';
import { gitEnvironment, type GitEnvironmentOptions } from './environment.js';

/** Maximum output of a git command, in bytes: the file list of a very large site, or its packed index. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
/** Timeout for local git commands, in milliseconds. */
const LOCAL_TIMEOUT_MS = 10 * 60 * 1000;
/** Maximum length of standard error that is kept, from its end, in characters. */
const MAX_STDERR = 64 * 1024;
/** Maximum length of standard error in the message of a failure, in characters. */
const MAX_QUOTED = 2000;

export interface GitOptions extends GitEnvironmentOptions {
  /** Ends a running command. */
  readonly signal: AbortSignal | undefined;
}

export interface GitCall {
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  /** Timeout in milliseconds, for commands that contact the remote. */
  readonly timeoutMs?: number;
  /** Exit codes besides 0 that are results, not failures. */
  readonly accept?: readonly number[];
  /** Reads standard output, which is then empty in the result. Its failure ends the command. */
  readonly readOutput?: (output: AsyncIterable<Buffer>) => Promise<void>;
}

export interface GitResult {
  /** The exit code; -1 if a signal ended the command. */
  readonly code: number;
  /** The signal that ended the command, if one did. */
  readonly signal: NodeJS.Signals | undefined;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** A failed git command. The caller explains to the user what it means. */
export class GitError extends Error {
  override readonly name = 'GitError';

  constructor(
    readonly command: string,
    readonly result: GitResult,
    readonly timedOutAfterMs: number | undefined,
  ) {
    const how = result.signal === undefined ? `exit code ${result.code}` : result.signal;
    super(`git ${command} failed with ${how}: ${result.stderr.trim().slice(-MAX_QUOTED)}`);
  }
}

/** Creates the error for unexpected output: git is broken, or its output was truncated. */
export function unexpected(command: string, result: GitResult): GitError {
  const printed = JSON.stringify(result.stdout.subarray(0, 80).toString('utf8'));
  return new GitError(command, { ...result, stderr: `git ${command} printed ${printed}` }, undefined);
}

/**
 * Returns the name of the object that a command printed.
 *
 * @throws {GitError} if it printed something else
 */
export function objectIn(command: string, result: GitResult): string {
  const [name = ''] = objectsIn(command, result, 1);
  return name;
}

/**
 * Returns the names of the objects that a command printed, one per line.
 *
 * @throws {GitError} if it printed something else, or another number of them
 */
export function objectsIn(command: string, result: GitResult, count: number): readonly string[] {
  const names = result.stdout.toString('utf8').trim().split('\n');
  const areNames = names.every((name) => /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(name));
  if (names.length !== count || !areNames) throw unexpected(command, result);
  return names;
}

/**
 * Returns the entries that a command printed with `-z`: each of them ends with a zero byte.
 *
 * @throws {GitError} if the last one was truncated
 */
export function entriesIn(command: string, result: GitResult): string[] {
  const entries = result.stdout.toString('utf8').split('\0');
  if (entries.pop() !== '') throw unexpected(command, result);
  return entries;
}

export type Git = (args: readonly string[], call?: GitCall) => Promise<GitResult>;

/**
 * Runs git without a shell, a terminal or a prompt.
 *
 * @returns a function that throws {@link GitError} if a command fails, and {@link UserError} if git cannot be started
 */
export function createGit(options: GitOptions): Git {
  const base = gitEnvironment(options);
  return async (args, call = {}) => {
    options.signal?.throwIfAborted();
    const child = await start(args, { ...base, ...call.env });
    let timedOutAfterMs: number | undefined;
    const kill = () => {
      killTree(child.pid, () => child.kill('SIGKILL'));
    };
    const timeoutMs = call.timeoutMs ?? LOCAL_TIMEOUT_MS;
    const timer = setTimeout(() => {
      timedOutAfterMs = timeoutMs;
      kill();
    }, timeoutMs);
    options.signal?.addEventListener('abort', kill, { once: true });
    const { readOutput } = call;
    const stdout = collect(readOutput ? null : child.stdout, MAX_OUTPUT_BYTES, kill);
    let fault: { readonly error: unknown } | undefined;
    const isRead = readOutput?.(child.stdout)
      .catch((error: unknown) => {
        fault = { error };
        kill();
      })
      // What was not read would keep the command waiting.
      .finally(() => child.stdout.destroy());
    const stderr = collect(child.stderr, MAX_OUTPUT_BYTES, kill);
    // A command that ends early does not read all of its input; its exit code shows why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(call.input);
    try {
      const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
      // A push that has succeeded has arrived, even if the run was interrupted in the meantime.
      if (code !== 0) options.signal?.throwIfAborted();
      await isRead;
      if (fault) throw fault.error;
      const result = {
        code: code ?? -1,
        signal: signal ?? undefined,
        stdout: stdout.bytes(),
        stderr: stderr.bytes().toString('utf8').slice(-MAX_STDERR),
      };
      if (stdout.overflow()) {
        throw new UserError('limit', `git ${args[0] ?? ''} printed more than ${MAX_OUTPUT_BYTES} bytes.`, {
          hint: 'The site has more files, or a larger index, than this program supports.',
        });
      }
      if (code === 0 || (code !== null && call.accept?.includes(code))) return result;
      throw new GitError(args[0] ?? '', result, timedOutAfterMs);
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', kill);
    }
  };
}

/**
 * Starts git. A started child process reports no error later.
 *
 * @throws {UserError} `remote` if git is not installed, `machine` if it cannot be started
 */
async function start(
  args: readonly string[],
  env: Record<string, string>,
): Promise<ChildProcessByStdio<Writable, Readable, Readable>> {
  try {
    // A separate process group, so that the helpers that git starts for a remote end with it.
    const child = spawn('git', args, {
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    // Without a free file handle, Node.js creates no pipes at all, contrary to its types. It reports the error
    // later.
    if (child.pid === undefined) await once(child, 'spawn');
    return child;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      throw new UserError('remote', 'git is not installed, or not on the PATH.', {
        hint: 'Install git 2.31 or newer, or publish into a plain folder with --site-dir.',
        cause: error,
      });
    }
    throw (
      machineFault('git could not be started', error) ??
      new UserError('machine', `git could not be started: ${messageOf(error)}.`, {
        hint: 'Check that the git on the PATH can be run.',
        cause: error,
      })
    );
  }
}

function collect(stream: NodeJS.ReadableStream | null, maxBytes: number, onOverflow: () => void) {
  const chunks: Buffer[] = [];
  let length = 0;
  stream?.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= maxBytes) chunks.push(chunk);
    else onOverflow();
  });
  return { bytes: () => Buffer.concat(chunks), overflow: () => length > maxBytes };
}

function killTree(pid: number | undefined, killChild: () => void): void {
  try {
    if (pid === undefined || process.platform === 'win32') killChild();
    else process.kill(-pid, 'SIGKILL');
  } catch {
    // The group has ended in the meantime, or the system does not allow killing all of it.
    killChild();
  }
}
