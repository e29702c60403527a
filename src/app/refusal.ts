import type { FailOn } from '../model/fail-on.js';
import type { Refusal } from '../model/outcome.js';
import { hasErrors, type Problem } from '../model/problem.js';

/** Returns why nothing is written; `undefined` if nothing speaks against it. */
export function refusalOf(problems: readonly Problem[], failOn: FailOn): Refusal | undefined {
  if (hasErrors(problems)) return 'errors';
  return failOn === 'warning' && problems.length > 0 ? 'warnings' : undefined;
}
