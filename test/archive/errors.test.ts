import { openArchive, type Archive, type ArchiveEntry } from '../../src/archive/archive.js';
import { ArchiveError, asUserError } from '../../src/archive/error.js';
import { DEFAULT_ARCHIVE_LIMITS, type ArchiveLimits } from '../../src/archive/limits.js';
import { byteSourceOf, type ByteSource } from '../../src/model/byte-source.js';
import { UserError } from '../../src/model/user-error.js';
import { makeZip } from '../support/zip.js';

const TWO = [
  { name: 'a', content: 'first' },
  { name: 'b', content: 'second', stored: true },
];
const END_BYTES = 22;

const open = (bytes: Buffer, limits: Partial<ArchiveLimits> = {}) =>
  openArchive(byteSourceOf(bytes), 'x.jar', { ...DEFAULT_ARCHIVE_LIMITS, ...limits });

/** Reads all entries in one piece. */
function readAll(archive: Archive, maxBytes = 100_000): (string | undefined)[] {
  return archive.entries.map((entry) => archive.read(entry, maxBytes)?.toString());
}

/** An archive of two entries whose directory was changed. */
function withDirectory(change: (directory: Buffer, end: Buffer) => Buffer): Buffer {
  const zip = makeZip(TWO);
  const end = Buffer.from(zip.subarray(-END_BYTES));
  const start = end.readUInt32LE(16);
  const directory = change(Buffer.from(zip.subarray(start, -END_BYTES)), end);
  end.writeUInt32LE(directory.length, 12);
  return Buffer.concat([zip.subarray(0, start), directory, end]);
}

/** Matches a message. In tests, the errors of zlib belong to another realm, and are shown with their name. */
function messageLike(text: string): string {
  const pattern = text
    .replace(/[.?()]/g, '\\$&')
    .replace('cannot be unpacked: ', 'cannot be unpacked: (?:Error: )?');
  return expect.stringMatching(new RegExp(`^${pattern}$`)) as string;
}

test.each<[string, Buffer]>([
  ['the file is empty', Buffer.alloc(0)],
  ['it is not a zip archive, or it is cut short', Buffer.alloc(21)],
  ['it is not a zip archive, or it is cut short', Buffer.alloc(100_000)],
  [
    'its directory is cut short',
    withDirectory((directory) => {
      directory.writeUInt16LE(500, directory.length - 1 - 46 + 28);
      return directory;
    }),
  ],
  [
    'an entry does not begin at byte 47 of its directory',
    withDirectory((directory) => {
      directory.writeUInt8(0, 47);
      return directory;
    }),
  ],
  [
    '45 bytes of its directory do not belong to an entry',
    withDirectory((directory) => Buffer.concat([directory, Buffer.alloc(45)])),
  ],
  ['the entry "a" is encrypted', makeZip([{ name: 'a', content: 'x', claims: { flags: 0x801 } }])],
  [
    'the entry "a" is compressed with method 12, which Java does not support',
    makeZip([{ name: 'a', content: 'x', claims: { method: 12 } }]),
  ],
  ['the name of the entry "ÿa" is not UTF-8', makeZip([{ name: Buffer.from([0xff, 0x61]), content: 'x' }])],
  [
    'the comment of the entry "a" is not UTF-8',
    makeZip([{ name: 'a', content: '', comment: Buffer.from([0xff]) }]),
  ],
  [
    'the entry "a" cannot be unpacked: unexpected end of file',
    makeZip([{ name: 'a', content: 'x'.repeat(5000), claims: { packedSize: 9 } }]),
  ],
  [
    'the entry "a" cannot be unpacked: invalid block type',
    makeZip([{ name: 'a', content: Buffer.from([7]), stored: true, claims: { method: 8 } }]),
  ],
  [
    'the entry "a" is not where the directory states',
    makeZip([{ name: 'a', content: 'x', claims: { offset: 1 } }]),
  ],
  [
    'the entry "a" is not where the directory states',
    makeZip([{ name: 'a', content: 'x', claims: { offset: 1000 } }]),
  ],
  [
    'an extra field of the entry "a" is cut short',
    makeZip([{ name: 'a', content: 'x', extra: Buffer.from([9, 0, 2, 0, 0]) }]),
  ],
])('the error of a damaged archive contains the reason and a hint: %s', (reason, bytes) => {
  expect(() => readAll(open(bytes))).toThrow(
    expect.objectContaining({
      name: 'UserError',
      code: 'artifact',
      message: messageLike(`x.jar cannot be read: ${reason}.`),
      hint: 'Build it again, and check that it opens with "jar tf".',
      cause: expect.objectContaining({ name: 'ArchiveError', kind: 'damaged' }) as unknown,
    }) as Error,
  );
});

test.each<[string, Partial<ArchiveLimits>]>([
  ['it has more than 1 entries', { maxEntries: 1 }],
  ['its directory has 94 bytes; at most 93 are read', { maxDirectoryBytes: 93 }],
  ['the entry "b" unpacks to 6 bytes; at most 5 are read', { maxEntryBytes: 5 }],
  ['it unpacks to 11 bytes; at most 10 are read', { maxUnpackedBytes: 10 }],
  ['its 191 bytes unpack to 11, more than 0.01 times as many', { maxRatio: 0.01, ratioFloorBytes: 10 }],
])('the error of an archive beyond a limit contains the limit and a hint: %s', (reason, limits) => {
  const zip = makeZip(TWO);
  // The count in the end record is too low, as in archives with more than 65,535 entries.
  zip.writeUInt16LE(1, zip.length - END_BYTES + 10);
  expect(() => open(zip, limits)).toThrow(
    expect.objectContaining({
      name: 'UserError',
      code: 'limit',
      message: `x.jar exceeds a limit: ${reason}.`,
      hint: 'An archive like this is almost always damaged or hostile. If it is neither, please open an issue.',
      cause: expect.objectContaining({ name: 'ArchiveError', kind: 'limit', message: reason }) as unknown,
    }) as Error,
  );
});

test.each<Partial<ArchiveLimits>>([
  { maxEntries: 2 },
  { maxDirectoryBytes: 94 },
  { maxEntryBytes: 6 },
  { maxUnpackedBytes: 11 },
  { maxRatio: 0.01, ratioFloorBytes: 11 },
  { maxRatio: 11 / 191, ratioFloorBytes: 0 },
])('an archive at the limit %j is read', (limits) => {
  expect(readAll(open(makeZip(TWO), limits))).toEqual(['first', 'second']);
});

test('other errors stay as they are', () => {
  const fault = new Error('EIO');
  const broken: ByteSource = {
    size: 100,
    read: () => {
      throw fault;
    },
  };
  expect(() => openArchive(broken, 'x.jar')).toThrow(fault);
  expect(asUserError(fault, 'x.jar')).toBe(fault);
  expect(asUserError('text', 'x.jar')).toBe('text');
  expect(asUserError(new ArchiveError('damaged', 'it is'), 'x.jar')).toBeInstanceOf(UserError);
});

test('an entry of another archive is an error of the caller', () => {
  const archive = open(makeZip(TWO));
  const other: ArchiveEntry = { name: 'c', size: 1, times: 1 };
  expect(archive.find('c')).toBeUndefined();
  expect(() => archive.read(other, 10)).toThrow(new RangeError('the archive has no entry "c"'));
  expect(() => archive.content(other)).toThrow(new RangeError('the archive has no entry "c"'));
});

test('the name of the file and the entries are known before anything is read', () => {
  const archive = open(makeZip([...TWO, { name: 'a', content: 'third' }]));
  expect(archive.label).toBe('x.jar');
  expect(archive.entries).toMatchObject([
    { name: 'a', size: 5, times: 2 },
    { name: 'b', size: 6, times: 1 },
  ]);
  expect(archive.find('b')).toBe(archive.entries[1]);
  expect(readAll(archive)).toEqual(['third', 'second']);
});

test('an entry that is read again is not counted again, and one that is longer than declared is', () => {
  const of = (maxUnpackedBytes: number) => {
    const long = { name: 'a', content: 'x'.repeat(100), claims: { size: 1 } };
    return open(makeZip([long, long, { name: 'b', content: 'x' }]), { maxUnpackedBytes });
  };
  const enough = of(201);
  expect(readAll(enough)).toEqual(['x'.repeat(100), 'x']);
  expect(readAll(enough)).toEqual(['x'.repeat(100), 'x']);
  expect(() => readAll(of(200))).toThrow('it unpacks to 201 bytes; at most 200 are read');
  // What is not returned is not counted.
  expect(readAll(of(200), 99)).toEqual([undefined, 'x']);
});

test('the declared size counts only as far as the packed bytes can contain it', () => {
  const zip = makeZip([
    { name: 'a', content: '', claims: { size: 1_000_000_000 } },
    { name: 'b', content: 'second', stored: true, claims: { size: 1_000_000_000 } },
  ]);
  // An empty content has two packed bytes, of which each can contain at most 1032.
  expect(() => open(zip, { maxUnpackedBytes: 2 * 1032 + 5 })).toThrow('it unpacks to 2070 bytes');
  expect(open(zip, { maxUnpackedBytes: 2 * 1032 + 6 }).entries).toHaveLength(2);
});
