import path from 'node:path';
import fc from 'fast-check';
import { compareMavenVersions } from '../../src/maven/version.js';
import { PROJECT, readJson } from '../support/fixtures.js';

/** Written by test/fixtures/maven/VersionVectors.java out of Maven's own class. */
const MAVEN = readJson(path.join(PROJECT, 'test/fixtures/maven/versions.json')) as {
  versions: string[];
  orders: string[];
};

const signOf = (order: number) => (order < 0 ? '<' : order > 0 ? '>' : '=');

/** What people write: numbers, and a qualifier behind a dash or a dot. */
const numbers = fc
  .array(fc.oneof(fc.nat(20), fc.nat()), { minLength: 1, maxLength: 4 })
  .map((all) => all.join('.'));
const qualifier = fc
  .tuple(
    fc.constantFrom('-', '.', ''),
    fc.constantFrom('alpha', 'b', 'M', 'rc', 'CR', 'SNAPSHOT', 'GA', 'Final', 'release', 'sp', 'jre', 'x'),
    fc.constantFrom('', '1', '2', '10'),
  )
  .map((parts) => parts.join(''));
const ordinary = fc
  .tuple(numbers, fc.option(qualifier, { nil: '' }))
  .map(([number, rest]) => `${number}${rest}`);
const nasty = fc.oneof(
  ordinary,
  fc.string({
    unit: fc.constantFrom(...Array.from('019.-abmxspRC\u0663\u0130'), 'alpha', 'rc', 'ga', '0000000000'),
    maxLength: 30,
  }),
);

describe('the order of Maven versions', () => {
  it('is that of Maven for every pair of the vectors', () => {
    const { versions, orders } = MAVEN;
    const wrong: string[] = [];
    versions.forEach((a, row) => {
      versions.forEach((b, column) => {
        const [order, expected] = [signOf(compareMavenVersions(a, b)), orders[row]?.[column]];
        if (order !== expected) wrong.push(`${a} ${order} ${b}, in Maven ${String(expected)}`);
      });
    });
    expect(wrong).toEqual([]);
    expect(versions.length).toBeGreaterThan(200);
  });

  it.each([
    ['1.0-rc1', '<', '1.0'],
    ['1.0', '<', '1.0-sp'],
    ['1.0-SNAPSHOT', '<', '1.0'],
    ['1.9', '<', '1.10'],
    ['1.0', '=', '1'],
    ['1.0.GA', '=', '1.0'],
    ['1.0-alpha-2', '<', '1.0-alpha-10'],
    ['1.0-beta', '<', '1.0-milestone'],
    ['2.0.4-SNAPSHOT', '>', '2.0.3'],
  ])('has %s %s %s', (a, order, b) => {
    expect(signOf(compareMavenVersions(a, b))).toBe(order);
  });

  it('is the reverse when the versions change places, and equal for a version and itself', () => {
    fc.assert(
      fc.property(nasty, nasty, (a, b) => {
        expect(compareMavenVersions(a, a)).toBe(0);
        expect(Math.sign(compareMavenVersions(a, b))).toBe(0 - Math.sign(compareMavenVersions(b, a)));
      }),
    );
  });

  it('is transitive for versions of the kind that people write', () => {
    fc.assert(
      fc.property(ordinary, ordinary, ordinary, (a, b, c) => {
        if (compareMavenVersions(a, b) <= 0 && compareMavenVersions(b, c) <= 0)
          expect(compareMavenVersions(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('goes round in a circle where that of Maven does', () => {
    expect(compareMavenVersions('1.sp.1', '1-alpha')).toBeLessThan(0);
    expect(compareMavenVersions('1-alpha', '1')).toBeLessThan(0);
    expect(compareMavenVersions('1', '1.sp.1')).toBeLessThan(0);
  });

  it('looks at the first 256 characters only, so that no version nests lists without end', () => {
    const hostile = '1a'.repeat(500_000);
    expect(compareMavenVersions(hostile, hostile.slice(0, 256))).toBe(0);
    expect(compareMavenVersions(hostile, '1')).not.toBe(0);
    expect(compareMavenVersions('1'.repeat(1_000_000), '2')).toBeGreaterThan(0);
  });
});
