import type { Timestamp } from '../../model/timestamp.js';

/**
 * Returns the newest platform branch at a moment, including early builds. Early builds of the first release of a year
 * begin in January, of the second in May, and of the third in September.
 */
export function newestBranchAt(moment: Timestamp): number {
  const text = String(moment);
  const [year, month] = [Number(text.slice(2, 4)), Number(text.slice(4, 6))];
  return year * 10 + (month < 5 ? 1 : month < 9 ? 2 : 3);
}

/**
 * Returns the first branch that is years away from the newest one, so that no plugin can have been tested there. It is
 * the first release of the year after the next. In 2026 it is 281, the bound of JetBrains' own plugin verifier.
 */
export function firstDistantBranch(newestBranch: number): number {
  return (Math.floor(newestBranch / 10) + 2) * 10 + 1;
}
