import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { openArchive } from '../../src/archive/archive.js';
import { checksumOf, historicalJarChecksums } from '../../src/formats/imagej/artifacts/checksum.js';
import { byteSourceOf } from '../../src/model/byte-source.js';
import { vectorRoots, readJson } from '../support/fixtures.js';

interface Digests {
  jars: Record<string, { checksum: string | null; historical?: string[] }>;
  plain_files: { path: string; content: string; checksum: string }[];
}

describe.each(vectorRoots())('checksums of the official updater, from %s', (_name, root) => {
  const folder = path.join(root, 'digests');
  if (!existsSync(folder)) {
    test.todo(`no vectors in ${folder}`);
    return;
  }
  const digests = readJson(path.join(folder, 'digests.json')) as Digests;

  test('every jar has an expected checksum', () => {
    expect(readdirSync(path.join(folder, 'jars')).sort()).toEqual(Object.keys(digests.jars).sort());
  });

  test.each(Object.entries(digests.jars))('%s', async (name, expected) => {
    const source = byteSourceOf(readFileSync(path.join(folder, 'jars', name)));
    if (expected.checksum === null) {
      await expect(checksumOf(source, `jars/${name}`, name)).rejects.toMatchObject({
        name: 'UserError',
        code: 'artifact',
        message: expect.stringContaining(name) as string,
      });
      return;
    }
    expect(await checksumOf(source, `jars/${name}`, name)).toBe(expected.checksum);
    expect(await historicalJarChecksums(openArchive(source, name))).toEqual(expected.historical);
  });

  test.each(digests.plain_files)('$path', async ({ path: sitePath, content, checksum }) => {
    const source = byteSourceOf(Buffer.from(content, 'latin1'));
    expect(await checksumOf(source, sitePath, sitePath)).toBe(checksum);
  });
});
