import { checkMissing, missingPayloads } from '../../../src/app/publish/missing-payloads.js';
import type { OtherSize, Payload, Plan } from '../../../src/model/plan.js';
import { memorySite } from '../../support/memory-site.js';

const plan = (more: Partial<Plan> = {}) => ({ payloads: [], ...more }) as Partial<Plan> as Plan;
const otherSize = (storedPath: string): OtherSize => ({ storedPath, file: 'build/a', size: 1, wanted: 2000 });
const names = (count: number) => Array.from({ length: count }, (_, at) => `n${at}`);

describe('the payloads that a site lacks', () => {
  const missingFiles = (paths: readonly string[]) => Promise.resolve(paths.slice(1));

  test('are found if the place can do that', async () => {
    const site = memorySite({}, { missingFiles });
    expect(await missingPayloads(site, ['a', 'b'])).toEqual(new Set(['b']));
  });

  test('are not looked for otherwise, or if the index names none', async () => {
    expect(await missingPayloads(memorySite({}), ['a', 'b'])).toEqual(new Set());
    const fail = () => Promise.reject(new Error('asked'));
    expect(await missingPayloads(memorySite({}, { missingFiles: fail }), [])).toEqual(new Set());
  });
});

test('payloads that are still missing are one warning', () => {
  const written = { storedPath: 'a' } as Partial<Payload> as Payload;
  const problems = checkMissing(new Set(['a', 'b', 'c']), ['a', 'b', 'd'], plan({ payloads: [written] }));
  expect(problems).toEqual([
    {
      severity: 'warning',
      code: 'missing-payload',
      path: 'b',
      message:
        'The index names 1 file that the site does not have: b. Users who are offered one of them cannot install or update anything.',
      hint: 'Publish the same files again: they are stored under their old names, and the index does not change. If you no longer have them, publish new versions, or remove them.',
    },
  ]);
});

test.each([
  ['none was missing', new Set<string>(), ['a']],
  ['the index does not name it any more', new Set(['a']), []],
])('nothing is reported if %s', (_, missing, named) => {
  expect(checkMissing(missing, named, plan())).toEqual([]);
});

test('only ten of many payloads are named', () => {
  const all = names(12);
  expect(checkMissing(new Set(all), all, plan())[0]?.message).toContain(
    'n0, n1, n2, n3, n4, n5, n6, n7, n8, n9 and 2 more.',
  );
});

describe('files of another size', () => {
  test('are a warning of their own', () => {
    const problems = checkMissing(new Set(['a', 'b']), ['a', 'b'], plan({ otherSizes: [otherSize('a')] }));
    expect(problems.map(({ path }) => path)).toEqual(['b', 'a']);
    expect(problems[1]).toEqual({
      severity: 'warning',
      code: 'missing-payload',
      path: 'a',
      message:
        'The index names 1 file that the site does not have, and the build has produced the right checksum but another size, which clients reject: a (build/a has 1 byte, the index states 2,000). Users who are offered it cannot install or update anything.',
      hint: 'Publish the original file, byte for byte, or publish changed content, which is a new version.',
    });
  });

  test('are counted, and do not matter if they are stored again', () => {
    const otherSizes = ['a', 'b', 'c'].map(otherSize);
    const [problem] = checkMissing(new Set(['a', 'b']), ['a', 'b'], plan({ otherSizes }));
    expect(problem?.message).toMatch(/^The index names 2 files .* Users who are offered one of them cannot/);
    expect(problem?.hint).toMatch(/^Publish the original files, byte for byte/);
  });
});
