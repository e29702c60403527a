/** How bad a problem is: an error stops the publication, a warning does not. */
export const SEVERITIES = ['error', 'warning'] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * Something a user should know about their artifacts, their settings or their site.
 *
 * `code` is stable and meant for scripts; `message` says what is wrong and where,
 * `hint` what to do about it.
 */
export interface Problem {
  readonly severity: Severity;
  readonly code: string;
  /** The path on the site (or the file) that is concerned, when there is one. */
  readonly path?: string;
  readonly message: string;
  readonly hint?: string;
}

/** The problems as people want them: errors first, otherwise in their order. */
export function errorsFirst(problems: readonly Problem[]): readonly Problem[] {
  return SEVERITIES.flatMap((severity) => problems.filter((problem) => problem.severity === severity));
}

/** Whether one of the problems forbids the publication. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}
