import { sliceOf, type ByteSource } from '../model/byte-source.js';

const END_SIGNATURE = 0x06054b50;
const END_SIZE = 22;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCATOR64_SIGNATURE = 0x07064b50;
const LOCATOR64_SIZE = 20;
const END64_SIGNATURE = 0x06064b50;
const END64_SIZE = 56;
const MAX_COMMENT = 0xffff;
const MAGIC_16 = 0xffff;
const MAGIC_32 = 0xffffffff;

/** Where an archive is inside a file. */
export interface ArchiveLocation {
  /** The archive alone, without what stands before and behind it, and without its comment. */
  readonly archive: ByteSource;
  /** The central directory, in bytes from the beginning of `archive`. */
  readonly directoryStart: number;
  readonly directoryBytes: number;
  readonly entryCount: number;
}

/**
 * Finds the archive in a file. Bytes before it are legal (self-running jars), and so are bytes behind it as long as
 * the directory is where the end record says: the rules of `java.util.zip.ZipFile`, which the official updater uses.
 *
 * @returns undefined where there is no archive
 */
export function locateArchive(source: ByteSource): ArchiveLocation | undefined {
  const tailLength = Math.min(source.size, END_SIZE + MAX_COMMENT);
  const tailStart = source.size - tailLength;
  const tail = source.read(tailStart, tailLength);
  for (let at = tail.length - END_SIZE; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END_SIGNATURE) continue;
    const commentLength = tail.readUInt16LE(at + 20);
    const end = at + END_SIZE + commentLength;
    if (end > tail.length) continue;
    const location = readEnd(source, tailStart + at, tail.subarray(at, at + END_SIZE));
    // Behind the end there is nothing, or what stands in front proves that this is no accident.
    if (location && (end === tail.length || startsWithEntry(location))) return location;
  }
  return undefined;
}

function readEnd(source: ByteSource, endAt: number, end: Buffer): ArchiveLocation | undefined {
  let entryCount = end.readUInt16LE(10);
  let directoryBytes = end.readUInt32LE(12);
  let directoryOffset = end.readUInt32LE(16);
  let directoryEnd = endAt;
  const end64 = findEnd64(source, endAt);
  if (end64) {
    directoryEnd = end64.at;
    if (entryCount === MAGIC_16) entryCount = end64.entryCount;
    if (directoryBytes === MAGIC_32) directoryBytes = end64.directoryBytes;
    if (directoryOffset === MAGIC_32) directoryOffset = end64.directoryOffset;
  }
  const directoryAt = directoryEnd - directoryBytes;
  const start = directoryAt - directoryOffset;
  if (start < 0) return undefined;
  return {
    archive: withoutComment(sliceOf(source, start, endAt + END_SIZE)),
    directoryStart: directoryOffset,
    directoryBytes,
    entryCount,
  };
}

/** The length of the comment reads as 0: whoever looks for the end again finds this one, whatever the comment holds. */
function withoutComment(archive: ByteSource): ByteSource {
  const lengthAt = archive.size - 2;
  return {
    size: archive.size,
    read(offset, length) {
      const bytes = archive.read(offset, length);
      return offset + length <= lengthAt ? bytes : Buffer.from(bytes).fill(0, Math.max(0, lengthAt - offset));
    },
  };
}

function findEnd64(source: ByteSource, endAt: number) {
  const locatorAt = endAt - LOCATOR64_SIZE;
  if (locatorAt < END64_SIZE) return undefined;
  const locator = source.read(locatorAt, LOCATOR64_SIZE);
  if (locator.readUInt32LE(0) !== LOCATOR64_SIGNATURE) return undefined;
  // The locator counts from the beginning of the archive, which bytes in front of it have moved.
  for (const at of [Number(locator.readBigUInt64LE(8)), locatorAt - END64_SIZE]) {
    if (at < 0 || at + END64_SIZE > locatorAt) continue;
    const record = source.read(at, END64_SIZE);
    if (record.readUInt32LE(0) !== END64_SIGNATURE) continue;
    return {
      at,
      entryCount: Number(record.readBigUInt64LE(32)),
      directoryBytes: Number(record.readBigUInt64LE(40)),
      directoryOffset: Number(record.readBigUInt64LE(48)),
    };
  }
  return undefined;
}

function startsWithEntry({ archive, directoryStart, directoryBytes }: ArchiveLocation): boolean {
  return directoryBytes >= 4 && archive.read(directoryStart, 4).readUInt32LE(0) === ENTRY_SIGNATURE;
}
