import type { CodeOf, Problem } from '../../../model/problem.js';

/** What the checks of a descriptor report to. */
export interface Checks {
  /** @param message what is wrong, without a full stop; the name of the archive is put before it */
  readonly error: (code: CodeOf<'error'>, message: string, hint: string) => void;
  readonly warning: (code: CodeOf<'warning'>, message: string, hint: string) => void;
}

/** What the checks of a descriptor must know of the site and of the day. */
export interface CheckContext {
  /** The ids of the plugins that the site has: an id cannot be changed any more. */
  readonly knownIds: ReadonlySet<string>;
  /** The newest platform branch that there is. */
  readonly newestBranch: number;
}

/**
 * Creates a list of what checks report.
 *
 * @param label how the archive is called in messages
 */
export function createChecks(label: string): Checks & { readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const about = (message: string, hint: string) => ({ path: label, message: `${label}: ${message}.`, hint });
  return {
    problems,
    error: (code, message, hint) => {
      problems.push({ severity: 'error', code, ...about(message, hint) });
    },
    warning: (code, message, hint) => {
      problems.push({ severity: 'warning', code, ...about(message, hint) });
    },
  };
}
