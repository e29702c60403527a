import type { UserError } from '../../src/model/user-error.js';
import { resolveVerification } from '../../src/settings/verify-settings.js';

const resolve = (raw: Readonly<Record<string, string | boolean>>) =>
  resolveVerification(raw, ['site'], {
    nameOf: (option) => `--${option}`,
    faults: [],
    loginFor: () => ({ token: undefined }),
  });

test.each([undefined, '1', '999999'])('reads %j files', (sample) => {
  const { settings } = resolve(sample === undefined ? {} : { sample });
  expect(settings.imagej.sample).toBe(sample === undefined ? undefined : Number(sample));
});

test.each(['0', '-3', '+3', '1.5', '1e3', '10 %', 'ten', '1000000'])(
  'refuses to read %j files, and states what to write',
  (sample) => {
    expect(() => resolve({ sample })).toThrow(
      expect.objectContaining<Partial<UserError>>({
        code: 'usage',
        message: `--sample: "${sample}" is not a whole number from 1 to 999999.`,
        hint: 'Write how many files to read. Without it, all files are read.',
      }) as Error,
    );
  },
);
