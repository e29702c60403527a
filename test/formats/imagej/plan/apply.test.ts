import type { ImageJChange } from '../../../../src/formats/imagej/change.js';
import { asText } from '../../../../src/formats/imagej/index/edit-record.js';
import type { PluginRecord, SiteIndex } from '../../../../src/formats/imagej/index/site-index.js';
import { applyPlan } from '../../../../src/formats/imagej/plan/apply.js';
import { imagejChange, imagejIndex } from '../../../support/imagej-site.js';
import { planFiles } from '../../../support/scenario.js';

const NOW = 20260101000000;
const [OLD, NEW] = ['a'.repeat(40), 'b'.repeat(40)];

function apply(index: SiteIndex, ...changes: ImageJChange[]): readonly PluginRecord[] {
  const plan = planFiles({ index, now: NOW });
  return applyPlan(index, { ...plan, timestamp: NOW, changes }).records;
}

const noMore = { attributes: [], unknown: [] };
const previous = (filename: string, timestamp: number, timestampObsolete: number, checksum = OLD) => ({
  filename,
  timestamp,
  timestampObsolete,
  checksum,
  ...noMore,
});
const newVersion = {
  ...{ checksum: NEW, timestamp: NOW, filesize: 7, description: undefined },
  ...{ dependencies: [], links: [], authors: [], ...noMore },
};

describe('a new file', () => {
  it('gets a record after the others', () => {
    const index = imagejIndex({ 'jars/b.jar': {} });
    const change = imagejChange('lib/win64/a.exe', {
      placement: { executable: true, platforms: ['win64'] },
      metadata: { description: 'A tool', authors: ['Ann', 'Ben', 'Ann'] },
    });
    const [first, second, ...rest] = apply(index, change);
    expect(first).toBe(index.records[0]);
    expect(rest).toEqual([]);
    expect(second).toEqual({
      filename: 'lib/win64/a.exe',
      executable: true,
      platforms: [asText('win64')],
      categories: [],
      current: { ...newVersion, description: asText('A tool'), authors: [asText('Ann'), asText('Ben')] },
      previous: [],
      ...noMore,
    });
  });

  it('continues the records of upstream sites', () => {
    const theirs = imagejIndex({
      'jars/a-0.9.jar': { timestamp: 20240101000000, platforms: ['linux64'], attributes: 'x="1"' },
    }).records;
    const change = imagejChange('jars/a-1.0.jar', { inherits: theirs, edits: { categories: ['Tools'] } });
    expect(apply(imagejIndex({}), change)).toMatchObject([
      {
        filename: 'jars/a-1.0.jar',
        platforms: [asText('linux64')],
        categories: [asText('Tools')],
        current: { checksum: NEW, timestamp: NOW, filesize: 7 },
        previous: [previous('jars/a-0.9.jar', 20240101000000, NOW)],
        attributes: [{ name: 'x', value: '1' }],
      },
    ]);
  });

  it('cannot be without content', () => {
    const { size, ...withoutSize } = imagejChange('macros/a.ijm');
    expect(size).toBe(7);
    expect(() => apply(imagejIndex({}), withoutSize)).toThrow('The change of macros/a.ijm has no content.');
    const { checksum, ...withoutChecksum } = imagejChange('macros/a.ijm');
    expect(checksum).toBe(NEW);
    expect(() => apply(imagejIndex({}), withoutChecksum)).toThrow(
      'The change of macros/a.ijm has no content.',
    );
  });
});

describe('a file of the site', () => {
  const index = imagejIndex({
    'jars/a-1.0.jar': { timestamp: 20250101000000, needs: ['jars/b.jar'], attributes: 'coordinate="g:a"' },
    'jars/b.jar': {},
  });
  const only = (change: ImageJChange) => {
    const [record, other, ...rest] = apply(index, change);
    expect(other).toBe(index.records[1]);
    expect(rest).toEqual([]);
    return record;
  };

  it.each([
    ['update', NOW],
    ['rename', 0],
  ] as const)('keeps its metadata and its history: %s', (kind, timestampObsolete) => {
    const record = only(imagejChange('jars/a-1.1.jar', { kind }));
    expect(record).toMatchObject({
      filename: 'jars/a-1.1.jar',
      current: { checksum: NEW, timestamp: NOW, filesize: 7 },
      previous: [previous('jars/a-1.0.jar', 20250101000000, timestampObsolete)],
      attributes: [{ name: 'coordinate', value: 'g:a' }],
    });
    expect(record?.current?.dependencies.map(({ filename }) => filename)).toEqual(['jars/b.jar']);
  });

  it('follows the artifact with its coordinate', () => {
    expect(only(imagejChange('jars/a-1.1.jar', { kind: 'update', coordinate: 'g:new' }))?.attributes).toEqual(
      [{ name: 'coordinate', value: 'g:new' }],
    );
  });

  it('becomes obsolete', () => {
    expect(only(imagejChange('jars/a-1.0.jar', { kind: 'remove' }))).toMatchObject({
      filename: 'jars/a-1.0.jar',
      current: undefined,
      previous: [previous('jars/a-1.0.jar', 20250101000000, NOW)],
    });
  });

  it('gets only new metadata', () => {
    const edits = { description: 'New' };
    expect(only(imagejChange('jars/a-1.0.jar', { kind: 'metadata', edits }))).toMatchObject({
      current: { checksum: OLD, timestamp: 20250101000000, description: asText('New') },
      previous: [],
    });
  });

  it('is restored with the history of upstream sites', () => {
    const obsolete = imagejIndex({ 'jars/a-1.0.jar': { obsolete: true, timestamp: 20250101000000 } });
    const theirs = imagejIndex({
      'jars/a-0.9.jar': { timestamp: 20240101000000 },
      'jars/c.jar': { obsolete: true, timestamp: 20230101000000, checksum: NEW },
    }).records;
    const change = imagejChange('jars/a-1.1.jar', {
      kind: 'revive',
      inherits: theirs,
      metadata: { description: 'A', authors: [] },
    });
    expect(apply(obsolete, change)).toEqual([
      {
        ...obsolete.records[0],
        filename: 'jars/a-1.1.jar',
        current: { ...newVersion, description: asText('A') },
        previous: [
          previous('jars/a-1.0.jar', 20250101000000, 20250101000000),
          previous('jars/a-0.9.jar', 20240101000000, NOW),
          previous('jars/c.jar', 20230101000000, 20230101000000, NEW),
        ],
      },
    ]);
  });

  it('stays as it is if it is already obsolete', () => {
    const obsolete = imagejIndex({ 'jars/a.jar': { obsolete: true } });
    expect(apply(obsolete, imagejChange('jars/a.jar', { kind: 'remove' }))).toEqual(obsolete.records);
  });
});
