import type { Problem } from './problem.js';

/**
 * Why a run can fail. Part of the JSON result; decides the exit code.
 *
 * - `usage`: the command line or the inputs are wrong (exit code 2)
 * - `refused`: the plan has errors; nothing was written
 * - `artifact`: an artifact cannot be read
 * - `index`: the site's index cannot be read
 * - `limit`: a limit on size, entries, nesting or time was exceeded
 * - `site`: the folder of the site cannot be read or written
 * - `remote`: the remote repository cannot be reached, read or written
 * - `machine`: this machine lacks a temporary folder, memory, file handles or disk space
 * - `permission`: the token lacks a permission
 * - `race`: other runs kept changing the site
 * - `cancelled`: the run was interrupted
 */
export type ErrorCode =
  | 'usage'
  | 'refused'
  | 'artifact'
  | 'index'
  | 'limit'
  | 'site'
  | 'remote'
  | 'machine'
  | 'permission'
  | 'race'
  | 'cancelled';

/**
 * A failure that the user can act on. Every other exception is an internal error.
 *
 * `message` states what happened and where, `hint` what to do next. `problems` lists every fault if a run has several,
 * so that one run reports all of them.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly problems: readonly Problem[];
  /** Whether something may have been published anyway. */
  readonly isUncertain: boolean;

  constructor(
    code: ErrorCode,
    message: string,
    options: { hint?: string; problems?: readonly Problem[]; isUncertain?: boolean; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.problems = options.problems ?? [];
    this.isUncertain = options.isUncertain ?? false;
  }
}

/** Returns the message of any thrown value. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Returns the problems of an error, or the error itself as a problem. */
export function problemsOf(error: UserError): readonly Problem[] {
  if (error.problems.length > 0) return error.problems;
  const { code, message, hint } = error;
  return [{ severity: 'error', code, message, ...(hint === undefined ? {} : { hint }) }];
}
