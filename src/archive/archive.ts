/**
 * Reads zip and jar archives from bytes as Java does, within limits. Decides the names and the contents of entries, and
 * which archives are refused as damaged. Independent of files and formats.
 *
 * @module
 */

import type { ByteSource } from '../model/byte-source.js';
import { bufferedSource } from './buffered-source.js';
import { contentPieces, readContent, readStart } from './content.js';
import { parseDirectory, type CentralHeader } from './directory.js';
import { ArchiveError, asUserError } from './error.js';
import { DEFAULT_ARCHIVE_LIMITS, type ArchiveLimits } from './limits.js';
import { locateDirectory } from './locate.js';
import { createUnpackedCount, type UnpackedCount } from './unpacked-count.js';

/**
 * Maximum size of an entry that is unpacked in one piece, in bytes. Almost all entries of real jars are smaller. Larger
 * ones are unpacked in pieces of some hundred kilobytes.
 */
const WHOLE_BYTES = 8 * 1024 * 1024;

/** A name in an archive's directory. It is not safe to use as a path. */
export interface ArchiveEntry {
  readonly name: string;
  /** Unpacked size in bytes according to the directory, which may be wrong. */
  readonly size: number;
  /** How many entries have this name: more than 1 in some jars. As in Java, only the last one is read. */
  readonly times: number;
}

/** An opened archive. Its content is what `java.util.zip.ZipFile` finds in it. */
export interface Archive {
  /** The name of the file in messages. */
  readonly label: string;
  /** Each name once, in the order of the directory. */
  readonly entries: readonly ArchiveEntry[];
  /** Returns the entry with this name, or `undefined` if it does not exist. */
  find(name: string): ArchiveEntry | undefined;
  /**
   * Returns the unpacked content of an entry.
   *
   * @returns `undefined` if it is longer than `maxBytes`
   * @throws {UserError} `artifact` if it cannot be unpacked, `limit` if the archive unpacks to more than is allowed
   */
  read(entry: ArchiveEntry, maxBytes: number): Buffer | undefined;
  /**
   * Returns the first bytes of an entry, without unpacking all of it. Fewer than `length` if the entry is shorter, or
   * if they are not within the first kilobyte of packed bytes.
   *
   * @throws {UserError} `artifact` if the entry is not where the directory states
   */
  start(entry: ArchiveEntry, length: number): Buffer;
  /**
   * Returns the unpacked content of an entry of any length: up to a few megabytes in one piece, otherwise in pieces.
   *
   * @throws {UserError} as {@link read}, at once or while the pieces are read
   */
  content(entry: ArchiveEntry): Buffer | AsyncIterable<Buffer>;
}

/**
 * Opens a zip or jar. Refuses what Java refuses, and reads what Java reads if it is within the limits.
 *
 * @param source the bytes of the file
 * @param label the name of the file in messages
 * @throws {UserError} `artifact` if it is damaged or not an archive, `limit` if it exceeds a limit
 */
export function openArchive(
  source: ByteSource,
  label: string,
  limits: ArchiveLimits = DEFAULT_ARCHIVE_LIMITS,
): Archive {
  try {
    return open(bufferedSource(source), label, limits);
  } catch (error) {
    throw asUserError(error, label);
  }
}

/** An entry with its place. */
interface Located extends ArchiveEntry {
  readonly header: CentralHeader;
  /** Offset of its local header in the file, in bytes. */
  readonly at: number;
}

function open(source: ByteSource, label: string, limits: ArchiveLimits): Archive {
  const directory = locateDirectory(source, limits.maxEntries);
  if (directory.length > limits.maxDirectoryBytes)
    throw new ArchiveError(
      'limit',
      `its directory has ${directory.length} bytes; at most ${limits.maxDirectoryBytes} are read`,
    );
  const headers = parseDirectory(source.read(directory.start, directory.length), limits.maxEntries);
  const located = locateEntries(headers, directory.archiveStart);
  const count = createUnpackedCount([...located.values()].map(asDeclared(source)), source.size, limits);
  const find = (name: string) => located.get(name);
  return {
    label,
    entries: [...located.values()],
    find,
    read: (entry, maxBytes) => reading(label, () => readWhole(source, found(find, entry), maxBytes, count)),
    start: (entry, length) =>
      reading(label, () => {
        const { header, at } = found(find, entry);
        return readStart(source, header, at, length);
      }),
    content: (entry) =>
      reading(label, () => {
        const located = found(find, entry);
        const isLarge = Math.max(located.size, located.header.packedSize) > WHOLE_BYTES;
        const whole = isLarge ? undefined : readWhole(source, located, WHOLE_BYTES, count);
        return whole ?? readPieces(source, located, count, label);
      }),
  };
}

/** Returns one entry for each name: the last header, as in Java, at the position of the first one. */
function locateEntries(headers: readonly CentralHeader[], archiveStart: number): Map<string, Located> {
  const located = new Map<string, Located>();
  for (const header of headers) {
    const { name, size, offset } = header;
    const times = (located.get(name)?.times ?? 0) + 1;
    located.set(name, { name, size, times, header, at: archiveStart + offset });
  }
  return located;
}

/** Maximum compression ratio of Deflate. A larger declared size is false. */
const MAX_DEFLATE_RATIO = 1032;

function asDeclared(source: ByteSource): (entry: Located) => ArchiveEntry {
  return ({ name, size, times, header, at }) => {
    const packed = Math.max(0, Math.min(header.packedSize, source.size - at));
    return { name, times, size: header.isDeflated ? Math.min(size, packed * MAX_DEFLATE_RATIO) : packed };
  };
}

function found(find: (name: string) => Located | undefined, { name }: ArchiveEntry): Located {
  const entry = find(name);
  if (!entry) throw new RangeError(`the archive has no entry "${name}"`);
  return entry;
}

function readWhole(
  source: ByteSource,
  { name, header, at }: Located,
  maxBytes: number,
  count: UnpackedCount,
): Buffer | undefined {
  const content = readContent(source, header, at, maxBytes);
  if (content) count.unpacked(name, content.length);
  return content;
}

async function* readPieces(
  source: ByteSource,
  { name, header, at }: Located,
  count: UnpackedCount,
  label: string,
): AsyncGenerator<Buffer> {
  let length = 0;
  try {
    for await (const piece of contentPieces(source, header, at)) {
      length += piece.length;
      count.unpacked(name, length);
      yield piece;
    }
  } catch (error) {
    throw asUserError(error, label);
  }
}

function reading<T>(label: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw asUserError(error, label);
  }
}
