import { levelsOf, PROBLEM_CODES, type ProblemLevel } from './problem-codes.js';
import type { Problem } from './problem.js';

/** Levels by code, as a maintainer has set them. */
export type ProblemLevels = Readonly<Record<string, ProblemLevel | undefined>>;

/** The problems of a run as the maintainer wants to see them. */
export function withLevels(problems: readonly Problem[], levels: ProblemLevels): readonly Problem[] {
  return problems.flatMap((problem): readonly Problem[] => {
    const level = Object.hasOwn(levels, problem.code) ? levels[problem.code] : undefined;
    if (level === undefined || !levelsOf(PROBLEM_CODES[problem.code]).includes(level)) return [problem];
    // The catalogue says which severity a problem has by itself.
    return level === 'ignore' ? [] : [{ ...problem, severity: level } as Problem];
  });
}
