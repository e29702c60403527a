import type { FormatName } from '../model/format-name.js';
import { emptyOutcome, type Outcome, type OutcomeKind } from '../model/outcome.js';
import { problemsOf, type UserError } from '../model/user-error.js';

/**
 * Returns the outcome of a run that ended with an error.
 *
 * @param site the site to change, for messages; empty if that is not known
 */
export function failedOutcome(
  error: UserError,
  format: FormatName,
  kind: OutcomeKind,
  site: string,
): Outcome {
  return {
    ...emptyOutcome(format, kind, site),
    refusal: 'errors',
    ...(error.isUncertain ? { isUncertain: true } : {}),
    problems: problemsOf(error),
  };
}
