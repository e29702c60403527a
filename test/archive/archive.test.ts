import { randomBytes } from 'node:crypto';
import AdmZip from 'adm-zip';
import fc from 'fast-check';
import { openArchive, type ArchiveEntry } from '../../src/archive/archive.js';
import { bufferedSource } from '../../src/archive/buffered-source.js';
import { DEFAULT_ARCHIVE_LIMITS, type ArchiveLimits } from '../../src/archive/limits.js';
import { byteSourceOf, type ByteSource } from '../../src/model/byte-source.js';
import { UserError } from '../../src/model/user-error.js';
import { makeZip, type ZipEntry } from '../support/zip.js';

async function contents(bytes: Buffer, limits?: ArchiveLimits): Promise<[string, string][]> {
  const archive = openArchive(byteSourceOf(bytes), 'x.jar', limits);
  const found: [string, string][] = [];
  for (const entry of archive.entries) {
    const pieces: Buffer[] = [];
    const content = archive.content(entry);
    if (Buffer.isBuffer(content)) pieces.push(content);
    else for await (const piece of content) pieces.push(piece);
    found.push([entry.name, Buffer.concat(pieces).toString('latin1')]);
  }
  return found;
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
  test('have their entries in the order of the directory', async () => {
    expect(await contents(makeZip(TWO))).toEqual(TWO_CONTENTS);
  });

  test('may have bytes before them, a comment, and bytes after them', async () => {
    expect(await contents(makeZip(TWO, { prefix: Buffer.from('#!/bin/sh\nexec java -jar "$0"\n') }))).toEqual(
      TWO_CONTENTS,
    );
    expect(await contents(makeZip(TWO, { comment: 'x'.repeat(60_000) }))).toEqual(TWO_CONTENTS);
    expect(await contents(Buffer.concat([makeZip(TWO), Buffer.from('\n')]))).toEqual(TWO_CONTENTS);
  });

  test('may have a comment that looks like another end of the archive', async () => {
    const fake = Buffer.from([0x50, 0x4b, 5, 6, ...new Array<number>(18).fill(0)]).toString('latin1');
    expect(await contents(makeZip(TWO, { comment: `${fake} and more` }))).toEqual(TWO_CONTENTS);
  });

  test('may have entries with the same name, and one without a name', async () => {
    const zip = makeZip([
      { name: 'a', content: '1' },
      { name: '', content: 'nameless' },
      { name: 'a', content: '2' },
    ]);
    expect(await contents(zip)).toEqual([
      ['a', '2'],
      ['', 'nameless'],
    ]);
    expect(openArchive(byteSourceOf(zip), 'x.jar').entries).toMatchObject([
      { name: 'a', times: 2 },
      { name: '', times: 1 },
    ]);
  });

  test('may have more entries than the end record counts, as in jars with over 65,535 entries without Zip64', async () => {
    const zip = makeZip(TWO);
    zip.writeUInt16LE(1, zip.length - 22 + 8);
    zip.writeUInt16LE(1, zip.length - 22 + 10);
    expect(await contents(zip)).toEqual(TWO_CONTENTS);
    const many = Array.from({ length: 65_537 }, (_, at) => ({ name: `${at}`, content: '', stored: true }));
    expect(openArchive(byteSourceOf(makeZip(many)), 'x.jar').entries).toHaveLength(65_537);
  });

  test('are read without relying on the unpacked size in the directory', async () => {
    const of = (size: number) => makeZip([{ name: 'a', content: 'x'.repeat(5000), claims: { size } }]);
    expect(await contents(of(100))).toEqual([['a', 'x'.repeat(5000)]]);
    expect(await contents(of(6000))).toEqual([['a', 'x'.repeat(5000)]]);
    expect(await contents(of(0xffffffff))).toEqual([['a', 'x'.repeat(5000)]]);
  });

  test('may have packed bytes after the content, or lack a last byte that is zero', async () => {
    // A stored block with its end. The zero is a part of the final, empty block.
    const deflated = Buffer.from([1, 1, 0, 0xfe, 0xff, 0x61, 0, 0, 0]);
    const of = (packedSize: number) =>
      makeZip([{ name: 'a', content: deflated, stored: true, claims: { method: 8, size: 1, packedSize } }]);
    expect(await contents(of(9))).toEqual([['a', 'a']]);
    const empty = makeZip([
      { name: 'a', content: Buffer.from([3]), stored: true, claims: { method: 8, size: 0, packedSize: 1 } },
    ]);
    expect(await contents(empty)).toEqual([['a', '']]);
  });

  test('are read back if adm-zip wrote them', async () => {
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

/** An archive whose directory has bytes after its entries. */
function leftOver(bytes: number): Buffer {
  const zip = makeZip(TWO);
  const end = Buffer.from(zip.subarray(-22));
  end.writeUInt32LE(end.readUInt32LE(12) + bytes, 12);
  return Buffer.concat([zip.subarray(0, -22), Buffer.alloc(bytes), end]);
}

describe('archives that are damaged or hostile', () => {
  const long = 'x'.repeat(5000);
  test.each<[string, Buffer, RegExp]>([
    ['empty', Buffer.alloc(0), /the file is empty/],
    ['not an archive', Buffer.from('hello'), /is not a zip archive, or it is cut short/],
    ['cut short', makeZip(TWO).subarray(0, 60), /is not a zip archive, or it is cut short/],
    ['directory missing', makeZip(TWO).subarray(80), /cannot be read/],
    ['encrypted', makeZip([{ name: 'a', content: 'x', claims: { flags: 0x801 } }]), /"a" is encrypted/],
    [
      'an unknown method',
      makeZip([{ name: 'a', content: 'x', claims: { method: 12 } }]),
      /"a" is compressed with method 12/,
    ],
    [
      'a name that is not UTF-8',
      makeZip([{ name: Buffer.from([0xff, 0xfe]), content: 'x' }]),
      /is not UTF-8/,
    ],
    [
      'packed bytes that end too early',
      makeZip([{ name: 'a', content: long, claims: { packedSize: 9 } }]),
      /"a" cannot be unpacked/,
    ],
    [
      'bytes of the directory that do not belong to an entry',
      leftOver(7),
      /7 bytes of its directory do not belong to an entry/,
    ],
    [
      'an entry of the directory that begins with other bytes',
      leftOver(50),
      /an entry does not begin at byte \d+ of its directory/,
    ],
    [
      'a comment of an entry that is not UTF-8',
      makeZip([{ name: 'a', content: '', comment: Buffer.from([0xff]) }]),
      /the comment of the entry "a" is not UTF-8/,
    ],
  ])('are refused: %s', async (_name, bytes, message) => {
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
    ['too many entries', { maxEntries: 2 }, /has (more than 2|3) entries/],
    ['a directory that is too large', { maxDirectoryBytes: 100 }, /its directory has 144 bytes; at most 100/],
    ['an entry that is too large', { maxEntryBytes: 5 }, /"b\/c" unpacks to 6 bytes; at most 5/],
    ['too much in all', { maxUnpackedBytes: 10 }, /unpacks to 11 bytes; at most 10/],
    ['a ratio that is too high', { maxRatio: 0.01, ratioFloorBytes: 1 }, /times as many/],
  ])('are refused for exceeding a limit: %s', async (_name, limits, message) => {
    const bound = { ...DEFAULT_ARCHIVE_LIMITS, ...limits };
    await expect(contents(makeZip(TWO), bound)).rejects.toMatchObject({
      code: 'limit',
      message: expect.stringMatching(message) as string,
    });
  });

  test.each<[string, Partial<ArchiveLimits>]>([
    ['entries', { maxEntries: 3 }],
    ['bytes of the directory', { maxDirectoryBytes: 144 }],
    ['bytes of an entry', { maxEntryBytes: 6 }],
    ['bytes in all', { maxUnpackedBytes: 11 }],
    ['the ratio, if the size is below the floor', { maxRatio: 0.01, ratioFloorBytes: 11 }],
  ])('are read up to the limit: %s', async (_name, limits) => {
    const bound = { ...DEFAULT_ARCHIVE_LIMITS, ...limits };
    expect(await contents(makeZip(TWO), bound)).toEqual(TWO_CONTENTS);
  });

  test('entries that share a name count each time, and are refused before anything is unpacked', () => {
    // 60,000 entries with the same 120 MB: 7 TB in a file of a few megabytes.
    const zip = makeZip([
      ...Array.from({ length: 60_000 }, () => ({ name: 'a', content: '', stored: true })),
      { name: 'a', content: randomBytes(120_000), claims: { size: 120_000_000 } },
    ]);
    expect(() => openArchive(byteSourceOf(zip), 'x.jar')).toThrow(
      /it unpacks to 7200120000000 bytes; at most/,
    );
  });

  test('an archive that unpacks to more than it declares is refused while it is unpacked', async () => {
    const content = Buffer.alloc(20_000_000);
    const zip = makeZip([
      ...Array.from({ length: 1000 }, () => ({ name: 'a', content: '', stored: true })),
      { name: 'a', content, claims: { size: 1 } },
    ]);
    await expect(contents(zip)).rejects.toMatchObject({
      code: 'limit',
      message: expect.stringMatching(/x\.jar exceeds a limit: .* times as many|at most/) as string,
    });
    const limits = { ...DEFAULT_ARCHIVE_LIMITS, maxEntryBytes: 1_000_000 };
    await expect(
      contents(makeZip([{ name: 'a', content, claims: { size: 1 } }]), limits),
    ).rejects.toMatchObject({
      code: 'limit',
    });
  });

  test('an entry that is longer than the reader allows is not returned, whatever the directory states', () => {
    for (const stored of [true, false]) {
      const zip = makeZip([{ name: 'a', content: long, stored, claims: { size: 1 } }]);
      const archive = openArchive(byteSourceOf(zip), 'x.jar');
      const [entry] = archive.entries as [ArchiveEntry];
      expect(archive.read(entry, 4999)).toBeUndefined();
      expect(archive.read(entry, 5000)?.toString()).toBe(long);
    }
  });

  test('an archive with changed bytes is read or refused with an error for the user', async () => {
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

describe('large entries', () => {
  const large = Buffer.alloc(20_000_001);
  for (let at = 0; at < large.length; at += 100) large.writeUInt8(at % 251, at);

  test.each([true, false])('come in pieces of bounded length (stored: %p)', async (stored) => {
    const zip = makeZip([
      { name: 'large', content: large, stored },
      { name: 'small', content: 'x' },
    ]);
    const archive = openArchive(byteSourceOf(zip), 'x.jar');
    const [entry, small] = archive.entries as [ArchiveEntry, ArchiveEntry];
    const content = archive.content(entry);
    expect(Buffer.isBuffer(content)).toBe(false);
    const pieces: Buffer[] = [];
    for await (const piece of content as AsyncIterable<Buffer>) pieces.push(piece);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(1_000_000);
    expect(Buffer.concat(pieces).equals(large)).toBe(true);
    expect(archive.content(small)).toEqual(Buffer.from('x'));
  });

  test('are refused with the name of the file and the entry if they are damaged', async () => {
    const zip = makeZip([{ name: 'large', content: large, claims: { packedSize: 5000 } }]);
    await expect(contents(zip)).rejects.toMatchObject({
      code: 'artifact',
      message: expect.stringMatching(/x\.jar cannot be read: the entry "large" cannot be unpacked/) as string,
    });
  });
});

describe('the start of an entry', () => {
  const startOf = (content: Buffer, length: number, more: Partial<ZipEntry> = {}) => {
    const archive = openArchive(byteSourceOf(makeZip([{ name: 'a', content, ...more }])), 'x.jar');
    const [entry] = archive.entries as [ArchiveEntry];
    return archive.start(entry, length);
  };

  test.each([true, false])('is a prefix of its content (stored: %p)', (stored) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 900 }), fc.nat(1000), (bytes, length) => {
        const content = Buffer.from(bytes);
        expect(startOf(content, length, { stored })).toEqual(content.subarray(0, length));
      }),
    );
  });

  test('is read without the rest, which may be damaged', () => {
    const content = Buffer.from(randomBytes(10_000).toString('hex'));
    const zip = makeZip([{ name: 'a', content, claims: { packedSize: 2000 } }]);
    const archive = openArchive(byteSourceOf(zip), 'x.jar');
    const [entry] = archive.entries as [ArchiveEntry];
    expect(() => archive.read(entry, 100_000)).toThrow(/"a" cannot be unpacked/);
    expect(archive.start(entry, 8)).toEqual(content.subarray(0, 8));
  });

  test('is shorter if the first kilobyte of packed bytes does not contain all of it', () => {
    const content = randomBytes(10_000);
    const start = startOf(content, 5000);
    expect(start.length).toBeGreaterThan(900);
    expect(start.length).toBeLessThan(1100);
    expect(start).toEqual(content.subarray(0, start.length));
  });

  test('is empty if it cannot be unpacked, which reading the whole entry reports', () => {
    expect(startOf(Buffer.from('x'.repeat(100)), 8, { stored: true, claims: { method: 8 } })).toHaveLength(0);
  });

  test('is refused if the entry is not where the directory states', () => {
    expect(() => startOf(Buffer.from('x'), 1, { claims: { offset: 5 } })).toThrow(
      /x\.jar cannot be read: the entry "a" is not where the directory states/,
    );
  });
});

describe('reading ahead', () => {
  test('returns the same bytes with fewer reads', () => {
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
