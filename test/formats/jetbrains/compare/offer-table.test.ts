import fc from 'fast-check';
import { compareOffers } from '../../../../src/formats/jetbrains/compare/offer-table.js';
import { loadRepository } from '../../../../src/formats/jetbrains/index/load.js';
import { EMPTY_REPOSITORY, type Repository } from '../../../../src/formats/jetbrains/index/repository.js';
import { commonVersion } from '../../../../src/formats/jetbrains/system.js';
import type { OfferChange } from '../../../../src/model/offer-table.js';
import { offerInWords } from '../../../../src/report/offer-words.js';
import { pluginSteps, requestOf, SYSTEMS } from '../../../support/arbitrary-plugins.js';
import { compareIdeVersions, offersOf } from '../../../support/ide.js';
import {
  artifact,
  publish,
  textOf,
  type Given,
  variant,
  VARIANT_NAMES,
} from '../../../support/plan-plugins.js';

/** An index of versions with their ranges, such as `1.0 242 251.*`. */
function site(...entries: readonly string[]): Repository {
  const elements = entries.map((text) => {
    const [version = '', since = '-', until = '-', id = 'org.lab.cells', depends = ''] = text.split(' ');
    const bound = (name: string, value: string) => (value === '-' ? '' : ` ${name}="${value}"`);
    return `<plugin id="${id}" version="${version}" url="x"><idea-version${bound('since-build', since)}${bound('until-build', until)}/>${depends === '' ? '' : `<depends>${depends}</depends>`}</plugin>`;
  });
  return loadRepository(
    new Map([['updatePlugins.xml', Buffer.from(`<plugins>${elements.join('')}</plugins>`)]]),
  );
}

function describeRows(before: Repository, after: Repository): readonly string[] {
  return (compareOffers(before, after)?.rows ?? []).map((row) => {
    const words = offerInWords(row);
    return `${row.loss === undefined ? '' : '! '}${words.ides}: ${words.before} -> ${words.after}`;
  });
}

test.each<[string, string[], string[], string[]]>([
  ['nothing changes', ['1.0 242 251.*'], ['1.0 242 251.*'], []],
  ['a plugin is new', [], ['1.0 242 251.*'], ['2024.2 to 2025.1: not offered -> 1.0']],
  ['it supports all later IDEs', [], ['1.0 251'], ['2025.1 and later: not offered -> 1.0']],
  ['it supports all IDEs', [], ['1.0'], ['all: not offered -> 1.0']],
  ['it supports all earlier IDEs', [], ['1.0 - 251.*'], ['up to 2025.1: not offered -> 1.0']],
  [
    'a version for later IDEs is added, and the previous one stays',
    ['1.0 242 252.*'],
    ['1.0 242 252.*', '1.1 243'],
    ['2024.3 to 2025.2: 1.0 -> 1.1', '2025.3 and later: not offered -> 1.1'],
  ],
  [
    'the previous one does not stay',
    ['1.0 242 252.*'],
    ['1.1 243'],
    [
      '! 2024.2: 1.0 -> no longer offered',
      '2024.3 to 2025.2: 1.0 -> 1.1',
      '2025.3 and later: not offered -> 1.1',
    ],
  ],
  [
    'IDEs after the last branch in an index lose it',
    ['1.0 242'],
    ['1.0 242 253.*'],
    ['! 2026.1 and later: 1.0 -> no longer offered'],
  ],
  [
    'IDEs before the first branch in an index lose it',
    ['1.0 - 253.*'],
    ['1.0 242 253.*'],
    ['! before 2024.2: 1.0 -> no longer offered'],
  ],
  [
    'the highest is withdrawn',
    ['1.0 242', '1.1 242'],
    ['1.0 242'],
    ['! 2024.2 and later: 1.1 -> 1.0, lower than before'],
  ],
  [
    'a branch is no longer fully covered',
    ['1.0 242 252.*'],
    ['1.0 242 252.100'],
    ['! 2025.2: 1.0 -> 1.0 (some builds), in fewer builds than before'],
  ],
  [
    'a part of a branch becomes smaller',
    ['1.0 242 252.200'],
    ['1.0 242 252.100'],
    ['! 2025.2: 1.0 (some builds) -> 1.0 (some builds), in fewer builds than before'],
  ],
  [
    'a branch becomes fully covered',
    ['1.0 242 252.100'],
    ['1.0 242 252.*'],
    ['2025.2: 1.0 (some builds) -> 1.0'],
  ],
  [
    'a branch is divided between two versions',
    ['1.0 242 252.*'],
    ['1.0 242 252.*', '1.1 252.100'],
    ['2025.2: 1.0 -> 1.1 or 1.0 (depending on the build)', '2025.3 and later: not offered -> 1.1'],
  ],
  [
    'a bound is only a branch number, which excludes the branch',
    ['1.0 242 252.*'],
    ['1.0 242 252'],
    ['! 2025.2: 1.0 -> no longer offered'],
  ],
  ['only an IDE that does not exist is affected', ['1.0 242.* 252.*'], ['1.0 243 252.*'], []],
  [
    'another spelling of the version is published',
    ['1.0 242'],
    ['1.0.0 242'],
    ['2024.2 and later: 1.0 -> 1.0.0'],
  ],
  ['a bound cannot be read', ['1.0 242'], ['1.0 242 x'], ['! 2024.2 and later: 1.0 -> no longer offered']],
  [
    'branches do not contain a year',
    ['1.0 139 145.*'],
    ['1.1 139 145.*'],
    ['build 139 to build 145: 1.0 -> 1.1'],
  ],
  [
    'a branch without a year is the last',
    ['1.0 139 145.*'],
    ['1.0 139'],
    ['later than build 145: not offered -> 1.0'],
  ],
  ['numbers are beyond all branches', ['1.0 -7.1 99999.1'], ['1.1 -7.1 99999.1'], ['all: 1.0 -> 1.1']],
  [
    'branches before and after the first with a year are named',
    ['1.0 161 162.*'],
    ['1.1 161 162.*'],
    ['build 161 to 2016.2: 1.0 -> 1.1'],
  ],
  ['all IDEs before a branch lose it', ['1.0'], ['1.0 251'], ['! before 2025.1: 1.0 -> no longer offered']],
  [
    'all IDEs up to a branch are offered it, and those after it as before',
    ['1.0 252'],
    ['1.0 252', '0.9 - 251.*'],
    ['up to 2025.1: not offered -> 0.9'],
  ],
  [
    'IDEs after the third release of a year are offered it',
    ['1.0 242 253.*'],
    ['1.0 242'],
    ['2026.1 and later: not offered -> 1.0'],
  ],
  [
    'IDEs after the second release of a year are offered it',
    ['1.0 242 252.*'],
    ['1.0 242'],
    ['2025.3 and later: not offered -> 1.0'],
  ],
  [
    'a range begins after the first build of a branch',
    ['1.0 251'],
    ['1.0 251.5'],
    ['! 2025.1: 1.0 -> 1.0 (some builds), in fewer builds than before'],
  ],
  [
    'a build loses it because a bound is its number',
    ['1.0 242 252.5.*'],
    ['1.0 242 252.5'],
    ['! 2025.2: 1.0 (some builds) -> 1.0 (some builds), in fewer builds than before'],
  ],
  [
    'consecutive branches change in the same way, and later ones differently',
    ['1.0 242 251.*', '2.0 252 261.*'],
    ['3.0 242 261.*'],
    ['2024.2 to 2025.1: 1.0 -> 3.0', '2025.2 to 2026.1: 2.0 -> 3.0'],
  ],
  ['the order of the entries changes', ['1.0 242', '1.1 251'], ['1.1 251', '1.0 242'], []],
  [
    'a range ends in a branch that does not exist',
    ['1.0 242 244.*'],
    ['1.0 242'],
    ['2025.1 and later: not offered -> 1.0'],
  ],
])('the table shows the change if %s', (_, before, after, rows) => {
  expect(describeRows(site(...before), site(...after))).toEqual(rows);
});

test('plugins are sorted by loss (all builds, some builds, a higher version), then by name', () => {
  const before = site(
    '1.0 242 252.* d',
    '1.0 242 252.* c',
    '1.1 242 252.* b',
    '1.0 242 252.* a',
    '1.0 251 - e',
  );
  const after = site('1.0 242 252.50 c', '1.0 242 252.* b', '1.1 242 252.* a', '1.10 251 - e', '1.9 251 - e');
  expect(compareOffers(before, after)?.rows.map(({ plugin, loss }) => [plugin, loss])).toEqual([
    ['d', 'lost'],
    ['c', 'narrower'],
    ['b', 'lower'],
    ['a', undefined],
    ['e', undefined],
  ]);
  expect(describeRows(before, after).at(-1)).toBe('2025.1 and later: 1.0 -> 1.10');
});

describe('variants for systems', () => {
  const variants = (version: string, names = VARIANT_NAMES, given: Given = {}) =>
    names.map((name) => variant(name, { until: undefined, ...given, version }));
  const published = (...artifacts: ReturnType<typeof artifact>[]) => publish(EMPTY_REPOSITORY, { artifacts });
  const first = published(...variants('1.0.0'));

  test('share a row if all of them change', () => {
    const next = publish(first.index, { artifacts: variants('1.1.0') });
    expect(describeRows(first.index, next.index)).toEqual(['2026.1 and later: 1.0.0 -> 1.1.0']);
  });

  test('are named by their systems, in short form, if only some of them change', () => {
    const next = publish(first.index, { artifacts: variants('1.1.0', VARIANT_NAMES.slice(1)) });
    expect(describeRows(first.index, next.index)).toEqual([
      '2026.1 and later (windows, mac, linux-x86_64): 1.0.0 -> 1.1.0',
    ]);
    const gone = publish(first.index, { remove: ['org.lab.cells@1.0.0-mac-aarch64'] });
    expect(describeRows(first.index, gone.index)).toEqual([
      '! 2026.1 and later (mac-arm64): 1.0.0 -> no longer offered',
    ]);
  });

  test('replace an archive for all systems only on their own systems', () => {
    const base = published(artifact({ version: '0.9', since: '261', until: undefined }));
    const next = publish(base.index, { artifacts: variants('1.0.0') });
    expect(describeRows(base.index, next.index)).toEqual([
      '2026.1 and later (windows, mac, linux): 0.9 -> 1.0.0',
    ]);
    const back = publish(next.index, { remove: ['org.lab.cells@0.9'] });
    expect(describeRows(next.index, back.index)).toEqual([
      '! 2026.1 and later (other systems): 0.9 -> no longer offered',
    ]);
  });

  test('are named in full if the version is the same', () => {
    const base = published(artifact({ version: '1.0.0', since: '261', until: undefined }));
    const next = publish(base.index, { artifacts: variants('1.0.0', ['mac-x86_64']) });
    expect(describeRows(base.index, next.index)).toEqual([
      '2026.1 and later (mac-x86_64): 1.0.0 -> 1.0.0-mac-x86_64',
    ]);
  });
});

test('systems on which a plugin stays the same are not named, even if they are not usual', () => {
  const freebsd = '2.0 261 - org.lab.cells com.intellij.modules.os.freebsd';
  expect(describeRows(site(freebsd, '1.0 261'), site(freebsd, '1.1 261'))).toEqual([
    '2026.1 and later (windows, mac, linux, other systems): 1.0 -> 1.1',
  ]);
  expect(describeRows(site('1.0 261', freebsd), site('1.0 261'))).toEqual([
    '! 2026.1 and later (other systems): 2.0 -> 1.0, lower than before',
  ]);
});

test('a table has at most as many rows as a report shows', () => {
  const ids = Array.from({ length: 70 }, (_, at) => `1.0 242 - id${at}`);
  const table = compareOffers(EMPTY_REPOSITORY, site(...ids));
  expect(table?.rows).toHaveLength(50);
  expect(table?.more).toBe(20);
});

test('a plugin with very many versions is compared in time', () => {
  const many = Array.from({ length: 5000 }, (_, at) => `${at + 1} 242.${at * 2 + 1} 242.${at * 2 + 1}`);
  const [x, y] = [site(...many), site(...many.slice(1))];
  const started = performance.now();
  expect(describeRows(x, y)).toHaveLength(1);
  expect(performance.now() - started).toBeLessThan(10_000);
});

const BRANCHES = [233, 241, 242, 243, 251, 263, 271];
const BUILDS = [
  '1',
  '4.9',
  '5',
  '5.1',
  '9.9',
  '10',
  '10.1',
  '9999.1',
  '20000',
  '20000.1',
  '20224',
  '20224.1',
  '30000',
];

/** The systems that a report names. */
const USUAL = SYSTEMS.filter(({ os }) => os !== 'freebsd');

/** What an index offers by branch and system, for each of the builds. */
function offersIn(xml: string): Record<string, Record<string, string>[]> {
  return Object.fromEntries(
    BRANCHES.flatMap((branch) =>
      USUAL.map((system) => [
        `${branch} ${system.os} ${system.arch}`,
        BUILDS.map((build) => offersOf(xml, `${branch}.${build}`, system)),
      ]),
    ),
  );
}

/** Whether a row is about a branch. */
function isAbout({ ides }: OfferChange, branch: number): boolean {
  const numberOf = (release = '') => Number(release.replace(/^20(\d\d)\.(\d)$/, '$1$2'));
  if (ides === 'all') return true;
  const [, before] = /^before (.*)$/.exec(ides) ?? [];
  if (before !== undefined) return branch < numberOf(before);
  const [, upTo] = /^up to (.*)$/.exec(ides) ?? [];
  if (upTo !== undefined) return branch <= numberOf(upTo);
  const [, from] = /^(.*) and later$/.exec(ides) ?? [];
  if (from !== undefined) return numberOf(from) <= branch;
  const [first = '', last = first] = ides.split(' to ');
  return numberOf(first) <= branch && branch <= numberOf(last);
}

test('for any publications, the table shows what IDEs are offered, and marks exactly what they lose', () => {
  let rows = 0;
  let losses = 0;
  fc.assert(
    fc.property(pluginSteps, (steps) => {
      let index: Repository = EMPTY_REPOSITORY;
      let offersBefore = offersIn('<plugins/>');
      for (const step of steps) {
        const next = publish(index, requestOf(step));
        if (next.plan.problems.some(({ severity }) => severity === 'error') || next.plan.changes.length === 0)
          continue;
        const table = compareOffers(index, next.index) ?? { rows: [], more: 0 };
        expect(table.more).toBe(0);
        const offersAfter = offersIn(textOf(next.files));
        for (const branch of BRANCHES)
          for (const system of USUAL) {
            const at = `${branch} ${system.os} ${system.arch}`;
            const pairs = BUILDS.map((_, build) => [offersBefore[at]?.[build], offersAfter[at]?.[build]]);
            for (const id of ['org.lab.a', 'org.lab.b']) {
              const offers = pairs.map(([before, after]) => [before?.[id], after?.[id]] as const);
              const found = table.rows.filter((row) => row.plugin === id && isAbout(row, branch));
              const [row, ...others] = found.filter(({ systems: names }) => {
                if (names.length > 0)
                  return names.includes(system.os) || names.includes(`${system.os}-${system.arch}`);
                return offers.some(([before, after]) => before !== undefined || after !== undefined);
              });
              expect(others).toEqual([]);
              const wasLost = offers.some(
                ([before, after]) =>
                  before !== undefined && (after === undefined || compareIdeVersions(after, before) < 0),
              );
              expect(row?.loss !== undefined).toBe(wasLost);
              if (wasLost) losses++;
              const [[before, after] = []] = offers;
              if (offers.some(([x, y]) => x !== before || y !== after)) continue;
              if (before === after) {
                expect(row).toBeUndefined();
                continue;
              }
              rows++;
              const named = (version: string | undefined) =>
                version === undefined ? [[]] : [[version], [commonVersion(version)]];
              expect(named(before)).toContainEqual(row?.before.versions);
              expect(named(after)).toContainEqual(row?.after.versions);
              expect([row?.before.isPartial, row?.after.isPartial]).toEqual([false, false]);
            }
          }
        ({ index } = next);
        offersBefore = offersAfter;
      }
    }),
    { numRuns: 60 },
  );
  // Otherwise, the random steps would not show anything. Their number varies widely.
  expect(rows).toBeGreaterThan(50);
  expect(losses).toBeGreaterThan(0);
});
