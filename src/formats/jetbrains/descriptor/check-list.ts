import type { CodeOf, Problem } from '../../../model/problem.js';

/** Collects the problems that the checks of a descriptor find. */
export interface Checks {
  /** @param message the problem without a full stop; the name of the archive is added before it */
  readonly error: (code: CodeOf<'error'>, message: string, hint: string) => void;
  readonly warning: (code: CodeOf<'warning'>, message: string, hint: string) => void;
}

/** What the checks of a descriptor need to know about the site and the platform. */
export interface CheckContext {
  /** The ids of the plugins on the site, which can no longer be changed. */
  readonly knownIds: ReadonlySet<string>;
  /** The newest platform branch. */
  readonly newestBranch: number;
}

/**
 * Creates an empty list of problems.
 *
 * @param label the name of the archive in messages
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
