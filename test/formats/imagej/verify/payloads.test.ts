import fc from 'fast-check';
import { storedSizes } from '../../../../src/formats/imagej/index/stored-path.js';
import { parseIndexXml } from '../../../../src/formats/imagej/index/read.js';
import { indexedPayloads, listedVersions } from '../../../../src/formats/imagej/verify/payloads.js';
import { arbitraryIndex } from '../../../support/arbitrary-index.js';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const C = 'c'.repeat(40);
const OLD = 20200101000000;
const NEW = 20260101000000;

const payloadsOf = (records: string) =>
  indexedPayloads(parseIndexXml(Buffer.from(`<pluginRecords>${records}</pluginRecords>`)));
const current = (checksum: string, timestamp: number) =>
  `<version checksum="${checksum}" timestamp="${timestamp}" filesize="5"/>`;
const previous = (checksum: string, timestamp: number, filename: string) =>
  `<previous-version checksum="${checksum}" timestamp="${timestamp}" filename="${filename}"/>`;

test('lists current versions with their sizes, then previous ones', () => {
  const payloads = payloadsOf(
    `<plugin filename="jars/a-1.1.jar">${current(A, NEW)}${previous(B, OLD, 'jars/a-1.0.jar')}</plugin>` +
      `<plugin filename="macros/b.ijm">${current(C, OLD)}</plugin>`,
  );
  const more = { size: 5, isCurrent: true };
  expect(payloads).toEqual([
    {
      storedPath: `jars/a-1.1.jar-${NEW}`,
      name: `jars/a-1.1.jar-${NEW}`,
      path: 'jars/a-1.1.jar',
      checksums: [A],
      ...more,
    },
    {
      storedPath: `macros/b.ijm-${OLD}`,
      name: `macros/b.ijm-${OLD}`,
      path: 'macros/b.ijm',
      checksums: [C],
      ...more,
    },
    {
      storedPath: `jars/a-1.0.jar-${OLD}`,
      name: `jars/a-1.0.jar-${OLD}`,
      path: 'jars/a-1.0.jar',
      checksums: [B],
      size: undefined,
      isCurrent: false,
    },
  ]);
});

test('lists the versions of an obsolete file', () => {
  const [payload] = payloadsOf(`<plugin filename="a.jar">${previous(A, OLD, 'a.jar')}</plugin>`);
  expect(payload).toMatchObject({ name: `a.jar-${OLD}`, isCurrent: false });
});

test.each(['../a.jar', '/a.jar', 'a\\b.jar', 'C:/a.jar', `${'a'.repeat(240)}.jar`])(
  'names a file that a site cannot store: %s',
  (filename) => {
    const [payload] = payloadsOf(`<plugin filename="${filename}">${current(A, NEW)}</plugin>`);
    expect(payload).toMatchObject({ storedPath: undefined, name: `${filename}-${NEW}`, path: filename });
  },
);

test('accepts each checksum of previous versions with the same stored name', () => {
  const versions = [A, B, A].map((checksum) => previous(checksum, OLD, 'a.jar')).join('');
  const [payload, ...others] = payloadsOf(`<plugin filename="a.jar">${versions}</plugin>`);
  expect(payload?.checksums).toEqual([A, B]);
  expect(others).toEqual([]);
});

test('accepts only the checksum of the current version, which clients are offered', () => {
  const record = `<plugin filename="a.jar">${current(A, NEW)}${previous(B, NEW, 'a.jar')}</plugin>`;
  expect(payloadsOf(record)).toMatchObject([{ checksums: [A], isCurrent: true, size: 5 }]);
});

test('lists each stored file of any index once, the current ones with their sizes', () => {
  fc.assert(
    fc.property(arbitraryIndex, (index) => {
      const payloads = indexedPayloads(index);
      expect(new Set(payloads.map(({ name }) => name)).size).toBe(payloads.length);
      const currents = payloads.filter(({ isCurrent }) => isCurrent);
      expect(new Map(currents.map(({ name, size }) => [name, size]))).toEqual(storedSizes(index));
    }),
  );
});

test('lists all versions, and the key of a version does not change if the file is renamed', () => {
  const versionsIn = (record: string) =>
    listedVersions(parseIndexXml(Buffer.from(`<pluginRecords>${record}</pluginRecords>`)));
  const before = versionsIn(`<plugin filename="jars/a-1.0.jar">${current(B, OLD)}</plugin>`);
  const after = versionsIn(
    `<plugin filename="jars/a-1.1.jar">${current(A, NEW)}${previous(B, OLD, 'jars/a-1.0.jar')}</plugin>`,
  );
  expect(after).toEqual([{ key: `jars/a.jar ${NEW} ${A}`, name: `jars/a-1.1.jar-${NEW}` }, ...before]);
});
