import path from 'node:path';
import fc from 'fast-check';
import {
  branchesBetween,
  compareBuilds,
  contains,
  covers,
  meetsBranch,
  overlap,
  parseBuildNumber,
  parseRange,
  parseUntil,
  releaseOf,
  type BuildNumber,
} from '../../../src/formats/jetbrains/build-number.js';
import { describeBuild } from '../../support/build-number.js';
import { PROJECT, readJson } from '../../support/fixtures.js';

const build = (text: string) => parseBuildNumber(text) as BuildNumber;

test.each([
  ['145.2', 'until', '145', false],
  ['145.2', 'until', '145.*', true],
  ['145.2', 'since', '145.2.0', false],
  ['145.2', 'until', '146', true],
  ['145.2.2', 'until', '145.2', false],
  ['145.10', 'since', '145.*', false],
  ['145.SNAPSHOT', 'until', '145.*', true],
  ['IU-242.20224.300', 'since', '242.0', true],
  ['IC-242.SNAPSHOT', 'since', '242.20224', true],
  ['242.1', 'until', '242.9999', true],
  ['242.20000', 'until', '242.9999', true],
  ['243.1', 'until', '242.9999', false],
  ['242.5.9999', 'until', '242.5.9998', false],
  ['242.5.20000', 'until', '242.5.10000', true],
])('the IDE %s is covered by a range %s %s: %s', (ide, side, bound, expected) => {
  const range = {
    since: undefined,
    until: undefined,
    [side]: side === 'until' ? parseUntil(bound) : build(bound),
  };
  expect(covers(range, build(ide))).toBe(expected);
});

interface IdeTable {
  readonly readBuilds: readonly (readonly [text: string, asBuild: Components, asUntil: Components])[];
  readonly builds: readonly string[];
  readonly buildOrders: readonly string[];
}
type Components = readonly (number | '*')[] | null;

const IDE = readJson(path.join(PROJECT, 'test/fixtures/jetbrains/ide.json')) as IdeTable;

test('numbers are read as the classes of the IDE read them', () => {
  const shown = (number: BuildNumber | undefined) =>
    number?.map((component) => (component === Number.POSITIVE_INFINITY ? '*' : component)) ?? null;
  const ours = IDE.readBuilds.map(([text]) => [text, shown(parseBuildNumber(text)), shown(parseUntil(text))]);
  expect(ours).toEqual(IDE.readBuilds);
  expect(ours.length).toBeGreaterThan(200);
});

test('numbers have the same order as in the classes of the IDE', () => {
  const differences = IDE.builds.flatMap((a, row) =>
    IDE.builds.filter((b, column) => {
      const sign = '<=>'[1 + Math.sign(compareBuilds(build(a), build(b)))];
      return sign !== IDE.buildOrders[row]?.[column];
    }),
  );
  expect(differences).toEqual([]);
});

test('the length of a number is limited', () => {
  expect(parseBuildNumber('1.'.repeat(100))).toBeUndefined();
});

test.each([
  ['242', '25x'],
  ['24x', '251.*'],
])('a range from %s to %s excludes all IDEs, because a bound is not a number', (since, until) => {
  const range = parseRange(since, until);
  expect(meetsBranch(range, 242)).toBe(false);
  expect(covers(range, build('242.1'))).toBe(false);
  expect(contains(range, parseRange('242', '242.*'))).toBe(false);
});

test('an empty bound is ignored', () => {
  expect(parseRange('242', '')).toEqual({ since: [242, 0], until: undefined });
  expect(parseRange(' ', undefined)).toEqual({ since: undefined, until: undefined });
});

test('an upper bound from before branches does not cover current branches', () => {
  expect(meetsBranch(parseRange(undefined, '99999'), 242)).toBe(false);
});

const component = fc.oneof(fc.nat(3), fc.nat(999_999), fc.constant('*'));
const anyBuild = fc
  .tuple(fc.nat(2000), fc.array(component, { maxLength: 4 }))
  .map(([branch, rest]) => build([branch, ...rest].join('.')));

test('the order of build numbers is antisymmetric and transitive', () => {
  fc.assert(
    fc.property(anyBuild, anyBuild, anyBuild, (a, b, c) => {
      expect(Math.sign(compareBuilds(a, b)) + Math.sign(compareBuilds(b, a))).toBe(0);
      expect(compareBuilds(a, a)).toBe(0);
      if (compareBuilds(a, b) <= 0 && compareBuilds(b, c) <= 0)
        expect(compareBuilds(a, c)).toBeLessThanOrEqual(0);
    }),
  );
});

test('a build number is read as it was written', () => {
  fc.assert(
    fc.property(anyBuild, (number) => {
      expect(parseBuildNumber(describeBuild(number))).toEqual(number);
    }),
  );
});

test('a range covers every build of a range that it contains', () => {
  const range = fc.record({
    since: fc.option(anyBuild, { nil: undefined }),
    until: fc.option(anyBuild, { nil: undefined }),
  });
  fc.assert(
    fc.property(range, range, anyBuild, (outer, inner, ide) => {
      if (contains(outer, inner) && covers(inner, ide)) expect(covers(outer, ide)).toBe(true);
      const branch = ide[0] as number;
      if (covers(outer, ide)) expect(meetsBranch(outer, branch)).toBe(true);
    }),
  );
});

test('branches are listed only for existing releases', () => {
  expect(branchesBetween(241, 252)).toEqual([241, 242, 243, 251, 252]);
  expect(branchesBetween(252, 241)).toEqual([]);
  expect([242, 163, 145].map(releaseOf)).toEqual(['2024.2', '2016.3', 'build 145']);
});

test.each([
  [161, 'build 161'],
  [162, '2016.2'],
  [164, 'build 164'],
  [240, 'build 240'],
  [993, '2099.3'],
  [1001, 'build 1001'],
])('the branch %d is called %s', (branch, name) => {
  expect(releaseOf(branch)).toBe(name);
});

test.each<[string, string, boolean]>([
  ['242 to 243.*', '243 to 251.*', true],
  ['242 to 243.*', '251 to 252.*', false],
  ['242 to 243.5', '243.5 to 251.*', true],
  ['242 to 243.5', '243.6 to 251.*', false],
  ['242 to', 'to 251.*', true],
  ['252 to', 'to 251.*', false],
  ['to', '242 to 242.*', true],
  ['to 231.*', 'to 251.*', true],
  ['231 to', '251 to', true],
  ['x to', 'to', false],
  ['x to', 'x to', false],
])('whether the ranges %s and %s have a build in common: %p', (one, other, expected) => {
  const range = (text: string) => {
    const [since, until] = text.split('to').map((bound) => bound.trim());
    return parseRange(since, until);
  };
  expect(overlap(range(one), range(other))).toBe(expected);
  expect(overlap(range(other), range(one))).toBe(expected);
});

test('a build number has at most 100 characters', () => {
  expect(parseBuildNumber(`242.${'1'.padStart(96, '0')}`)).toEqual([242, 1]);
  expect(parseBuildNumber(`242.${'1'.padStart(97, '0')}`)).toBeUndefined();
});
