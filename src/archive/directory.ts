import { ArchiveError } from './error.js';

const SIGNATURE = 0x02014b50;
const HEADER_BYTES = 46;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;
const MAGIC_32 = 0xffffffff;
const ZIP64 = 1;
/** Valid lengths of a Zip64 field: the numbers that did not fit, and the number of the disk. */
const ZIP64_LENGTHS = new Set([8, 16, 24, 28]);

/** The header of an entry in the directory. Its numbers are untrusted. */
export interface CentralHeader {
  readonly name: string;
  readonly isDeflated: boolean;
  /** Unpacked size in bytes. */
  readonly size: number;
  /** Packed size in bytes. */
  readonly packedSize: number;
  /** Offset of its local header from the beginning of the archive, in bytes. */
  readonly offset: number;
}

const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Parses all headers of a central directory, and refuses what `java.util.zip.ZipFile` of Java 17 refuses. The count in
 * the end record is ignored: it is modulo 65,536 in archives with more entries and without Zip64.
 *
 * @param maxEntries maximum number of headers
 * @throws {ArchiveError} `damaged` or `limit`
 */
export function parseDirectory(directory: Buffer, maxEntries: number): CentralHeader[] {
  const headers: CentralHeader[] = [];
  let at = 0;
  while (at + HEADER_BYTES <= directory.length) {
    if (headers.length === maxEntries)
      throw new ArchiveError('limit', `it has more than ${maxEntries} entries`);
    const end = endOfHeader(directory, at);
    headers.push(parseHeader(directory, at, end));
    at = end;
  }
  if (at !== directory.length)
    throw new ArchiveError(
      'damaged',
      `${directory.length - at} bytes of its directory do not belong to an entry`,
    );
  return headers;
}

function endOfHeader(directory: Buffer, at: number): number {
  if (directory.readUInt32LE(at) !== SIGNATURE)
    throw new ArchiveError('damaged', `an entry does not begin at byte ${at} of its directory`);
  const end =
    at +
    HEADER_BYTES +
    directory.readUInt16LE(at + 28) +
    directory.readUInt16LE(at + 30) +
    directory.readUInt16LE(at + 32);
  if (end > directory.length) throw new ArchiveError('damaged', 'its directory is cut short');
  return end;
}

function parseHeader(directory: Buffer, at: number, end: number): CentralHeader {
  const nameStart = at + HEADER_BYTES;
  const extraStart = nameStart + directory.readUInt16LE(at + 28);
  const commentStart = extraStart + directory.readUInt16LE(at + 30);
  const name = decode(
    directory.subarray(nameStart, extraStart),
    (shown) => `the name of the entry "${shown}"`,
  );
  decode(directory.subarray(commentStart, end), () => `the comment of the entry "${name}"`);
  const flags = directory.readUInt16LE(at + 8);
  const method = directory.readUInt16LE(at + 10);
  if ((flags & ENCRYPTED) !== 0) throw new ArchiveError('damaged', `the entry "${name}" is encrypted`);
  if (method !== STORED && method !== DEFLATED)
    throw new ArchiveError(
      'damaged',
      `the entry "${name}" is compressed with method ${method}, which Java does not support`,
    );
  const short = {
    packedSize: directory.readUInt32LE(at + 20),
    size: directory.readUInt32LE(at + 24),
    offset: directory.readUInt32LE(at + 42),
  };
  const extra = directory.subarray(extraStart, commentStart);
  return {
    name,
    isDeflated: method === DEFLATED,
    ...(extra.length === 0 ? short : withExtra(short, extra, name)),
  };
}

/** Decodes text as UTF-8, whatever the flags of the entry state. Java refuses other encodings. */
function decode(bytes: Buffer, what: (shown: string) => string): string {
  const text = bytes.toString('utf8');
  if (!text.includes('\ufffd')) return text;
  try {
    return strictDecoder.decode(bytes);
  } catch (error) {
    throw new ArchiveError('damaged', `${what(bytes.toString('latin1'))} is not UTF-8`, { cause: error });
  }
}

type Sizes = Pick<CentralHeader, 'size' | 'packedSize' | 'offset'>;

/** Checks the extra fields of an entry, and reads the numbers that did not fit from the first Zip64 field. */
function withExtra(short: Sizes, extra: Buffer, name: string): Sizes {
  let sizes: Sizes | undefined;
  for (let at = 0; at + 4 <= extra.length;) {
    const tag = extra.readUInt16LE(at);
    const start = at + 4;
    at = start + extra.readUInt16LE(at + 2);
    if (at > extra.length)
      throw new ArchiveError('damaged', `an extra field of the entry "${name}" is cut short`);
    if (tag !== ZIP64) continue;
    checkZip64(short, extra, start, at - start, name);
    sizes ??= readZip64(short, extra, start, at);
  }
  const result = sizes ?? short;
  // Java would read such an entry forever, or from a wrong place.
  if (result.packedSize < 0 || result.offset < 0) throw badZip64(name);
  return result;
}

/** The checks of Java 17.0.8 and later. */
function checkZip64(short: Sizes, extra: Buffer, start: number, length: number, name: string): void {
  const isSizeLong = short.size === MAGIC_32;
  const isPackedLong = short.packedSize === MAGIC_32;
  if (length === 0) {
    if (isSizeLong || isPackedLong) throw badZip64(name);
    return;
  }
  if (!ZIP64_LENGTHS.has(length)) throw badZip64(name);
  if (isSizeLong && extra.readBigInt64LE(start) < 0n) throw badZip64(name);
  if (isPackedLong && length >= 16 && extra.readBigInt64LE(start + 8) < 0n) throw badZip64(name);
}

function readZip64(short: Sizes, extra: Buffer, start: number, end: number): Sizes {
  let at = start;
  let isShort = false;
  const next = (value: number): number => {
    if (value !== MAGIC_32 || isShort) return value;
    // After a missing number, the following ones stay as they are too.
    if (at + 8 > end) {
      isShort = true;
      return value;
    }
    at += 8;
    return Number(extra.readBigInt64LE(at - 8));
  };
  const size = next(short.size);
  const packedSize = next(short.packedSize);
  const offset = next(short.offset);
  return { size, packedSize, offset };
}

function badZip64(name: string): ArchiveError {
  return new ArchiveError('damaged', `the Zip64 numbers of the entry "${name}" are wrong`);
}
