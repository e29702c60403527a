import { refusalOf } from '../../src/app/refusal.js';
import type { Problem } from '../../src/model/problem.js';

const ERROR: Problem = { severity: 'error', code: 'bad-path', message: 'Bad.' };
const WARNING: Problem = { severity: 'warning', code: 'lost-payload', message: 'Lost.' };

test.each([
  ['error', [], undefined],
  ['warning', [], undefined],
  ['error', [WARNING], undefined],
  ['warning', [WARNING], 'warnings'],
  ['error', [WARNING, ERROR], 'errors'],
  ['warning', [WARNING, ERROR], 'errors'],
] as const)('if an %s fails the run, %j gives %s', (failOn, problems, refusal) => {
  expect(refusalOf(problems, failOn)).toBe(refusal);
});
