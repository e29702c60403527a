import type { Problem } from './problem.js';

/**
 * What a run can fail of, for scripts and for the exit code.
 *
 * - `usage`: the command line or the inputs are wrong (exit code 2)
 * - `refused`: the plan has errors; nothing was written
 * - `artifact`: an artifact cannot be read
 * - `index`: the site's index cannot be read
 * - `limit`: a bound on size, entries, nesting or time was exceeded
 * - `site`: the folder of the site cannot be read or written
 * - `remote`: the remote repository cannot be reached, read or written
 * - `machine`: this machine does not let the program work: no temporary folder, no memory, no file handles, a full disk
 * - `permission`: the token may not do that
 * - `race`: other publishers were faster, again and again
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
 * A failure that the user can act on. Everything else that is thrown is a defect of ours.
 *
 * `message` says what happened and where, `hint` what to do next. `problems` holds every
 * fault of a run when there are several, so that one run shows all of them.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly problems: readonly Problem[];
  /** Whether something may have been published all the same. */
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

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The faults that an error stands for: those it carries, or itself. */
export function problemsOf(error: UserError): readonly Problem[] {
  if (error.problems.length > 0) return error.problems;
  const { code, message, hint } = error;
  return [{ severity: 'error', code, message, ...(hint === undefined ? {} : { hint }) }];
}
