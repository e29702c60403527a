import { openArchive, type ArchiveEntry } from '../../src/archive/archive.js';
import { bufferedSource } from '../../src/archive/buffered-source.js';
import { contentPieces, readContent } from '../../src/archive/content.js';
import type { CentralHeader } from '../../src/archive/directory.js';
import { locateDirectory } from '../../src/archive/locate.js';
import { byteSourceOf, type ByteSource } from '../../src/model/byte-source.js';
import { makeZip } from '../support/zip.js';

const MIB = 1024 * 1024;

/** A source of this size that records its reads. It begins with `start`, followed by zeros. */
function recorded(start: Buffer, size: number) {
  const reads: [offset: number, length: number][] = [];
  const source: ByteSource = {
    size,
    read: (offset, length) => {
      reads.push([offset, length]);
      const bytes = Buffer.alloc(length);
      if (offset < start.length) start.copy(bytes, 0, offset);
      return bytes;
    },
  };
  return { source, reads };
}

const header = (given: Partial<CentralHeader>): CentralHeader => ({
  name: 'a',
  isDeflated: true,
  size: 0,
  packedSize: 0,
  offset: 0,
  ...given,
});

/** The local header of an entry, which has 31 bytes with its name. */
const LOCAL = makeZip([{ name: 'a', content: '', stored: true }]).subarray(0, 31);

test.each([
  [true, 100, 100 + 64 * 1024, true],
  [true, 100, 101 + 64 * 1024, false],
  [true, MIB, MIB + 64 * 1024 + 1048, true],
  [true, MIB, MIB + 64 * 1024 + 1049, false],
  [false, 100, 100, true],
  [false, 100, 101, false],
])(
  'whether an entry (deflated: %p) of which %d bytes are allowed is read if it has %d packed bytes: %p',
  (isDeflated, maxBytes, packedSize, isRead) => {
    const { source, reads } = recorded(LOCAL, 10 * MIB);
    // Zeros are not a valid block.
    const read = () => readContent(source, header({ isDeflated, packedSize }), 0, maxBytes);
    if (isRead && isDeflated)
      expect(read).toThrow(/the entry "a" cannot be unpacked: .*invalid stored block/);
    else expect(read()?.length).toBe(isRead ? maxBytes : undefined);
    expect(reads).toEqual([[0, 30], ...(isRead ? [[31, packedSize]] : [])]);
  },
);

test('an entry that ends after the end of the file is read up to the end', () => {
  const bytes = Buffer.concat([LOCAL, Buffer.from('first')]);
  const read = (packedSize: number, of = bytes) =>
    readContent(byteSourceOf(of), header({ isDeflated: false, packedSize }), 0, 100)?.toString();
  expect(read(4)).toBe('firs');
  expect(read(5)).toBe('first');
  expect(read(6)).toBe('first');
  // The header itself states that the content begins after the end of the file.
  expect(read(5, bytes.subarray(0, 30))).toBe('');
  expect(() => read(5, bytes.subarray(0, 29))).toThrow('the entry "a" is not where the directory states');
});

test('the content begins after the name and the extra fields of the local header', () => {
  const local = Buffer.from(LOCAL.subarray(0, 30));
  local.writeUInt16LE(2, 26);
  local.writeUInt16LE(3, 28);
  const source = byteSourceOf(Buffer.concat([local, Buffer.from('12345content')]));
  expect(readContent(source, header({ isDeflated: false, packedSize: 7 }), 0, 100)?.toString()).toBe(
    'content',
  );
});

test('a stream that lacks its last byte is completed with a zero, within the allowed length', () => {
  // A block of one letter with fixed codes: the end of the block is seven zero bits.
  const packed = Buffer.from([0x4b, 0x04]);
  const source = byteSourceOf(Buffer.concat([LOCAL, packed]));
  const read = (maxBytes: number) =>
    readContent(source, header({ size: 1, packedSize: 2 }), 0, maxBytes)?.toString();
  expect(read(1)).toBe('a');
  expect(read(5)).toBe('a');
});

async function piecesOf(pieces: AsyncIterable<Buffer>): Promise<number[]> {
  const lengths: number[] = [];
  for await (const { length } of pieces) lengths.push(length);
  return lengths;
}

test('a stored entry comes in pieces of 256 kB', async () => {
  const { source, reads } = recorded(LOCAL, 10 * MIB);
  const pieces = await piecesOf(contentPieces(source, header({ isDeflated: false, packedSize: 600_000 }), 0));
  expect(pieces).toEqual([262_144, 262_144, 75_712]);
  expect(reads).toEqual([
    [0, 30],
    [31, 262_144],
    [31 + 262_144, 262_144],
    [31 + 524_288, 75_712],
  ]);
  expect(
    await piecesOf(contentPieces(source, header({ isDeflated: false, packedSize: 524_288 }), 0)),
  ).toEqual([262_144, 262_144]);
});

test('a deflated entry that is damaged is refused while its pieces are read', async () => {
  const { source } = recorded(LOCAL, 10 * MIB);
  await expect(piecesOf(contentPieces(source, header({ packedSize: 600_000 }), 0))).rejects.toThrow(
    /the entry "a" cannot be unpacked: .*invalid stored block lengths/,
  );
});

test.each([
  [{ size: 8 * MIB }, true],
  [{ size: 8 * MIB + 1 }, false],
  [{ packedSize: 8 * MIB }, true],
  [{ packedSize: 8 * MIB + 1 }, false],
])('whether an entry that declares %j comes in one piece: %p', async (claims, isWhole) => {
  const archive = openArchive(byteSourceOf(makeZip([{ name: 'a', content: 'text', claims }])), 'x.jar');
  const content = archive.content(archive.entries[0] as ArchiveEntry);
  expect(Buffer.isBuffer(content)).toBe(isWhole);
  if (Buffer.isBuffer(content)) expect(content.toString()).toBe('text');
  else expect(await piecesOf(content)).toEqual([4]);
});

describe('reading ahead', () => {
  const LIMIT = 16 * MIB;

  test('reads a source of up to 16 MB at once', () => {
    const { source, reads } = recorded(LOCAL, LIMIT);
    const buffered = bufferedSource(source);
    expect(buffered.size).toBe(LIMIT);
    expect(buffered.read(0, 31)).toEqual(LOCAL);
    expect(buffered.read(LIMIT - 5, 5)).toEqual(Buffer.alloc(5));
    expect(reads).toEqual([[0, LIMIT]]);
  });

  test('reads a larger one in windows of 1 MB, which need not be read again', () => {
    const { source, reads } = recorded(LOCAL, LIMIT + 1);
    const buffered = bufferedSource(source);
    expect(buffered.size).toBe(LIMIT + 1);
    expect(reads).toEqual([]);
    expect(buffered.read(0, 31)).toEqual(LOCAL);
    expect(buffered.read(1, 30)).toEqual(LOCAL.subarray(1));
    expect(buffered.read(MIB - 7, 7)).toHaveLength(7);
    expect(reads).toEqual([[0, MIB]]);
    expect(buffered.read(MIB - 6, 7)).toHaveLength(7);
    expect(buffered.read(MIB - 7, 3)).toHaveLength(3);
    expect(reads.slice(1)).toEqual([
      [MIB - 6, MIB],
      [MIB - 7, MIB],
    ]);
    expect(buffered.read(LIMIT - 1, 2)).toHaveLength(2);
    expect(reads.at(-1)).toEqual([LIMIT - 1, 2]);
    expect(() => buffered.read(LIMIT, 2)).toThrow(new RangeError('read beyond the end'));
  });

  test('reads large parts directly', () => {
    const { source, reads } = recorded(LOCAL, LIMIT + 1);
    const buffered = bufferedSource(source);
    expect(buffered.read(5, MIB)).toHaveLength(MIB);
    expect(buffered.read(5, MIB - 1)).toHaveLength(MIB - 1);
    expect(buffered.read(6, MIB)).toHaveLength(MIB);
    expect(reads).toEqual([
      [5, MIB],
      [5, MIB],
      [6, MIB],
    ]);
  });
});

describe('the end of an archive', () => {
  const ZIP = makeZip([
    { name: 'a', content: 'first', stored: true },
    { name: 'b', content: 'second', stored: true },
  ]);
  const DIRECTORY_AT = ZIP.readUInt32LE(ZIP.length - 6);
  const DIRECTORY = { start: DIRECTORY_AT, length: ZIP.length - 22 - DIRECTORY_AT };
  const locate = (bytes: Buffer) => locateDirectory(byteSourceOf(bytes), 1000);

  /** A comment that looks like an end record with these numbers, and states a longer comment than there is. */
  function fakeEnd(length: number, offset: number, commentLength: number): Buffer {
    const fake = Buffer.alloc(25);
    fake.writeUInt32LE(0x06054b50, 0);
    fake.writeUInt32LE(length, 12);
    fake.writeUInt32LE(offset, 16);
    fake.writeUInt16LE(commentLength, 20);
    return fake;
  }
  function withComment(comment: Buffer): Buffer {
    const bytes = Buffer.concat([ZIP, comment]);
    bytes.writeUInt16LE(comment.length, ZIP.length - 2);
    return bytes;
  }
  const found = { archiveStart: 0, ...DIRECTORY, endAt: ZIP.length - 22 };

  test('is found without a comment, with one, and before other bytes', () => {
    expect(locate(ZIP)).toEqual(found);
    expect(locate(withComment(Buffer.from('comment')))).toEqual(found);
    expect(locate(Buffer.concat([ZIP, Buffer.from('other')]))).toEqual(found);
    expect(locate(Buffer.concat([Buffer.from('script'), ZIP]))).toEqual({
      archiveStart: 6,
      start: DIRECTORY_AT + 6,
      length: DIRECTORY.length,
      endAt: ZIP.length - 22 + 6,
    });
  });

  test.each<[string, number, number]>([
    ['does not lead to a directory', ZIP.length - 1, 1],
    [
      'leads to a directory of an archive that does not begin with an entry',
      ZIP.length - DIRECTORY_AT,
      DIRECTORY_AT - 1,
    ],
    ['leads to a place before the file', ZIP.length - DIRECTORY_AT, DIRECTORY_AT + 1],
  ])('is not a text in its comment that %s', (_, length, offset) => {
    expect(locate(withComment(fakeEnd(length, offset, 4)))).toEqual(found);
    expect(locate(withComment(fakeEnd(length, offset, 2)))).toEqual(found);
  });

  test('is refused if the headers prove it, but its comment is cut short', () => {
    const bytes = withComment(fakeEnd(ZIP.length - DIRECTORY_AT, DIRECTORY_AT, 4));
    expect(() => locate(bytes)).toThrow('its comment is cut short');
    const complete = withComment(fakeEnd(ZIP.length - DIRECTORY_AT, DIRECTORY_AT, 2));
    expect(locate(complete)).toMatchObject({ start: DIRECTORY_AT, endAt: ZIP.length });
  });

  test('may be up to 65,636 bytes before the end of the file', () => {
    const after = (length: number) => locate(Buffer.concat([ZIP, Buffer.alloc(length)]));
    expect(after(65_636 - 22)).toEqual(found);
    expect(() => after(65_636 - 21)).toThrow('it is not a zip archive, or it is cut short');
  });

  test('alone is an archive without entries, whatever it states', () => {
    const end = makeZip([]);
    end.writeUInt32LE(5, 12);
    expect(locate(end)).toEqual({ archiveStart: 0, start: 0, length: 0, endAt: 0 });
  });

  test('is refused if the directory does not fit before it', () => {
    const changed = (length: number, offset: number) => {
      const bytes = Buffer.from(ZIP);
      bytes.writeUInt32LE(length, ZIP.length - 10);
      bytes.writeUInt32LE(offset, ZIP.length - 6);
      return () => locate(bytes);
    };
    expect(changed(ZIP.length - 22, 0)()).toMatchObject({ start: 0 });
    expect(changed(ZIP.length - 21, 0)).toThrow('its directory is cut short');
    expect(changed(DIRECTORY.length, DIRECTORY_AT)()).toEqual(found);
    expect(changed(DIRECTORY.length, DIRECTORY_AT + 1)).toThrow(
      'its directory is not where the end of the archive states',
    );
  });

  test('is refused if it states more entries than are read', () => {
    const bytes = Buffer.from(ZIP);
    bytes.writeUInt16LE(1000, ZIP.length - 12);
    expect(locate(bytes)).toEqual(found);
    bytes.writeUInt16LE(1001, ZIP.length - 12);
    expect(() => locate(bytes)).toThrow('it has 1001 entries; at most 1000 are read');
  });
});
