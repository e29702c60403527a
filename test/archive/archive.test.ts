import AdmZip from 'adm-zip';
import fc from 'fast-check';
import { openArchive } from '../../src/archive/archive.js';
import { bufferedSource } from '../../src/archive/buffered-source.js';
import { DEFAULT_ARCHIVE_LIMITS, type ArchiveLimits } from '../../src/archive/limits.js';
import { byteSourceOf, type ByteSource } from '../../src/model/byte-source.js';
import { UserError } from '../../src/model/user-error.js';
import { makeZip } from '../support/zip.js';

async function contents(bytes: Buffer, limits?: ArchiveLimits): Promise<[string, string][]> {
  const archive = await openArchive(byteSourceOf(bytes), 'x.jar', limits);
  return archive.entries.map((entry) => [entry.name, archive.read(entry).toString('latin1')]);
}

const TWO = [
  { name: 'a', content: 'first' },
  { name: 'b/', content: '' },
  { name: 'b/c', content: 'second', stored: true },
];
const TWO_CONTENTS = [
  ['a', 'first'],
  ['b/', ''],
  ['b/c', 'second'],
];

describe('archives as Java reads them', () => {
  test('entries in the order of the directory', async () => {
    expect(await contents(makeZip(TWO))).toEqual(TWO_CONTENTS);
  });

  test('bytes in front, a comment, and bytes behind', async () => {
    expect(await contents(makeZip(TWO, { prefix: Buffer.from('#!/bin/sh\nexec java -jar "$0"\n') }))).toEqual(
      TWO_CONTENTS,
    );
    expect(await contents(makeZip(TWO, { comment: 'x'.repeat(60_000) }))).toEqual(TWO_CONTENTS);
    expect(await contents(Buffer.concat([makeZip(TWO), Buffer.from('\n')]))).toEqual(TWO_CONTENTS);
  });

  test('a comment that looks like another end of the archive', async () => {
    const fake = Buffer.from([0x50, 0x4b, 5, 6, ...new Array<number>(18).fill(0)]).toString('latin1');
    expect(await contents(makeZip(TWO, { comment: `${fake} and more` }))).toEqual(TWO_CONTENTS);
  });

  test('entries of the same name, and one without a name', async () => {
    const zip = makeZip([
      { name: 'a', content: '1' },
      { name: '', content: 'nameless' },
      { name: 'a', content: '2' },
    ]);
    expect(await contents(zip)).toEqual([
      ['a', '1'],
      ['', 'nameless'],
      ['a', '2'],
    ]);
  });

  test('whatever adm-zip writes is read back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          fc.tuple(fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8}){0,3}$/), fc.uint8Array({ maxLength: 2000 })),
          {
            selector: ([name]) => name,
            maxLength: 20,
          },
        ),
        fc.uint8Array({ maxLength: 100 }),
        async (entries, prefix) => {
          const zip = new AdmZip();
          for (const [name, content] of entries) zip.addFile(name, Buffer.from(content));
          const bytes = Buffer.concat([prefix, zip.toBuffer()]);
          const expected = entries.map(([name, content]) => [name, Buffer.from(content).toString('latin1')]);
          expect((await contents(bytes)).sort()).toEqual(expected.sort());
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('archives that are damaged or hostile', () => {
  const long = 'x'.repeat(5000);
  test.each<[string, Buffer, RegExp]>([
    ['empty', Buffer.alloc(0), /the file is empty/],
    ['no archive', Buffer.from('hello'), /no zip archive, or cut short/],
    ['cut short', makeZip(TWO).subarray(0, 60), /no zip archive, or cut short/],
    ['directory missing', makeZip(TWO).subarray(80), /cannot be read/],
    ['encrypted', makeZip([{ name: 'a', content: 'x', claims: { flags: 0x801 } }]), /"a" is encrypted/],
    [
      'an unknown method',
      makeZip([{ name: 'a', content: 'x', claims: { method: 12 } }]),
      /"a" is packed by method 12/,
    ],
    [
      'a name that is not UTF-8',
      makeZip([{ name: Buffer.from([0xff, 0xfe]), content: 'x' }]),
      /is not UTF-8/,
    ],
    [
      'more than promised',
      makeZip([{ name: 'a', content: long, claims: { size: 100 } }]),
      /"a" cannot be unpacked/,
    ],
    [
      'less than promised',
      makeZip([{ name: 'a', content: long, claims: { size: 6000 } }]),
      /unpacks to 5000 bytes instead of 6000/,
    ],
    [
      'packed bytes beyond the end',
      makeZip([{ name: 'a', content: long, claims: { packedSize: 99_999 } }]),
      /"a" is cut short/,
    ],
  ])('%s', async (_name, bytes, message) => {
    await expect(contents(bytes)).rejects.toMatchObject({
      name: 'UserError',
      code: 'artifact',
      message: expect.stringMatching(message) as string,
    });
    await expect(contents(bytes)).rejects.toMatchObject({
      message: expect.stringContaining('x.jar') as string,
    });
  });

  test.each<[string, Partial<ArchiveLimits>, RegExp]>([
    ['too many entries', { maxEntries: 2 }, /has 3 entries; at most 2/],
    ['too large a directory', { maxDirectoryBytes: 100 }, /entries/],
    ['too large an entry', { maxEntryBytes: 5 }, /"b\/c" unpacks to 6 bytes; at most 5/],
    ['too much in all', { maxUnpackedBytes: 10 }, /unpacks to 11 bytes; at most 10/],
    ['too good a ratio', { maxRatio: 0.01, ratioFloorBytes: 1 }, /times as many/],
  ])('%s', async (_name, limits, message) => {
    const bound = { ...DEFAULT_ARCHIVE_LIMITS, ...limits };
    await expect(contents(makeZip(TWO), bound)).rejects.toMatchObject({
      code: 'limit',
      message: expect.stringMatching(message) as string,
    });
  });

  test('whatever bytes are changed, it is read or refused, and nothing else', async () => {
    const original = makeZip([...TWO, { name: 'META-INF/MANIFEST.MF', content: long }]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        fc.nat(original.length),
        async (changes, end) => {
          const bytes = Buffer.from(original.subarray(0, end));
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          try {
            await contents(bytes, { ...DEFAULT_ARCHIVE_LIMITS, maxEntryBytes: 1_000_000 });
          } catch (error) {
            expect(error).toBeInstanceOf(UserError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('reading ahead', () => {
  test('gives the same bytes with fewer reads', () => {
    const bytes = Buffer.alloc(20_000_000);
    for (let at = 0; at < bytes.length; at += 1000) bytes.writeUInt32LE(at, at);
    let reads = 0;
    const source: ByteSource = {
      size: bytes.length,
      read: (offset, length) => {
        reads++;
        return bytes.subarray(offset, offset + length);
      },
    };
    const buffered = bufferedSource(source);
    for (let at = 0; at < bytes.length; at += 1000) expect(buffered.read(at, 4).readUInt32LE(0)).toBe(at);
    expect(reads).toBeLessThan(30);
    expect(buffered.read(19_999_000, 1000)).toHaveLength(1000);
    expect(() => buffered.read(19_999_999, 2)).toThrow(RangeError);
  });
});
