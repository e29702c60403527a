import type { UserError } from '../../src/model/user-error.js';
import { resolveHistory } from '../../src/settings/rollback-settings.js';

const resolve = (raw: Readonly<Record<string, string>>) =>
  resolveHistory(raw, ['site'], {
    nameOf: (option) => `--${option}`,
    faults: [],
    loginFor: () => ({ token: undefined }),
  });

test.each([
  [undefined, 20],
  ['1', 1],
  ['500', 500],
])('the limit %j lists %d publications', (limit, expected) => {
  expect(resolve(limit === undefined ? {} : { limit }).limit).toBe(expected);
});

test.each(['0', '501', 'all'])('the limit %j is refused, and the hint states what to write', (limit) => {
  expect(() => resolve({ limit })).toThrow(
    expect.objectContaining<Partial<UserError>>({
      code: 'usage',
      message: `--limit: "${limit}" is not a whole number from 1 to 500.`,
      hint: 'To list as many as possible, write --limit 500.',
    }) as Error,
  );
});
