/**
 * Reads zip and jar archives from their bytes, within bounds, as Java reads them. It decides what an entry is called, what
 * it holds, and what is refused as damaged; it knows neither files nor formats.
 *
 * @module
 */

import type { ByteSource } from '../model/byte-source.js';
import { bufferedSource } from './buffered-source.js';
import { contentPieces, readContent } from './content.js';
import { parseDirectory, type CentralHeader } from './directory.js';
import { ArchiveError, asUserError } from './error.js';
import { DEFAULT_ARCHIVE_LIMITS, type ArchiveLimits } from './limits.js';
import { locateDirectory } from './locate.js';
import { createUnpackedCount, type UnpackedCount } from './unpacked-count.js';

/**
 * Entries up to this size are unpacked in one piece, in bytes. Almost all entries of real jars are smaller; of the
 * others there is a piece of some hundred kilobytes in memory at a time.
 */
const WHOLE_BYTES = 8 * 1024 * 1024;

/** One name of an archive's directory. It is not safe as a path. */
export interface ArchiveEntry {
  readonly name: string;
  /** Unpacked size in bytes, as the directory says, whether that is true or not. */
  readonly size: number;
  /** How many entries have this name: more than 1 in some jars. Java reads the last of them only, and so do we. */
  readonly times: number;
}

/** An archive whose directory was read. Its content is what `java.util.zip.ZipFile` finds in it. */
export interface Archive {
  /** How the file is called in messages. */
  readonly label: string;
  /** Each name once, in the order of the directory. */
  readonly entries: readonly ArchiveEntry[];
  /** The entry of this name; undefined if there is none. */
  find(name: string): ArchiveEntry | undefined;
  /**
   * The unpacked content of an entry.
   *
   * @returns undefined if it is longer than `maxBytes`
   * @throws {UserError} `artifact` if it cannot be unpacked, `limit` if the archive holds more than it said
   */
  read(entry: ArchiveEntry, maxBytes: number): Buffer | undefined;
  /**
   * The unpacked content of an entry, however long it is: in one piece if it has a few megabytes, else piece by piece.
   *
   * @throws {UserError} as {@link read}, at once or while the pieces are read
   */
  content(entry: ArchiveEntry): Buffer | AsyncIterable<Buffer>;
}

/**
 * Opens a zip or jar. What Java refuses is refused, and what Java reads is read, if it is within the limits.
 *
 * @param source the bytes of the file
 * @param label how the file is called in messages
 * @throws {UserError} `artifact` if it is not an archive or a damaged one, `limit` if it exceeds a bound
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

/** An entry, and where it is. */
interface Located extends ArchiveEntry {
  readonly header: CentralHeader;
  /** Where its local header is in the file, in bytes. */
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
    content: (entry) =>
      reading(label, () => {
        const it = found(find, entry);
        const isLarge = Math.max(it.size, it.header.packedSize) > WHOLE_BYTES;
        const whole = isLarge ? undefined : readWhole(source, it, WHOLE_BYTES, count);
        return whole ?? readPieces(source, it, count, label);
      }),
  };
}

/** One entry for each name. The last header of a name is the one that Java finds; the first gives it its place. */
function locateEntries(headers: readonly CentralHeader[], archiveStart: number): Map<string, Located> {
  const located = new Map<string, Located>();
  for (const header of headers) {
    const { name, size, offset } = header;
    const times = (located.get(name)?.times ?? 0) + 1;
    located.set(name, { name, size, times, header, at: archiveStart + offset });
  }
  return located;
}

/** Deflate packs a thousand times at best, and what is stored is as long as it is: a size beyond is not true. */
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
