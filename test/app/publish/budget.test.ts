import { checkBudget } from '../../../src/app/budget.js';
import { sitePath } from '../../../src/model/site-path.js';

const BUDGET = { maxFileBytes: 100, warnFileBytes: 90, maxSiteBytes: 1000, warnSiteBytes: 900 };

describe('the budget of GitHub Pages', () => {
  const check = (usage: number, sizes: number[], unmeasured = 0) =>
    checkBudget(
      BUDGET,
      { bytes: usage, unmeasured },
      sizes.map((size, at) => ({
        storedPath: sitePath(`f${at}`),
        path: sitePath('f'),
        file: 'x',
        size,
        modified: 0,
        checksum: '',
      })),
    );

  test.each([
    [0, [90], []],
    [0, [91], ['warning file-near-limit']],
    [0, [100], ['warning file-near-limit']],
    [0, [101, 102], ['error file-too-large', 'error file-too-large']],
    [800, [50, 50], []],
    [800, [50, 51], ['warning site-near-limit']],
    [950, [51], ['warning site-too-large']],
  ])('%d bytes on the branch, %j new', (usage, sizes, expected) => {
    expect(check(usage, sizes).map(({ severity, code }) => `${severity} ${code}`)).toEqual(expected);
  });

  test('is reported with figures, and with the number of unmeasured files', () => {
    expect(check(950, [10], 3)[0]?.message).toBe(
      'With this publication, the branch contains at least (3 files could not be measured) 960 bytes (950 bytes now, 10 bytes new), close to the 1.0 kB limit of GitHub Pages.',
    );
  });

  test('is not checked if the store does not have one', () => {
    expect(checkBudget(undefined, { bytes: 1e12, unmeasured: 0 }, [])).toEqual([]);
  });
});
