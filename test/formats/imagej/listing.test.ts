import { parseIndexXml } from '../../../src/formats/imagej/index/read.js';
import { LISTING } from '../../../src/formats/imagej/listing.js';

const index = parseIndexXml(
  Buffer.from(`<pluginRecords>
<plugin filename="jars/alib-1.2.0.jar" executable="true">
  <platform>linux64</platform><category>Cells</category>
  <version checksum="aa" timestamp="20260101000000" filesize="34567">
    <description>Counts.\nAnd more.</description>
    <dependency filename="jars/ij.jar" timestamp="20200101000000"/>
    <dependency filename="jars/old.jar" timestamp="20200101000000" overrides="true"/>
    <link>https://lab.org</link><author>Ada</author><author>Bob</author>
  </version>
  <previous-version timestamp="20240101000000" timestamp-obsolete="0" checksum="cc" filename="jars/alib-1.0.0.jar"/>
  <previous-version timestamp="20250101000000" timestamp-obsolete="20260101000000" checksum="bb" filename="jars/alib-1.1.0.jar"/>
</plugin>
<plugin filename="plugins/Tool.jar"><version checksum="t" timestamp="20260102000000" filesize="7">
  <dependency filename="jars/alib.jar" timestamp="20260101000000"/>
  <dependency filename="plugins/Same.jar" timestamp="20260101000000" overrides="true"/>
</version></plugin>
<plugin filename="macros/old.ijm"><previous-version timestamp="20240101000000" timestamp-obsolete="20240601000000" checksum="o"/></plugin>
<plugin filename="plugins/Same.jar"><version checksum="s" timestamp="20260102000000" filesize="7"/></plugin>
<plugin filename="jars/Same.jar"><version checksum="s" timestamp="20260102000000" filesize="7"/></plugin>
<plugin filename="README.md"><version checksum="r" timestamp="20260102000000" filesize="7"/></plugin>
<plugin filename="licenses/README.md"><version checksum="r" timestamp="20260102000000" filesize="7"/></plugin>
</pluginRecords>`),
);

const find = (name: string) => {
  const found = LISTING.find(index, name, undefined);
  return found.status === 'found' ? found.files.map(({ path }) => path) : found;
};

test('lists all files in the order of the index', () => {
  const files = LISTING.filesOf(index, undefined);
  expect(files.map(({ path }) => path)).toEqual(index.records.map(({ filename }) => filename));
  expect(files[0]).toEqual({
    path: 'jars/alib-1.2.0.jar',
    version: '1.2.0',
    size: 34567,
    timestamp: 20260101000000,
    checksum: 'aa',
    isCurrent: true,
    previous: 2,
  });
  expect(files[2]).toEqual({
    path: 'macros/old.ijm',
    version: undefined,
    size: undefined,
    timestamp: undefined,
    checksum: undefined,
    isCurrent: false,
    previous: 1,
  });
});

test.each([
  ['jars/alib-1.2.0.jar'],
  ['jars/alib.jar'],
  ['alib-1.2.0.jar'],
  ['alib.jar'],
  ['jars/alib-1.1.0.jar'],
  ['alib-1.0.0.jar'],
  ['jars/alib-1.2.0.jar-20260101000000'],
])('finds a file as %s', (name) => {
  expect(find(name)).toEqual(['jars/alib-1.2.0.jar']);
});

test('finds a file at the top before one with its name in a folder, and an obsolete one', () => {
  expect(find('README.md')).toEqual(['README.md']);
  expect(find('old.ijm')).toEqual(['macros/old.ijm']);
});

test('does not choose between files with the same name', () => {
  expect(find('Same.jar')).toEqual({ status: 'ambiguous', names: ['plugins/Same.jar', 'jars/Same.jar'] });
  expect(find('jars/Same.jar')).toEqual(['jars/Same.jar']);
});

test.each([
  ['Tol.jar', ['Tool.jar']],
  ['plugins/Tol.jar', ['plugins/Tool.jar', 'plugins/Same.jar']],
  ['alib-9.9.jar', ['jars/alib-1.2.0.jar']],
  ['jars/alib-9.9.jar', ['jars/alib-1.2.0.jar']],
  ['something-else.txt', []],
])('names files that are similar to %s', (name, near) => {
  expect(find(name)).toEqual({ status: 'unknown', near });
});

test('returns all that the index states about a file', () => {
  const found = LISTING.find(index, 'alib.jar', undefined);
  expect(found.status === 'found' && found.files[0]?.details).toEqual({
    payload: 'jars/alib-1.2.0.jar-20260101000000',
    title: undefined,
    description: 'Counts.\nAnd more.',
    changeNotes: undefined,
    authors: ['Ada', 'Bob'],
    links: ['https://lab.org'],
    categories: ['Cells'],
    platforms: ['linux64'],
    executable: true,
    builds: undefined,
    signed: undefined,
    dependencies: [
      { path: 'jars/ij.jar', timestamp: 20200101000000, overrides: false },
      { path: 'jars/old.jar', timestamp: 20200101000000, overrides: true },
    ],
    dependents: ['plugins/Tool.jar'],
    previousVersions: [
      {
        path: 'jars/alib-1.1.0.jar',
        version: '1.1.0',
        timestamp: 20250101000000,
        timestampObsolete: 20260101000000,
        checksum: 'bb',
        payload: 'jars/alib-1.1.0.jar-20250101000000',
      },
      {
        path: 'jars/alib-1.0.0.jar',
        version: '1.0.0',
        timestamp: 20240101000000,
        timestampObsolete: undefined,
        checksum: 'cc',
        payload: 'jars/alib-1.0.0.jar-20240101000000',
      },
    ],
  });
});

test('an obsolete file has no current payload', () => {
  const found = LISTING.find(index, 'old.ijm', undefined);
  expect(found.status === 'found' && found.files[0]?.details).toMatchObject({
    payload: undefined,
    previousVersions: [{ payload: 'macros/old.ijm-20240101000000' }],
  });
});

test('does not count a file that replaces another one as needing it', () => {
  const found = LISTING.find(index, 'plugins/Same.jar', undefined);
  expect(found.status === 'found' && found.files[0]?.details.dependents).toEqual([]);
});
