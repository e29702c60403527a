import type { FormatName } from '../model/format-name.js';
import { emptyOutcome, type Outcome, type OutcomeKind } from '../model/outcome.js';
import { problemsOf, type UserError } from '../model/user-error.js';

/**
 * What is known of a run that ended with an error.
 *
 * @param site what was to be changed, in words; empty where that is not known either
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
