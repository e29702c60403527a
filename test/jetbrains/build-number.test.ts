import fc from 'fast-check';
import {
  branchesBetween,
  compareBuilds,
  contains,
  covers,
  meetsBranch,
  parseBuildNumber,
  parseUntil,
  releaseOf,
  type BuildNumber,
} from '../../src/jetbrains/build-number.js';
import { describeBuild } from '../support/build-number.js';

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
])('the IDE %s, %s %s: %s', (ide, side, bound, expected) => {
  const range = {
    since: undefined,
    until: undefined,
    [side]: side === 'until' ? parseUntil(bound) : build(bound),
  };
  expect(covers(range, build(ide))).toBe(expected);
});

test.each([
  ['242', [242, 0]],
  ['2000', [2000, 0]],
  ['IU-242.1.2', [242, 1, 2]],
  ['242.*.5', [242, Number.POSITIVE_INFINITY]],
  ['242.SNAPSHOT', [242, Number.POSITIVE_INFINITY]],
  ['2001', undefined],
  ['', undefined],
  ['*', undefined],
  ['SNAPSHOT', undefined],
  ['242.', undefined],
  ['242..1', undefined],
  ['242.x', undefined],
  ['IU-242.-1', undefined],
  ['1.'.repeat(100), undefined],
  ['99999999999.1', undefined],
])('%j is read as %j', (text, expected) => {
  expect(parseBuildNumber(text)).toEqual(expected);
});

const component = fc.oneof(fc.nat(3), fc.nat(999_999), fc.constant('*'));
const anyBuild = fc
  .tuple(fc.nat(2000), fc.array(component, { maxLength: 4 }))
  .map(([branch, rest]) => build([branch, ...rest].join('.')));

test('build numbers are in one order', () => {
  fc.assert(
    fc.property(anyBuild, anyBuild, anyBuild, (a, b, c) => {
      expect(Math.sign(compareBuilds(a, b)) + Math.sign(compareBuilds(b, a))).toBe(0);
      expect(compareBuilds(a, a)).toBe(0);
      if (compareBuilds(a, b) <= 0 && compareBuilds(b, c) <= 0)
        expect(compareBuilds(a, c)).toBeLessThanOrEqual(0);
    }),
  );
});

test('what is read is what was written', () => {
  fc.assert(
    fc.property(anyBuild, (number) => {
      expect(parseBuildNumber(describeBuild(number))).toEqual(number);
    }),
  );
});

test('what a range contains, it covers', () => {
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

test('branches are those of releases', () => {
  expect(branchesBetween(241, 252)).toEqual([241, 242, 243, 251, 252]);
  expect(branchesBetween(252, 241)).toEqual([]);
  expect([242, 163, 145].map(releaseOf)).toEqual(['2024.2', '2016.3', 'build 145']);
});
