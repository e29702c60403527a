import type { ByteSource } from '../model/byte-source.js';
import { ArchiveError } from './error.js';

const END_SIGNATURE = 0x06054b50;
const END_SIZE = 22;
/**
 * Number of bytes at the end of the file in which Java looks for the end record. The longest comment would need 65,557
 * bytes, but Java reads backwards in blocks, and the last one reaches further.
 */
const SEARCHED_BYTES = 65_636;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCATOR64_SIGNATURE = 0x07064b50;
const LOCATOR64_SIZE = 20;
const END64_SIGNATURE = 0x06064b50;
const END64_SIZE = 56;
const MAGIC_16 = 0xffff;
const MAGIC_32 = 0xffffffff;

/** Where the central directory is in a file, in bytes. */
export interface DirectoryLocation {
  /** Beginning of the archive, after the script of a self-running jar. Offsets of entries are relative to it. */
  readonly archiveStart: number;
  readonly start: number;
  readonly length: number;
  /** Offset of the end record. */
  readonly endAt: number;
}

/** The content of an end record. */
interface End {
  readonly at: number;
  readonly entryCount: number;
  readonly length: number;
  readonly offset: number;
}

/**
 * Finds the central directory by the rules of `java.util.zip.ZipFile`. Bytes before the archive are legal (self-running
 * jars), and so are bytes after it if the directory is where the end record states.
 *
 * @param maxEntries maximum for the count in a Zip64 record, because Java would run out of memory
 * @throws {ArchiveError} `damaged` if the end record is missing or points outside of the file
 */
export function locateDirectory(source: ByteSource, maxEntries: number): DirectoryLocation {
  if (source.size === 0) throw new ArchiveError('damaged', 'the file is empty');
  const found = findEnd(source);
  if (!found) throw new ArchiveError('damaged', 'it is not a zip archive, or it is cut short');
  const { at, entryCount, length, offset } = findEnd64(source, found) ?? found;
  // The file has only an end record, whatever it states.
  if (at === 0) return { archiveStart: 0, start: 0, length: 0, endAt: found.at };
  if (length < 0 || length > at) throw new ArchiveError('damaged', 'its directory is cut short');
  const start = at - length;
  if (offset > start)
    throw new ArchiveError('damaged', 'its directory is not where the end of the archive states');
  if (entryCount < 0 || entryCount > maxEntries)
    throw new ArchiveError('limit', `it has ${entryCount} entries; at most ${maxEntries} are read`);
  return { archiveStart: start - offset, start, length, endAt: found.at };
}

function findEnd(source: ByteSource): End | undefined {
  const searched = Math.min(source.size, SEARCHED_BYTES);
  const tailStart = source.size - searched;
  const tail = source.read(tailStart, searched);
  for (let at = tail.length - END_SIZE; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END_SIGNATURE) continue;
    const end: End = {
      at: tailStart + at,
      entryCount: tail.readUInt16LE(at + 10),
      length: tail.readUInt32LE(at + 12),
      offset: tail.readUInt32LE(at + 16),
    };
    const commentEnd = at + END_SIZE + tail.readUInt16LE(at + 20);
    // The record is the end of the file, or the headers before it prove that the signature is not an accident.
    if (commentEnd === tail.length) return end;
    if (!isProven(source, end)) continue;
    if (commentEnd > tail.length) throw new ArchiveError('damaged', 'its comment is cut short');
    return end;
  }
  return undefined;
}

function isProven(source: ByteSource, { at, length, offset }: End): boolean {
  const start = at - length;
  const archiveStart = start - offset;
  return (
    archiveStart >= 0 &&
    source.read(start, 4).readUInt32LE(0) === ENTRY_SIGNATURE &&
    source.read(archiveStart, 4).readUInt32LE(0) === LOCAL_SIGNATURE
  );
}

/** Returns the Zip64 record, if it exists and does not contradict the plain one. */
function findEnd64(source: ByteSource, end: End): End | undefined {
  const locatorAt = end.at - LOCATOR64_SIZE;
  if (locatorAt < 0) return undefined;
  const locator = source.read(locatorAt, LOCATOR64_SIZE);
  if (locator.readUInt32LE(0) !== LOCATOR64_SIGNATURE) return undefined;
  const at = Number(locator.readBigInt64LE(8));
  if (at < 0 || at + END64_SIZE > source.size) return undefined;
  const record = source.read(at, END64_SIZE);
  if (record.readUInt32LE(0) !== END64_SIGNATURE) return undefined;
  const entryCount = Number(record.readBigInt64LE(32));
  const length = Number(record.readBigInt64LE(40));
  const offset = Number(record.readBigInt64LE(48));
  const isConsistent =
    (entryCount === end.entryCount || end.entryCount === MAGIC_16) &&
    (length === end.length || end.length === MAGIC_32) &&
    (offset === end.offset || end.offset === MAGIC_32);
  return isConsistent ? { at, entryCount, length, offset } : undefined;
}
