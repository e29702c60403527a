/**
 * The programs of dist/, in folders: `action`, `cli`, `worker` (threads), and `commands`, which the first two share.
 * This folder contains what all of them need: exit codes, progress, the version.
 *
 * @module
 */

import { problemsOf, UserError } from '../model/user-error.js';
import { renderProblem, type Paint } from '../report/terminal.js';
import { ISSUES_URL, VERSION } from './version.js';

/** The exit codes. They are part of the contract with users. */
export const EXIT = { done: 0, refused: 1, usage: 2, internalError: 70 } as const;

export function exitCodeOf(error: unknown): number {
  if (!(error instanceof UserError)) return EXIT.internalError;
  return error.code === 'usage' ? EXIT.usage : EXIT.refused;
}

/** Describes a failure: every fault with its hint. Only internal errors have a stack trace. */
export function describeFailure(error: unknown, paint: Paint): string {
  if (error instanceof UserError)
    return problemsOf(error)
      .map((problem) => renderProblem(problem, paint))
      .join('');
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${paint('red', 'error:')} This is an internal error of update-site ${VERSION}. Please report it with the lines below: ${ISSUES_URL}\n${stack}\n`;
}
