import type { Problem } from './problem.js';

/** Maximum number of problems of one kind that are listed. */
const MAX_PROBLEMS = 100;

/**
 * Keeps the first of many problems of one code, and adds one that counts the rest. Untrusted input, such as the
 * dependencies of a POM, can cause 50,000 problems and a log of 30 MB. The count is an error if one of the rest is.
 */
export function firstProblems(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= MAX_PROBLEMS) return problems;
  const rest = problems.slice(MAX_PROBLEMS - 1);
  const example = rest.find(({ severity }) => severity === 'error') ?? rest[0];
  if (!example) return problems;
  const count: Problem = {
    ...example,
    message: `There are ${rest.length} more problems of this kind ("${example.code}").`,
    hint: 'Fix the listed ones first.',
  };
  return [...problems.slice(0, MAX_PROBLEMS - 1), count];
}
