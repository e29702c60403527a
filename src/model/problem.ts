import { isCodeOf, SEVERITIES, type CodeOf, type Severity } from './problem-codes.js';

export { SEVERITIES, type CodeOf, type Severity } from './problem-codes.js';

interface ProblemWith<S extends Severity> {
  readonly severity: S;
  /** Stable and meant for scripts; {@link PROBLEM_CODES} explains it. */
  readonly code: CodeOf<S>;
  /** Path of the affected file on the site or on this machine, if any. */
  readonly path?: string;
  /** What is wrong, and where. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** Something that users should know about their artifacts, their settings or their site. */
export type Problem = ProblemWith<'error'> | ProblemWith<'warning'>;

/** Whether untrusted data is a problem of the catalogue. A maintainer may have set its severity. */
export function isProblem(
  value: Omit<Problem, 'severity' | 'code'> & { readonly severity: Severity; readonly code: string },
): value is Problem {
  return isCodeOf(value.code, value.severity);
}

/** Returns the errors, then the warnings, each in the given order. */
export function errorsFirst(problems: readonly Problem[]): readonly Problem[] {
  return SEVERITIES.flatMap((severity) => problems.filter((problem) => problem.severity === severity));
}

/** Whether one of the problems stops the publication. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}
