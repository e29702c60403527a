import { failedOutcome } from '../../src/app/failed-outcome.js';
import { emptyOutcome } from '../../src/model/outcome.js';
import type { Problem } from '../../src/model/problem.js';
import { UserError } from '../../src/model/user-error.js';

const PLAIN = { ...emptyOutcome('jetbrains', 'preview', 'folder site'), refusal: 'errors' };

test('an error without problems is the problem', () => {
  const error = new UserError('remote', 'It does not respond.', { hint: 'Run again later.' });
  expect(failedOutcome(error, 'jetbrains', 'preview', 'folder site')).toEqual({
    ...PLAIN,
    problems: [
      { severity: 'error', code: 'remote', message: 'It does not respond.', hint: 'Run again later.' },
    ],
  });
});

test('the problems of an error are reported rather than the error', () => {
  const problems: Problem[] = [{ severity: 'error', code: 'bad-path', message: 'Bad.' }];
  const error = new UserError('artifact', 'Two are bad.', { problems });
  expect(failedOutcome(error, 'jetbrains', 'preview', 'folder site')).toEqual({ ...PLAIN, problems });
});

test('an error after which something may have been published is uncertain', () => {
  const error = new UserError('remote', 'The connection ended.', { isUncertain: true });
  expect(failedOutcome(error, 'jetbrains', 'preview', 'folder site')).toMatchObject({
    refusal: 'errors',
    isUncertain: true,
  });
});
