import { openArchive } from '../../src/archive/archive.js';
import { byteSourceOf } from '../../src/model/byte-source.js';
import { makeZip, type ZipEntry } from '../support/zip.js';

const MAGIC_16 = 0xffff;
const MAGIC_32 = 0xffffffff;
const END_SIZE = 22;
const RECORD_SIZE = 56;

const TWO: readonly ZipEntry[] = [
  { name: 'a', content: 'first', stored: true },
  { name: 'b', content: 'second', stored: true },
];
const TWO_CONTENTS = ['a: first', 'b: second'];

function contents(bytes: Buffer): string[] {
  const archive = openArchive(byteSourceOf(bytes), 'x.jar');
  return archive.entries.map(
    (entry) => `${entry.name}: ${archive.read(entry, 100)?.toString() ?? 'too long'}`,
  );
}

interface Numbers {
  entries: number;
  length: number;
  offset: number;
}

function numbersOf(zip: Buffer): Numbers {
  const end = zip.subarray(-END_SIZE);
  return { entries: end.readUInt16LE(10), length: end.readUInt32LE(12), offset: end.readUInt32LE(16) };
}

function writeNumbers(zip: Buffer, { entries, length, offset }: Numbers): Buffer {
  const bytes = Buffer.from(zip);
  const end = bytes.subarray(-END_SIZE);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(length, 12);
  end.writeUInt32LE(offset, 16);
  return bytes;
}

function recordOf({ entries, length, offset }: Numbers): Buffer {
  const record = Buffer.alloc(RECORD_SIZE);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigInt64LE(44n, 4);
  record.writeBigInt64LE(BigInt(entries), 24);
  record.writeBigInt64LE(BigInt(entries), 32);
  record.writeBigInt64LE(BigInt(length), 40);
  record.writeBigInt64LE(BigInt(offset), 48);
  return record;
}

function locatorOf(at: number): Buffer {
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigInt64LE(BigInt(at), 8);
  locator.writeUInt32LE(1, 16);
  return locator;
}

/** An archive with a Zip64 record where programs write it: after the directory. */
function withRecord(zip: Buffer, numbers = numbersOf(zip)): Buffer {
  const end = zip.subarray(-END_SIZE);
  const rest = zip.subarray(0, -END_SIZE);
  return Buffer.concat([rest, recordOf(numbers), locatorOf(rest.length), end]);
}

interface Ambiguity {
  readonly inRecord?: Partial<Numbers>;
  /** The offset of the record according to the locator. */
  readonly at?: number;
  readonly damage?: (bytes: Buffer) => void;
}

describe('the Zip64 record', () => {
  test.each<[string, Partial<Numbers>]>([
    ['repeats the end record', {}],
    ['contains the number of entries', { entries: MAGIC_16 }],
    ['contains the length of the directory', { length: MAGIC_32 }],
    ['contains the place of the directory', { offset: MAGIC_32 }],
    ['contains all of them', { entries: MAGIC_16, length: MAGIC_32, offset: MAGIC_32 }],
  ])('is used if it %s', (_name, inEnd) => {
    const zip = makeZip(TWO);
    const bytes = withRecord(writeNumbers(zip, { ...numbersOf(zip), ...inEnd }), numbersOf(zip));
    expect(contents(bytes)).toEqual(TWO_CONTENTS);
  });

  test.each<[string, Partial<Numbers>, RegExp]>([
    ['more entries than the limit', { entries: 500_001 }, /it has 500001 entries; at most 500000 are read/],
    ['a negative number of entries', { entries: -1 }, /it has -1 entries/],
    ['a directory that is longer than the bytes before it', { length: 1000 }, /its directory is cut short/],
    ['a directory of negative length', { length: -1 }, /its directory is cut short/],
    ['a directory in another place', { offset: 1000 }, /its directory is not where the end .* states/],
  ])('is refused if it states %s', (_name, inRecord, message) => {
    const zip = makeZip(TWO);
    const magic = { entries: MAGIC_16, length: MAGIC_32, offset: MAGIC_32 };
    const bytes = withRecord(writeNumbers(zip, magic), { ...numbersOf(zip), ...inRecord });
    expect(() => contents(bytes)).toThrow(message);
  });

  /**
   * An archive that is read differently with its record and without it. The locator is the comment of its last entry.
   * The record is at the beginning, where it describes an archive without entries.
   */
  function ambiguous({ inRecord = {}, at = 0, damage }: Ambiguity): Buffer {
    const [a, b] = TWO as [ZipEntry, ZipEntry];
    const zip = makeZip([a, { ...b, comment: locatorOf(at) }], { prefix: Buffer.alloc(RECORD_SIZE) });
    recordOf({ ...numbersOf(zip), ...inRecord }).copy(zip);
    damage?.(zip);
    return zip;
  }

  test('is used if it does not contradict the end of the archive', () => {
    expect(contents(ambiguous({}))).toEqual([]);
  });

  test.each<[string, Ambiguity]>([
    ['states more entries', { inRecord: { entries: 3 } }],
    ['states another length', { inRecord: { length: 3 } }],
    ['states another place', { inRecord: { offset: 3 } }],
    ['begins with other bytes', { damage: (bytes) => bytes.writeUInt8(0, 0) }],
    ['is not where the locator states', { at: 1 }],
    ['is after the end of the file', { at: 0x10000 }],
    [
      'has a locator that begins with other bytes',
      { damage: (bytes) => bytes.writeUInt8(0, bytes.length - END_SIZE - 20) },
    ],
  ])('is ignored if it %s', (_name, given) => {
    expect(contents(ambiguous(given))).toEqual(TWO_CONTENTS);
  });

  test('is ignored if it is before the beginning of the file', () => {
    // The locator is not valid text then, which the comment of an entry must be.
    expect(() => contents(ambiguous({ at: -1 }))).toThrow(/the comment of the entry "b" is not UTF-8/);
  });
});

/** A Zip64 field of an entry. */
function field(...numbers: number[]): Buffer {
  const bytes = Buffer.alloc(4 + 8 * numbers.length);
  bytes.writeUInt16LE(1, 0);
  bytes.writeUInt16LE(8 * numbers.length, 2);
  for (const [at, number] of numbers.entries()) bytes.writeBigInt64LE(BigInt(number), 4 + 8 * at);
  return bytes;
}

function otherField(length: number): Buffer {
  return Buffer.concat([Buffer.from([0x55, 0x54, length, 0]), Buffer.alloc(length)]);
}

/** An archive whose second entry, which is not at offset 0, has these numbers. */
function entryWith(extra: Buffer, claims: ZipEntry['claims']): Buffer {
  const [a, b] = TWO as [ZipEntry, ZipEntry];
  return makeZip([a, { ...b, extra, ...(claims && { claims }) }]);
}

describe('the Zip64 numbers of an entry', () => {
  const size = MAGIC_32;
  const packedSize = MAGIC_32;
  const offset = MAGIC_32;
  const [SIZE, OFFSET] = [6, 36];

  test.each<[string, Buffer, ZipEntry['claims']]>([
    ['the size', field(SIZE), { size }],
    ['both sizes', field(SIZE, SIZE), { size, packedSize }],
    ['all three', field(SIZE, SIZE, OFFSET), { size, packedSize, offset }],
    ['the packed size only', field(SIZE), { packedSize }],
    ['the place only', field(OFFSET), { offset }],
    ['none, if all of them fit', field(1), {}],
    ['none, if the field is empty', field(), {}],
    ['the first of two fields', Buffer.concat([field(SIZE), field(99)]), { size }],
    ['a field after fields of other kinds', Buffer.concat([otherField(5), field(SIZE)]), { size }],
    ['a field with too few bytes after it', Buffer.concat([field(SIZE), Buffer.alloc(3)]), { size }],
  ])('are read: %s', (_name, extra, claims) => {
    const archive = openArchive(byteSourceOf(entryWith(extra, claims)), 'x.jar');
    expect(archive.entries).toMatchObject([
      { name: 'a', size: 5 },
      { name: 'b', size: SIZE },
    ]);
    expect(contents(entryWith(extra, claims))).toEqual(TWO_CONTENTS);
  });

  test('stay as they are after the first missing one', () => {
    const extra = field(SIZE);
    const claims = { size, packedSize, offset };
    expect(() => contents(entryWith(extra, claims))).toThrow(/"b" is not where the directory states/);
    const archive = openArchive(byteSourceOf(entryWith(extra, { size, packedSize })), 'x.jar');
    expect(archive.find('b')?.size).toBe(SIZE);
  });

  test.each<[string, Buffer, ZipEntry['claims']]>([
    ['an empty field although the size did not fit', field(), { size }],
    ['an empty field although the packed size did not fit', field(), { packedSize }],
    ['a field of a length that does not exist', Buffer.from([1, 0, 4, 0, 6, 0, 0, 0]), { size }],
    ['more numbers than there are', field(1, 2, 3, 4), {}],
    ['a negative size', field(-1), { size }],
    ['a negative packed size', field(SIZE, -1), { size, packedSize }],
    ['a negative packed size alone', field(-1), { packedSize }],
    ['a negative place', field(-1), { offset }],
  ])('are refused: %s', (_name, extra, claims) => {
    expect(() => contents(entryWith(extra, claims))).toThrow(
      /^x\.jar cannot be read: the Zip64 numbers of the entry "b" are wrong\.$/,
    );
  });

  test('are refused in a field that is cut short', () => {
    expect(() => contents(entryWith(Buffer.from([1, 0, 8, 0, 6]), { size }))).toThrow(
      /an extra field of the entry "b" is cut short/,
    );
  });
});
