import { levelsOf, PROBLEM_CODES, type ProblemLevel } from './problem-codes.js';
import type { Problem } from './problem.js';

/** The levels that a maintainer has set, by code. */
export type ProblemLevels = Readonly<Record<string, ProblemLevel | undefined>>;

/** Applies the maintainer's levels to the problems of a run. */
export function withLevels(problems: readonly Problem[], levels: ProblemLevels): readonly Problem[] {
  return problems.flatMap((problem): readonly Problem[] => {
    const level = Object.hasOwn(levels, problem.code) ? levels[problem.code] : undefined;
    if (level === undefined || !levelsOf(PROBLEM_CODES[problem.code]).includes(level)) return [problem];
    // The type allows only the severities of the catalogue.
    return level === 'ignore' ? [] : [{ ...problem, severity: level } as Problem];
  });
}
