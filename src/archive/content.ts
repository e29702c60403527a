import { Readable, pipeline } from 'node:stream';
import { constants, createInflateRaw, inflateRawSync } from 'node:zlib';
import type { ByteSource } from '../model/byte-source.js';
import { messageOf } from '../model/user-error.js';
import type { CentralHeader } from './directory.js';
import { ArchiveError } from './error.js';

const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_HEADER_BYTES = 30;
/** Size of the pieces of a large entry, packed and unpacked, in bytes. */
const PIECE_BYTES = 256 * 1024;
/** A deflated stream is at most this much longer than its content, unless it contains empty blocks. */
const PACKED_SLACK = 64 * 1024;
const ZERO = Buffer.alloc(1);

/** The place of the packed bytes of an entry, up to the end of the file. */
interface Packed {
  readonly start: number;
  readonly length: number;
}

/**
 * Returns the content of an entry as `java.util.zip.ZipFile` does. The packed size in the directory and the end of the
 * file limit what is read. The unpacked size and the CRC are ignored.
 *
 * @param at offset of its local header in the source
 * @returns `undefined` if the content is longer than `maxBytes`
 * @throws {ArchiveError} `damaged` if it cannot be unpacked
 */
export function readContent(
  source: ByteSource,
  header: CentralHeader,
  at: number,
  maxBytes: number,
): Buffer | undefined {
  const { start, length } = locatePacked(source, header, at);
  if (!header.isDeflated) return length > maxBytes ? undefined : source.read(start, length);
  if (length > maxBytes + PACKED_SLACK + maxBytes / 1000) return undefined;
  return inflate(source.read(start, length), header, maxBytes);
}

/** Number of packed bytes that are enough for the start of an entry. */
const START_BYTES = 1024;

/**
 * Returns the first bytes of an entry: fewer if it is shorter, or cannot be unpacked so far.
 *
 * @throws {ArchiveError} `damaged` if the entry is not where the directory states
 */
export function readStart(source: ByteSource, header: CentralHeader, at: number, length: number): Buffer {
  const { start, length: packedLength } = locatePacked(source, header, at);
  if (!header.isDeflated) return source.read(start, Math.min(length, packedLength));
  const packed = source.read(start, Math.min(START_BYTES, packedLength));
  try {
    return inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, length);
  } catch {
    // The caller reads the whole entry elsewhere, and reports the reason there.
    return Buffer.alloc(0);
  }
}

/** Yields the content of an entry of any length as {@link readContent}, in pieces of some hundred kilobytes. */
export async function* contentPieces(
  source: ByteSource,
  header: CentralHeader,
  at: number,
): AsyncGenerator<Buffer> {
  const packed = windowsOf(source, locatePacked(source, header, at));
  if (!header.isDeflated) {
    yield* packed;
    return;
  }
  const inflated = createInflateRaw({ chunkSize: PIECE_BYTES });
  // The loop throws the errors of both streams, and ends both of them.
  pipeline(Readable.from(withZero(packed)), inflated, () => undefined);
  try {
    for await (const piece of inflated) yield piece as Buffer;
  } catch (error) {
    throw cannotUnpack(header, error);
  }
}

/** Finds the packed bytes after the local header, whose length only the header itself states. */
function locatePacked(source: ByteSource, { name, packedSize }: CentralHeader, at: number): Packed {
  if (at + LOCAL_HEADER_BYTES > source.size) throw notThere(name);
  const local = source.read(at, LOCAL_HEADER_BYTES);
  if (local.readUInt32LE(0) !== LOCAL_SIGNATURE) throw notThere(name);
  const dataAt = at + LOCAL_HEADER_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28);
  // Java reads at most to the end of the file, and treats that as the end of the entry.
  const start = Math.min(dataAt, source.size);
  return { start, length: Math.min(packedSize, source.size - start) };
}

function inflate(packed: Buffer, header: CentralHeader, maxBytes: number): Buffer | undefined {
  // With one byte more than declared, a content of the declared length needs only one buffer.
  const chunkSize = Math.max(64, Math.min(header.size, maxBytes) + 1);
  const options = { maxOutputLength: maxBytes, chunkSize };
  try {
    return inflateRawSync(packed, options);
  } catch (error) {
    if (isTooLong(error)) return undefined;
    if ((error as NodeJS.ErrnoException).code !== 'Z_BUF_ERROR') throw cannotUnpack(header, error);
  }
  try {
    return inflateRawSync(Buffer.concat([...withZero([packed])]), options);
  } catch (error) {
    if (isTooLong(error)) return undefined;
    throw cannotUnpack(header, error);
  }
}

/** Appends a zero byte, as Java does once. It completes some streams that are cut short. */
function* withZero(packed: Iterable<Buffer>): Generator<Buffer> {
  yield* packed;
  yield ZERO;
}

function* windowsOf(source: ByteSource, { start, length }: Packed): Generator<Buffer> {
  for (let at = 0; at < length; at += PIECE_BYTES)
    yield source.read(start + at, Math.min(PIECE_BYTES, length - at));
}

function isTooLong(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
}

function notThere(name: string): ArchiveError {
  return new ArchiveError('damaged', `the entry "${name}" is not where the directory states`);
}

function cannotUnpack({ name }: CentralHeader, error: unknown): ArchiveError {
  return new ArchiveError('damaged', `the entry "${name}" cannot be unpacked: ${messageOf(error)}`, {
    cause: error,
  });
}
