import { createHash } from 'node:crypto';
import { openArchive, type Archive } from '../../../../src/archive/archive.js';
import {
  checksumOf,
  historicalJarChecksums,
  jarChecksum,
} from '../../../../src/formats/imagej/artifacts/checksum.js';
import { createCommentFilter } from '../../../../src/formats/imagej/artifacts/properties-filter.js';
import { byteSourceOf } from '../../../../src/model/byte-source.js';
import { makeZip } from '../../../support/zip.js';

const MIB = 1024 * 1024;

function sha1(...parts: (string | Uint8Array)[]): string {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

test('unpacks a name that many entries share once, and counts it each time', async () => {
  let unpacked = 0;
  const entry = { name: 'a', size: 7, times: 1000 };
  const jar: Archive = {
    label: 'x.jar',
    entries: [entry],
    find: () => entry,
    read: () => undefined,
    start: () => Buffer.alloc(0),
    content: () => {
      unpacked++;
      return Buffer.from('content');
    },
  };
  expect(await jarChecksum(jar)).toBe(sha1('acontent'.repeat(1000)));
  expect(unpacked).toBe(1);
});

test('counts the last content, as Java does, for all entries that share a name', async () => {
  const zip = makeZip([
    { name: 'a', content: 'first' },
    { name: 'b', content: 'b' },
    { name: 'a', content: 'last' },
  ]);
  expect(await checksumOf(byteSourceOf(zip), 'jars/x.jar', 'x.jar')).toBe(sha1('alast', 'alast', 'bb'));
});

test('gives the same checksum if large entries are hashed in pieces, even for comments of properties', async () => {
  const lines = Buffer.from('#a comment\nkey=value\n\n#kept\n'.repeat(350_000));
  const model = Buffer.alloc(9 * MIB, 'model');
  const zip = makeZip([
    { name: 'a.properties', content: lines },
    { name: 'model', content: model },
    { name: 'model', content: model, stored: true },
  ]);
  const kept = createCommentFilter()(lines);
  expect(await checksumOf(byteSourceOf(zip), 'jars/x.jar', 'x.jar')).toBe(
    sha1('a.properties', kept, 'model', model, 'model', model),
  );
  expect((await historicalJarChecksums(openArchive(byteSourceOf(zip), 'x.jar'))).at(-1)).toBe(
    sha1('a.properties', lines, 'model', model, 'model', model),
  );
});

test('refuses a manifest that is too large for Java', async () => {
  const zip = makeZip([{ name: 'META-INF/MANIFEST.MF', content: Buffer.alloc(17 * MIB, 'x') }]);
  await expect(checksumOf(byteSourceOf(zip), 'jars/x.jar', 'x.jar')).rejects.toMatchObject({
    code: 'limit',
    message: expect.stringContaining('x.jar cannot be read: its manifest') as string,
  });
});
