import path from 'node:path';
import fc from 'fast-check';
import { compareVersions } from '../../../src/formats/jetbrains/plugin-version.js';
import { PROJECT, readJson } from '../../support/fixtures.js';

test.each([
  ['1.0', '=', '1.0.0'],
  ['1.0rc1', '<', '1.0'],
  ['1.1', '>', '1.02'],
  ['1.0-dev', '>', '1.0'],
  ['1.0-SNAPSHOT', '<', '1.0'],
  ['1.0-snapshot', '<', '1.0-m1'],
  ['1.0-m1', '<', '1.0-eap'],
  ['1.0-eap', '=', '1.0-preview'],
  ['1.0-pre', '<', '1.0-alpha'],
  ['1.0a', '=', '1.0-alpha'],
  ['1.0-alpha2', '>', '1.0-alpha1'],
  ['1.0-a', '<', '1.0-b'],
  ['1.0-beta', '=', '1.0-betta'],
  ['1.0-b', '<', '1.0-rc'],
  ['1.0', '<', '1.0-sp1'],
  ['1.0-sp1', '<', '1.0-final'],
  ['1.0-final', '=', '1.0-release'],
  ['1.0-final', '<', '1.0-zzz'],
  ['1.0-aaa', '<', '1.0-zzz'],
  ['1.0-zzz', '<', '1.0-1'],
  ['1.9', '<', '1.10'],
  ['1.001', '<', '1.01'],
  ['2', '>', '1.9.9'],
  ['1.2.3+build', '=', '1.2.3~build'],
  ['', '=', '0'],
  ['1,2;3:4/5(6)7', '=', '1.2.3.4.5.6.7'],
])('%s %s %s', (a, sign, b) => {
  const order = { '<': -1, '=': 0, '>': 1 }[sign];
  expect(Math.sign(compareVersions(a, b))).toBe(order);
  expect(Math.sign(compareVersions(b, a)) + 0).toBe(-(order ?? 0) + 0);
});

test('versions have the same order as in the class of the IDE', () => {
  const { versions, versionOrders } = readJson(path.join(PROJECT, 'test/fixtures/jetbrains/ide.json')) as {
    readonly versions: readonly string[];
    readonly versionOrders: readonly string[];
  };
  expect(versions.length).toBe(300);
  const differences = versions.flatMap((a, row) =>
    versions.flatMap((b, column) => {
      const sign = '<=>'.charAt(1 + Math.sign(compareVersions(a, b)));
      const theirs = versionOrders[row]?.[column];
      return sign === theirs ? [] : [`${a} ${sign} ${b}, IDE: ${theirs ?? 'missing'}`];
    }),
  );
  expect(differences).toEqual([]);
});

test('white space around a version is ignored, as in IDEs', () => {
  expect(compareVersions('\n1.0\n', '1.0')).toBe(0);
});

test('the order of versions is antisymmetric and transitive', () => {
  const part = fc.constantFrom(
    '',
    '0',
    '00',
    '01',
    '001',
    '1',
    '2',
    '10',
    'rc',
    'm',
    'dev',
    'x',
    'final',
    'snapshot',
  );
  const version = fc.array(part, { maxLength: 4 }).map((parts) => parts.join('.'));
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      expect(Math.sign(compareVersions(a, b)) + 0).toBe(-Math.sign(compareVersions(b, a)) + 0);
      expect(compareVersions(a, a)).toBe(0);
      if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0)
        expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
    }),
    { numRuns: 2000 },
  );
});
