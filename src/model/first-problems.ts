import type { Problem } from './problem.js';

/** Most problems of one kind that are shown one by one. */
const MAX_PROBLEMS = 100;

/**
 * Keeps the first of many problems of one code, and one more that counts the others: what comes from outside, such as
 * the dependencies of a POM, may be 50,000 of them: a log of 30 MB. It is an error if one of those is.
 */
export function firstProblems(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= MAX_PROBLEMS) return problems;
  const others = problems.slice(MAX_PROBLEMS - 1);
  const example = others.find(({ severity }) => severity === 'error') ?? others[0];
  if (!example) return problems;
  const count: Problem = {
    ...example,
    message: `There are ${others.length} more problems of this kind ("${example.code}").`,
    hint: 'Solve those before this one first.',
  };
  return [...problems.slice(0, MAX_PROBLEMS - 1), count];
}
