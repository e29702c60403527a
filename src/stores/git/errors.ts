import { UserError, type ErrorCode } from '../../model/user-error.js';
import { EXPLANATIONS, MACHINE_FAULTS } from './explanations.js';
import { GitError } from './git.js';
import { reasonIn, withoutRemote } from './words.js';

/** What was being done when git failed. */
export interface GitWork {
  /** Completes "Could not …": `read branch gh-pages of …`. */
  readonly doing: string;
  /** Whether something may have been changed already. */
  readonly phase: keyof typeof CERTAINTY;
  /** Whether git was given a token for the remote. */
  readonly hasToken: boolean;
}

/** How sure we are of what a failed command left behind: a push may have arrived although its answer did not. */
export const CERTAINTY = {
  preparing: 'Nothing was changed.',
  reading: 'Nothing was changed.',
  committing: 'Nothing was changed.',
  pushing: 'Whether the push has arrived is not known; running again publishes nothing twice.',
  confirming: 'The push itself was accepted; running again publishes nothing twice.',
} as const;

/** Whether the remote may have the commit after a failure in a phase. */
export function mayHaveArrived(phase: GitWork['phase']): phase is 'pushing' | 'confirming' {
  return phase === 'pushing' || phase === 'confirming';
}

/**
 * Explains a failed git command to the user.
 *
 * @returns a {@link UserError} for a {@link GitError}; everything else as it is
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
      `there was no answer within ${seconds} seconds`,
      `${certainty} Check the network and the server, and run again; --timeout gives it more time.`,
    );
  }
  if (result.signal !== undefined) {
    return failed(
      `git ${command} was killed (${result.signal})`,
      `${certainty} The machine may be out of memory, or something else ended git. Run again.`,
      'machine',
    );
  }
  const words = reasonIn(result.stderr);
  const quoted = words === '' ? `git ${command} ended with code ${result.code} and printed no reason` : words;
  const fault = MACHINE_FAULTS.find(({ pattern }) => pattern.test(withoutRemote(result.stderr)));
  if (fault) return failed(`${fault.what} (${quoted})`, `${certainty} ${fault.hint}`, 'machine');
  const explanation = EXPLANATIONS.find(
    ({ pattern, needsToken }) =>
      (needsToken === undefined || needsToken === hasToken) && pattern.test(result.stderr),
  );
  if (!explanation) return failed(quoted, `The words in the message are git’s own. ${certainty}`);
  const isSure = !explanation.isUncertain && phase !== 'confirming';
  return failed(
    words === '' ? explanation.what : `${explanation.what} (${words})`,
    isSure ? explanation.hint : `${explanation.hint} ${certainty}`,
  );
}
