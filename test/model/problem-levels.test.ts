import { levelsOf, PROBLEM_CODES, type ProblemCodeEntry } from '../../src/model/problem-codes.js';
import { withLevels } from '../../src/model/problem-levels.js';
import { isProblem, type Problem } from '../../src/model/problem.js';

const snapshot: Problem = { severity: 'warning', code: 'snapshot', message: 'a' };
const missing: Problem = { severity: 'error', code: 'missing-dependency', message: 'b' };
const broken: Problem = { severity: 'error', code: 'bad-pom', message: 'c' };

test('gives a problem the level that the maintainer has set', () => {
  expect(withLevels([snapshot, missing], {})).toEqual([snapshot, missing]);
  expect(withLevels([snapshot, missing], { snapshot: 'error', 'missing-dependency': 'warning' })).toEqual([
    { ...snapshot, severity: 'error' },
    { ...missing, severity: 'warning' },
  ]);
  expect(withLevels([snapshot, missing], { snapshot: 'ignore', 'missing-dependency': 'ignore' })).toEqual([]);
});

test('keeps problems that break clients as errors, whatever level is set', () => {
  expect(withLevels([broken], { 'bad-pom': 'ignore' })).toEqual([broken]);
  expect(levelsOf(PROBLEM_CODES['bad-pom'])).toEqual(['error']);
  const lowered = Object.values<ProblemCodeEntry>(PROBLEM_CODES).filter(
    (entry) => entry.severity !== 'warning' && levelsOf(entry).length > 1,
  );
  expect(lowered).toHaveLength(3);
});

test('accepts changed levels in a report that another job reads', () => {
  expect(withLevels([snapshot], { snapshot: 'error' }).every(isProblem)).toBe(true);
});
