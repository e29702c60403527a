import {
  asPrevious,
  inheritFileNames,
  withoutCurrent,
  withPrevious,
} from '../../../../src/formats/imagej/index/merge.js';
import { parseIndexXml } from '../../../../src/formats/imagej/index/read.js';
import { isStoredPath, storedPath, storedSizes } from '../../../../src/formats/imagej/index/stored-path.js';
import { imagejIndex } from '../../../support/imagej-site.js';

const previous = (timestamp: number, filename: string | undefined, checksum = 'a') => ({
  timestamp,
  timestampObsolete: 0,
  checksum,
  filename,
  attributes: [],
  unknown: [],
});
const [record] = imagejIndex({ 'jars/lib-2.0.jar': { timestamp: 20 } }).records;
const current = record?.current;
const namesOf = (versions: readonly { readonly filename: string }[]) =>
  versions.map(({ filename }) => filename);

describe('a previous version without a name', () => {
  it('takes that of the next newer version', () => {
    const versions = [previous(5, undefined), previous(10, 'jars/lib-1.0.jar'), previous(15, undefined)];
    expect(namesOf(inheritFileNames('jars/lib-2.0.jar', current, versions))).toEqual([
      'jars/lib-1.0.jar',
      'jars/lib-1.0.jar',
      'jars/lib-2.0.jar',
    ]);
  });

  it('takes that of the record if it is the newest', () => {
    const versions = [previous(30, undefined), previous(40, 'jars/lib-3.0.jar'), previous(35, undefined)];
    // The current version is older than these.
    expect(namesOf(inheritFileNames('jars/lib-2.0.jar', current, versions))).toEqual([
      'jars/lib-3.0.jar',
      'jars/lib-3.0.jar',
      'jars/lib-3.0.jar',
    ]);
    expect(namesOf(inheritFileNames('jars/lib-2.0.jar', undefined, [previous(1, undefined)]))).toEqual([
      'jars/lib-2.0.jar',
    ]);
  });

  it('takes that of the current version if an earlier one is newer', () => {
    const versions = [previous(30, 'jars/lib-3.0.jar'), previous(10, undefined)];
    expect(namesOf(inheritFileNames('jars/lib-2.0.jar', current, versions))).toEqual([
      'jars/lib-3.0.jar',
      'jars/lib-2.0.jar',
    ]);
    expect(namesOf(inheritFileNames('jars/lib-2.0.jar', undefined, versions))).toEqual([
      'jars/lib-3.0.jar',
      'jars/lib-3.0.jar',
    ]);
  });

  it('is the only reason to change the list', () => {
    const versions = [previous(5, 'a'), previous(10, 'b')];
    expect(inheritFileNames('c', current, versions)).toBe(versions);
  });
});

test('a record that becomes obsolete keeps unknown elements, but not the metadata that it loses', () => {
  const version =
    '<version checksum="a" timestamp="20" filesize="1"><description>Old</description><later/></version>';
  const { records } = parseIndexXml(
    Buffer.from(`<pluginRecords><plugin filename="a.jar">${version}</plugin></pluginRecords>`),
  );
  const obsolete = records[0] && withoutCurrent(records[0], 30);
  expect(obsolete?.current).toBeUndefined();
  expect(
    obsolete?.previous.map(({ timestampObsolete, unknown }) => [
      timestampObsolete,
      unknown.map(({ name }) => name),
    ]),
  ).toEqual([[30, ['later']]]);
  expect(obsolete && withoutCurrent(obsolete, 40)).toBe(obsolete);
});

test('a current version becomes a previous one with the attributes that may stay', () => {
  if (!current) throw new Error('The record has a version.');
  const attributes = ['timestamp', 'timestamp-obsolete', 'checksum', 'filename', 'x'].map((name) => ({
    name,
    value: '1',
  }));
  expect(asPrevious({ ...current, attributes }, 'jars/lib-2.0.jar', 30)).toEqual({
    timestamp: 20,
    timestampObsolete: 30,
    checksum: 'a'.repeat(40),
    filename: 'jars/lib-2.0.jar',
    attributes: [{ name: 'x', value: '1' }],
    unknown: [],
  });
});

test('versions are added once for each timestamp and checksum', () => {
  const [a, b, c] = [previous(1, 'a'), previous(1, 'b', 'b'), previous(2, 'c')];
  const versions = [a, b].map((version) => ({ ...version, filename: 'kept' }));
  const added = [a, c, c].map((version) => ({ ...version, filename: 'added' }));
  expect(
    withPrevious(versions, added).map(({ timestamp, checksum, filename }) => [timestamp, checksum, filename]),
  ).toEqual([
    [1, 'a', 'kept'],
    [1, 'b', 'kept'],
    [2, 'a', 'added'],
  ]);
});

test('a version is stored under its path and timestamp', () => {
  expect(storedPath('jars/a.jar', 20250101000000)).toBe('jars/a.jar-20250101000000');
  expect(isStoredPath('jars/a.jar-20250101000000')).toBe(true);
  for (const path of [
    'jars/a.jar',
    'jars/a.jar-2025010100000',
    'jars/a-20250101000000.jar',
    'jars/a20250101000000',
  ])
    expect(isStoredPath(path)).toBe(false);
  const index = imagejIndex({ 'jars/a.jar': { size: 7 }, 'jars/old.jar': { obsolete: true } });
  expect([...storedSizes(index)]).toEqual([['jars/a.jar-20250101000000', 7]]);
});
