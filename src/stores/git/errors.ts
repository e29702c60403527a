import { UserError, type ErrorCode } from '../../model/user-error.js';
import { EXPLANATIONS, MACHINE_FAULTS } from './explanations.js';
import { GitError } from './git.js';
import { reasonIn, withoutRemote } from './words.js';

/** What the run did when git failed. */
export interface GitWork {
  /** Completes "Could not …": `read branch gh-pages of …`. */
  readonly doing: string;
  /** Decides whether something may have been changed already. */
  readonly phase: keyof typeof CERTAINTY;
  /** Whether git was given a token for the remote. */
  readonly hasToken: boolean;
}

/** What is known after a failed command. A push may have arrived even if its response has not. */
export const CERTAINTY = {
  preparing: 'Nothing was changed.',
  reading: 'Nothing was changed.',
  committing: 'Nothing was changed.',
  pushing: 'It is not known whether the push has arrived. Running again is safe: nothing is published twice.',
  confirming: 'The push itself was accepted. Running again is safe: nothing is published twice.',
} as const;

/** Whether the remote may have the commit after a failure in a phase. */
export function mayHaveArrived(phase: GitWork['phase']): phase is 'pushing' | 'confirming' {
  return phase === 'pushing' || phase === 'confirming';
}

/**
 * Explains a failed git command to the user.
 *
 * @returns a {@link UserError} for a {@link GitError}; any other error unchanged
 */
export function explainGitFailure(thrown: unknown, { doing, phase, hasToken }: GitWork): unknown {
  if (!(thrown instanceof GitError)) return thrown;
  const { command, result, timedOutAfterMs } = thrown;
  const certainty = CERTAINTY[phase];
  const failed = (what: string, hint: string, code: ErrorCode = 'remote') =>
    new UserError(code, `Could not ${doing}: ${what}.`, {
      hint,
      isUncertain: hint.includes(certainty) && mayHaveArrived(phase),
      cause: thrown,
    });
  if (timedOutAfterMs !== undefined) {
    const seconds = Math.round(timedOutAfterMs / 1000);
    return failed(
      `git ${command} did not finish within ${seconds} seconds`,
      `${certainty} Check the network and the server, and run again, or increase "timeout" (--timeout).`,
    );
  }
  if (result.signal !== undefined) {
    return failed(
      `git ${command} was killed (${result.signal})`,
      `${certainty} The machine may be out of memory, or another program may have ended git. Run again.`,
      'machine',
    );
  }
  const words = reasonIn(result.stderr);
  const quoted =
    words === '' ? `git ${command} ended with exit code ${result.code} and printed no reason` : words;
  const fault = MACHINE_FAULTS.find(({ pattern }) => pattern.test(withoutRemote(result.stderr)));
  if (fault) return failed(`${fault.what} (${quoted})`, `${certainty} ${fault.hint}`, 'machine');
  const explanation = EXPLANATIONS.find(
    ({ pattern, needsToken }) =>
      (needsToken === undefined || needsToken === hasToken) && pattern.test(result.stderr),
  );
  if (!explanation) return failed(quoted, `The message quotes git or the remote. ${certainty}`);
  const isSure = !explanation.isUncertain && phase !== 'confirming';
  return failed(
    words === '' ? explanation.what : `${explanation.what} (${words})`,
    isSure ? explanation.hint : `${explanation.hint} ${certainty}`,
  );
}
