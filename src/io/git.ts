import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { messageOf, UserError } from '../model/user-error.js';

/** Most that a git command may print, in bytes: the list of a very large site, or its packed index. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
/** What git may take for work on this machine, in milliseconds. */
const LOCAL_TIMEOUT_MS = 10 * 60 * 1000;
/** How much of git's own words goes into a message, in characters. */
const MAX_STDERR = 2000;

/** Variables that would point git at another repository than ours: it may run inside a hook. */
const REPOSITORY_VARIABLES: ReadonlySet<string> = new Set([
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
]);

/** The inputs of the action, among them the token, are nobody else's business. */
const INPUTS = /^(INPUT_.*|UPDATE_SITE_TOKEN)$/;

export interface GitOptions {
  /** The environment of the process, as git's own starts from. */
  readonly env: NodeJS.ProcessEnv;
  /** The repository that is worked in: ours, never the user's. */
  readonly gitDir: string;
  /** Settings for every command, as `key` and `value`. They go through the environment: arguments can be seen by all. */
  readonly config: readonly (readonly [key: string, value: string])[];
  /** Ends a running command. */
  readonly signal: AbortSignal | undefined;
}

export interface GitCall {
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  /** In milliseconds; for commands that talk to the remote. */
  readonly timeoutMs?: number;
  /** Exit codes besides 0 that are an answer and no failure. */
  readonly accept?: readonly number[];
}

export interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** A git command that failed; what it means for the user is for the caller to say. */
export class GitFailure extends Error {
  override readonly name = 'GitFailure';

  constructor(
    readonly command: string,
    readonly result: GitResult,
    readonly timedOutAfterMs: number | undefined,
  ) {
    super(`git ${command} failed with exit code ${result.code}: ${result.stderr.trim()}`);
  }
}

export type Git = (args: readonly string[], call?: GitCall) => Promise<GitResult>;

/**
 * Runs git without a shell, a terminal or a prompt.
 *
 * @returns a function that throws {@link GitFailure} where a command fails, and {@link UserError} where there is no git
 */
export function createGit(options: GitOptions): Git {
  const base = environment(options);
  return async (args, call = {}) => {
    options.signal?.throwIfAborted();
    // A group of its own, so that the helpers that git starts for a remote end with it.
    const child = spawn('git', args, {
      env: { ...base, ...call.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
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
    const stdout = collect(child.stdout, MAX_OUTPUT_BYTES, kill);
    const stderr = collect(child.stderr, MAX_OUTPUT_BYTES, kill);
    // A command that ends early does not read all of its input; its exit code tells why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(call.input);
    try {
      const [code] = (await once(child, 'close')) as [number | null];
      options.signal?.throwIfAborted();
      const result = {
        code: code ?? -1,
        stdout: stdout.bytes(),
        stderr: stderr.bytes().toString('utf8').slice(-MAX_STDERR),
      };
      if (stdout.overflow()) {
        throw new UserError('limit', `git ${args[0] ?? ''} printed more than ${MAX_OUTPUT_BYTES} bytes.`, {
          hint: 'The site has more files, or a larger index, than this program reads.',
        });
      }
      if (code === 0 || (code !== null && call.accept?.includes(code))) return result;
      throw new GitFailure(args[0] ?? '', result, timedOutAfterMs);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        throw new UserError('remote', 'git is not installed, or not on the PATH.', {
          hint: 'Install git 2.31 or newer, or publish into a plain folder with --site-dir.',
          cause: error,
        });
      }
      throw error;
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', kill);
    }
  };
}

function environment({ env, gitDir, config }: GitOptions): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !REPOSITORY_VARIABLES.has(name) && !INPUTS.test(name));
  const result: NodeJS.ProcessEnv = Object.fromEntries(kept);
  result['GIT_DIR'] = gitDir;
  result['GIT_TERMINAL_PROMPT'] = '0';
  result['GCM_INTERACTIVE'] = 'never';
  // Names of files are names, whatever characters they hold.
  result['GIT_LITERAL_PATHSPECS'] = '1';
  // Messages are read by us too.
  result['LC_ALL'] = 'C';
  const given = Number.parseInt(env['GIT_CONFIG_COUNT'] ?? '0', 10) || 0;
  config.forEach(([key, value], at) => {
    result[`GIT_CONFIG_KEY_${given + at}`] = key;
    result[`GIT_CONFIG_VALUE_${given + at}`] = value;
  });
  result['GIT_CONFIG_COUNT'] = String(given + config.length);
  return result;
}

function collect(stream: NodeJS.ReadableStream, maxBytes: number, onOverflow: () => void) {
  const chunks: Buffer[] = [];
  let length = 0;
  stream.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= maxBytes) chunks.push(chunk);
    else onOverflow();
  });
  return { bytes: () => Buffer.concat(chunks), overflow: () => length > maxBytes };
}

function killTree(pid: number | undefined, killChild: () => void): void {
  if (pid === undefined) return;
  try {
    if (process.platform === 'win32') killChild();
    else process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // It has ended in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH')
      throw new Error(messageOf(error), { cause: error });
  }
}
