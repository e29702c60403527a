import type { FormatName } from '../model/format-name.js';
import type { Outcome, OutcomeKind } from '../model/outcome.js';
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
    format,
    changed: false,
    kind,
    refusal: 'errors',
    ...(error.isUncertain ? { isUncertain: true } : {}),
    timestamp: undefined,
    commit: undefined,
    siteUrl: undefined,
    siteName: undefined,
    siteDescription: undefined,
    site,
    changes: [],
    unchanged: 0,
    left: [],
    problems: problemsOf(error),
    publishedFiles: [],
    publishedBytes: 0,
    siteSize: undefined,
    diff: undefined,
  };
}
