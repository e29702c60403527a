import {
  inspectArtifact,
  isCurrent,
  isInspectionEnough,
  type ImageJInspection,
} from '../../../../src/formats/imagej/artifacts/inspect.js';
import type { PluginRecord } from '../../../../src/formats/imagej/index/site-index.js';
import { byteSourceOf } from '../../../../src/model/byte-source.js';
import { imagejIndex } from '../../../support/imagej-site.js';
import { makeZip } from '../../../support/zip.js';

const inspect = (
  entries: Readonly<Record<string, string>>,
  path = 'jars/lib-1.0.jar',
  known: string[] = [],
) =>
  inspectArtifact(
    byteSourceOf(makeZip(Object.entries(entries).map(([name, content]) => ({ name, content })))),
    path,
    'lib.jar',
    known,
  );
const text = (bytes: ImageJInspection['pom']) =>
  bytes instanceof Uint8Array ? Buffer.from(bytes).toString() : bytes;

test('a file that is not a jar has only a checksum and a size', async () => {
  const inspection = await inspectArtifact(byteSourceOf(Buffer.from('hello')), 'macros/a.ijm', 'a.ijm', [
    'x',
  ]);
  expect(inspection).toEqual({
    checksum: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
    size: 5,
    historicalChecksums: [],
    hasPluginsConfig: false,
    pom: undefined,
    ownPom: undefined,
    coordinate: undefined,
  });
});

test('a jar has historical checksums only if they may be needed', async () => {
  const entries = {
    'META-INF/MANIFEST.MF': 'Manifest-Version: 1.0\nImplementation-Build: 7\n',
    'a.properties': '# now\na=b\n',
  };
  const plain = await inspect(entries);
  expect(plain.historicalChecksums).toBeUndefined();
  expect((await inspect(entries, undefined, ['x', plain.checksum])).historicalChecksums).toBeUndefined();
  const { historicalChecksums = [] } = await inspect(entries, undefined, ['x']);
  expect(new Set([plain.checksum, ...historicalChecksums]).size).toBe(4);
});

test('an inspection is repeated only if historical checksums are missing and needed', () => {
  const base = { checksum: 'c', size: 1, hasPluginsConfig: false, pom: undefined, ownPom: undefined };
  const without = { ...base, historicalChecksums: undefined };
  expect(isInspectionEnough(without, [])).toBe(true);
  expect(isInspectionEnough(without, ['a', 'c'])).toBe(true);
  expect(isInspectionEnough(without, ['a'])).toBe(false);
  expect(isInspectionEnough({ ...base, historicalChecksums: [] }, ['a'])).toBe(true);
});

test('a file is current if any of its checksums is that of the record', () => {
  const [record, old] = imagejIndex({
    'a.jar': { checksum: 'c' },
    'b.jar': { checksum: 'c', obsolete: true },
  }).records as [PluginRecord, PluginRecord];
  const base = { size: 1, hasPluginsConfig: false, pom: undefined, ownPom: undefined };
  expect(isCurrent(record, { ...base, checksum: 'c', historicalChecksums: undefined })).toBe(true);
  expect(isCurrent(record, { ...base, checksum: 'x', historicalChecksums: undefined })).toBe(false);
  expect(isCurrent(record, { ...base, checksum: 'x', historicalChecksums: ['y', 'c'] })).toBe(true);
  expect(isCurrent(record, { ...base, checksum: 'x', historicalChecksums: ['y'] })).toBe(false);
  expect(isCurrent(old, { ...base, checksum: 'c', historicalChecksums: ['c'] })).toBe(false);
});

test('a jar has commands if it has a plugins.config', async () => {
  expect(await inspect({ 'plugins.config': '' })).toMatchObject({ hasPluginsConfig: true });
  expect(await inspect({ 'a/plugins.config': '' })).toMatchObject({ hasPluginsConfig: false });
});

describe('the POM of a jar', () => {
  const [OTHER, OWN] = ['META-INF/maven/g/shaded/pom.xml', 'META-INF/maven/g/lib/pom.xml'];

  it('is the first one for clients, and that with the name of the jar for dependencies', async () => {
    const inspection = await inspect({ [OTHER]: 'other', [OWN]: 'own' });
    expect([text(inspection.pom), inspection.pomEntry, text(inspection.ownPom)]).toEqual([
      'other',
      OTHER,
      'own',
    ]);
    expect(inspection.coordinate).toBe('g:lib');
  });

  it('is the first one for both if none has the name of the jar, or if it is the only one', async () => {
    const others = await inspect({ [OTHER]: 'other', 'META-INF/maven/g/x/pom.xml': 'x' });
    expect([text(others.pom), text(others.ownPom)]).toEqual(['other', 'other']);
    const one = await inspect({ [OWN]: 'own', [OTHER]: 'other' });
    expect([text(one.pom), one.pomEntry]).toEqual(['own', OWN]);
    expect(one.ownPom).toBe(one.pom);
  });

  it.each([
    'x/META-INF/maven/g/lib/pom.xml',
    `${OWN}.bak`,
    'META-INF/maven/pom.xml',
    'META-INF/g/lib/pom.xml',
  ])('is not %s', async (name) => {
    const inspection = await inspect({ [name]: 'no' });
    expect(inspection.pom).toBeUndefined();
    expect(inspection.ownPom).toBeUndefined();
  });

  it('may have any character before "xml", as in the official updater', async () => {
    expect(text((await inspect({ 'META-INF/maven/g/lib/pom-xml': 'odd' })).pom)).toBe('odd');
  });
});
