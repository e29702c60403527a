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

test('a name that many entries share is unpacked once, and counts each time', async () => {
  let unpacked = 0;
  const entry = { name: 'a', size: 7, times: 1000 };
  const jar: Archive = {
    label: 'x.jar',
    entries: [entry],
    find: () => entry,
    read: () => undefined,
    content: () => {
      unpacked++;
      return Buffer.from('content');
    },
  };
  expect(await jarChecksum(jar)).toBe(sha1('acontent'.repeat(1000)));
  expect(unpacked).toBe(1);
});

test('entries that share a name count with the content that Java finds under it, the last one', async () => {
  const zip = makeZip([
    { name: 'a', content: 'first' },
    { name: 'b', content: 'b' },
    { name: 'a', content: 'last' },
  ]);
  expect(await checksumOf(byteSourceOf(zip), 'jars/x.jar', 'x.jar')).toBe(sha1('alast', 'alast', 'bb'));
});

test('large entries that are hashed in pieces count as they would in one, comments of properties too', async () => {
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

test('a manifest that Java does not use for its size is refused', async () => {
  const zip = makeZip([{ name: 'META-INF/MANIFEST.MF', content: Buffer.alloc(17 * MIB, 'x') }]);
  await expect(checksumOf(byteSourceOf(zip), 'jars/x.jar', 'x.jar')).rejects.toMatchObject({
    code: 'limit',
    message: expect.stringContaining('x.jar is beyond what is read: its manifest') as string,
  });
});
