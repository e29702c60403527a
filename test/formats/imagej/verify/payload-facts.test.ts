import { checksumOf, historicalJarChecksums } from '../../../../src/formats/imagej/artifacts/checksum.js';
import { readers } from '../../../../src/formats/imagej/readers.js';
import { readPayload } from '../../../../src/formats/imagej/verify/payload-facts.js';
import { openArchive } from '../../../../src/archive/archive.js';
import { byteSourceOf } from '../../../../src/model/byte-source.js';
import { makeClass } from '../../../support/class-file.js';
import { makeZip, type ZipEntry } from '../../../support/zip.js';

const PATH = 'jars/tool-1.0.0.jar';
const read = (bytes: Buffer, sitePath = PATH, knownChecksums: readonly string[] = []) =>
  readPayload(byteSourceOf(bytes), { sitePath, knownChecksums }, 'the file');
const readJar = (...entries: readonly ZipEntry[]) => read(makeZip(entries));
const compiled = (name: string, majorVersion: number, stored = false): ZipEntry => ({
  name: `${name}.class`,
  content: makeClass({ name, majorVersion }),
  stored,
});
const pom = (content: string, folder = 'org.lab/tool'): ZipEntry => ({
  name: `META-INF/maven/${folder}/pom.xml`,
  content,
});

describe('the checksum', () => {
  const jar = makeZip([
    { name: 'META-INF/MANIFEST.MF', content: 'Main-Class: a.A\nBuilt-By: me\n' },
    { name: 'a.properties', content: '#Fri\na=b\n' },
  ]);

  test('matches any of those in the index, also for a file that is not a jar', async () => {
    for (const [bytes, path] of [
      [jar, PATH],
      [Buffer.from('print(1)'), 'macros/a.ijm'],
    ] as const) {
      const checksum = await checksumOf(byteSourceOf(bytes), path, path);
      await expect(read(bytes, path, ['0', checksum])).resolves.toMatchObject({ checksum, isMatch: true });
      await expect(read(bytes, path, ['0'])).resolves.toMatchObject({ checksum, isMatch: false });
      await expect(read(bytes, path, [])).resolves.toMatchObject({ isMatch: false });
    }
  });

  test('matches if an older updater computed the one in the index', async () => {
    const historical = await historicalJarChecksums(openArchive(byteSourceOf(jar), 'a'));
    for (const known of historical)
      await expect(read(jar, PATH, [known])).resolves.toMatchObject({ isMatch: true });
    expect(historical).not.toContain((await read(jar)).checksum);
  });

  test('of a file that is not a jar depends on its path', async () => {
    const text = Buffer.from('print(1)');
    const checksum = await checksumOf(byteSourceOf(text), 'macros/a.ijm', 'a');
    await expect(read(text, 'macros/b.ijm', [checksum])).resolves.toMatchObject({ isMatch: false });
  });
});

describe('the Java version', () => {
  test.each<[string, readonly ZipEntry[], number]>([
    ['no classes', [{ name: 'a.txt', content: 'a' }], 0],
    ['the newest class', [compiled('a/A', 52), compiled('a/B', 55), compiled('a/C', 49)], 11],
    ['an uncompressed class', [compiled('a/A', 52, true)], 8],
    ['versions for later Javas', [compiled('a/A', 52), compiled('META-INF/versions/11/a/A', 55)], 8],
    ['the descriptor of a module', [compiled('a/A', 52), compiled('module-info', 53)], 8],
    ['what is not a class file', [compiled('a/A', 52), { name: 'a/B.class', content: 'no class' }], 8],
    ['an empty class file', [{ name: 'a/A.class', content: '' }], 0],
  ])('is that of %s', async (_, entries, java) => {
    await expect(readJar(...entries)).resolves.toMatchObject({ java });
  });

  test('is 0 for a file that is not a jar', async () => {
    await expect(read(makeZip([compiled('a/A', 52)]), 'a.zip')).resolves.toMatchObject({ java: 0 });
  });
});

describe('the POM', () => {
  test.each<[string, readonly ZipEntry[]]>([
    ['none', []],
    ['a valid one', [pom('<project/>')]],
    [
      'a broken one behind the first, which clients do not read',
      [pom('<project/>'), pom('<project>', 'org.lab/other')],
    ],
  ])('has no fault: %s', async (_, entries) => {
    await expect(readJar(...entries)).resolves.toMatchObject({ pomFault: undefined });
  });

  test('has a fault if clients cannot read it', async () => {
    const { pomFault } = await readJar(pom('<project>'), pom('<project/>', 'org.lab/other'));
    expect(pomFault).toMatch(/^it is not well-formed XML \(line 1/);
  });

  test('has no fault if only this program does not read it', async () => {
    const { pomFault } = await readJar(pom(' '.repeat(4 * 1024 * 1024 + 1)));
    expect(pomFault).toBeUndefined();
  });
});

test.each<[readonly ZipEntry[], string | undefined]>([
  [[], undefined],
  [[pom('<project/>')], 'org.lab:tool'],
  [[pom('<project/>'), pom('<project/>', 'org.lab/other')], 'org.lab:tool'],
  [[pom('<project/>'), pom('<project/>', 'org.other/tool')], undefined],
])('the artifact is the one with the name of the jar (%#)', async (entries, coordinate) => {
  await expect(readJar(...entries)).resolves.toMatchObject({ coordinate });
});

test('a damaged jar is reported with its name', async () => {
  await expect(read(Buffer.from('<html>'))).rejects.toThrow(/the file/);
});

test('the readers of the format check files in this way', () => {
  expect(readers.verify).toBe(readPayload);
});
