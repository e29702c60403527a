import { inflateRawSync } from 'node:zlib';
import yauzl from 'yauzl';
import type { ByteSource } from '../model/byte-source.js';
import { messageOf, UserError } from '../model/user-error.js';
import { bufferedSource } from './buffered-source.js';
import { DEFAULT_ARCHIVE_LIMITS, type ArchiveLimits } from './limits.js';
import { locateArchive, type ArchiveLocation } from './locate.js';

const STORED = 0;
const DEFLATED = 8;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_HEADER_BYTES = 30;

/** One entry of an archive's directory. Names are neither unique nor safe as paths. */
export interface ArchiveEntry {
  readonly name: string;
  /** Unpacked size in bytes, as the directory says; {@link Archive.read} holds the entry to it. */
  readonly size: number;
}

/** An archive whose directory was read. */
export interface Archive {
  /** In the order of the directory. */
  readonly entries: readonly ArchiveEntry[];
  /**
   * The unpacked content of an entry.
   *
   * @throws {UserError} `artifact` where it cannot be unpacked to what the directory promises
   */
  read(entry: ArchiveEntry): Buffer;
}

interface LocatedEntry extends ArchiveEntry {
  readonly raw: yauzl.Entry;
}

/**
 * Opens a zip or jar.
 *
 * @param source the bytes of the file
 * @param label how the file is called in messages
 * @throws {UserError} `artifact` where it is no archive or a damaged one, `limit` where it exceeds a bound
 */
export async function openArchive(
  source: ByteSource,
  label: string,
  limits: ArchiveLimits = DEFAULT_ARCHIVE_LIMITS,
): Promise<Archive> {
  const location = source.size === 0 ? undefined : locateArchive(bufferedSource(source));
  if (!location) {
    throw damaged(label, source.size === 0 ? 'the file is empty' : 'it is no zip archive, or cut short');
  }
  if (location.entryCount > limits.maxEntries || location.directoryBytes > limits.maxDirectoryBytes) {
    throw tooLarge(label, `it has ${location.entryCount} entries; at most ${limits.maxEntries} are read`);
  }
  const { archive } = location;
  const zip = await openDirectory(archive, location, label);
  const entries = await readEntries(zip, label);
  checkSizes(entries, source.size, label, limits);
  return {
    entries,
    read: (entry) => unpack(archive, entry as LocatedEntry, label),
  };
}

/** Hands yauzl the bytes without a file, a stream or a tick of the event loop for every piece. */
class SourceReader extends yauzl.RandomAccessReader {
  constructor(private readonly source: ByteSource) {
    super();
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    let failure: Error | null = null;
    try {
      this.source.read(position, length).copy(buffer, offset);
    } catch (error) {
      failure = new Error('it is cut short', { cause: error });
    }
    callback(failure);
  }
}

function openDirectory(
  archive: ByteSource,
  location: ArchiveLocation,
  label: string,
): Promise<yauzl.ZipFile> {
  // The directory is read entry by entry: keep it in memory while that goes on.
  const { directoryStart, directoryBytes } = location;
  const directory = readOrUndefined(archive, directoryStart, directoryBytes);
  if (!directory) throw damaged(label, 'its directory is cut short');
  const source: ByteSource = {
    size: archive.size,
    read: (offset, length) =>
      offset >= directoryStart && offset + length <= directoryStart + directoryBytes
        ? directory.subarray(offset - directoryStart, offset - directoryStart + length)
        : archive.read(offset, length),
  };
  return new Promise((resolve, reject) => {
    yauzl.fromRandomAccessReader(
      new SourceReader(source),
      archive.size,
      { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true },
      (error, zip) => {
        if (error) reject(damaged(label, error.message, error));
        else resolve(zip);
      },
    );
  });
}

/** Reads the directory in one go: the reader answers at once, so that no entry has to wait for the event loop. */
function readEntries(zip: yauzl.ZipFile, label: string): Promise<LocatedEntry[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const entries: LocatedEntry[] = [];
  return new Promise((resolve, reject) => {
    let reading = false;
    const readAll = () => {
      // An entry that does come later, such as one without a name, goes on from where this loop was left.
      reading = true;
      let before = -1;
      while (before < entries.length && entries.length < zip.entryCount) {
        before = entries.length;
        zip.readEntry();
      }
      reading = false;
      if (entries.length === zip.entryCount) resolve(entries);
    };
    zip.on('entry', (raw: yauzl.Entry) => {
      try {
        entries.push({ name: decodeName(decoder, raw, label), size: raw.uncompressedSize, raw });
      } catch (error) {
        zip.emit('error', error);
        return;
      }
      if (!reading) readAll();
    });
    zip.on('error', (error: unknown) => {
      reject(
        error instanceof UserError
          ? error
          : damaged(label, `its directory cannot be read: ${messageOf(error)}`, error),
      );
    });
    readAll();
  });
}

function decodeName(decoder: InstanceType<typeof TextDecoder>, raw: yauzl.Entry, label: string): string {
  try {
    return decoder.decode(raw.fileNameRaw);
  } catch (error) {
    // The official updater refuses it too, whatever the flags of the entry say about the encoding.
    const shown = raw.fileNameRaw.toString('latin1');
    throw damaged(label, `the name of the entry "${shown}" is not UTF-8`, error);
  }
}

function checkSizes(
  entries: readonly LocatedEntry[],
  packed: number,
  label: string,
  limits: ArchiveLimits,
): void {
  let total = 0;
  for (const { name, size, raw } of entries) {
    if (size > limits.maxEntryBytes) {
      throw tooLarge(
        label,
        `the entry "${name}" unpacks to ${size} bytes; at most ${limits.maxEntryBytes} are read`,
      );
    }
    if (raw.isEncrypted()) throw damaged(label, `the entry "${name}" is encrypted`);
    if (raw.compressionMethod !== STORED && raw.compressionMethod !== DEFLATED) {
      throw damaged(
        label,
        `the entry "${name}" is packed by method ${raw.compressionMethod}, which Java does not read`,
      );
    }
    total += size;
  }
  if (total > limits.maxUnpackedBytes) {
    throw tooLarge(label, `it unpacks to ${total} bytes; at most ${limits.maxUnpackedBytes} are read`);
  }
  if (total > limits.ratioFloorBytes && total > packed * limits.maxRatio) {
    throw tooLarge(
      label,
      `its ${packed} bytes unpack to ${total}, more than ${limits.maxRatio} times as many`,
    );
  }
}

/**
 * Where the packed bytes of an entry begin: behind its local header, whose length only that header tells. Read here
 * and not by yauzl, whose way goes over a callback for each of many thousand entries.
 */
function dataStart(archive: ByteSource, { name, raw }: LocatedEntry, label: string): number {
  const at = raw.relativeOffsetOfLocalHeader;
  const header = readOrUndefined(archive, at, LOCAL_HEADER_BYTES);
  if (header?.readUInt32LE(0) !== LOCAL_SIGNATURE) {
    throw damaged(label, `the entry "${name}" is not where the directory says`);
  }
  return at + LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
}

function unpack(archive: ByteSource, entry: LocatedEntry, label: string): Buffer {
  const { name, size, raw } = entry;
  const packed = readOrUndefined(archive, dataStart(archive, entry, label), raw.compressedSize);
  if (!packed) throw damaged(label, `the entry "${name}" is cut short`);
  if (raw.compressionMethod === STORED) return packed;
  let content: Buffer;
  try {
    // One byte more than promised, so that an entry that holds more is noticed and never fills the memory.
    content = inflateRawSync(packed, { maxOutputLength: size + 1, chunkSize: Math.max(64, size + 1) });
  } catch (error) {
    throw damaged(label, `the entry "${name}" cannot be unpacked: ${messageOf(error)}`, error);
  }
  if (content.length !== size) {
    throw damaged(label, `the entry "${name}" unpacks to ${content.length} bytes instead of ${size}`);
  }
  return content;
}

function readOrUndefined(source: ByteSource, offset: number, length: number): Buffer | undefined {
  return offset + length > source.size ? undefined : source.read(offset, length);
}

function damaged(label: string, reason: string, cause?: unknown): UserError {
  return new UserError('artifact', `${label} cannot be read: ${reason}.`, {
    hint: 'Build it again, and check that it opens with "jar tf".',
    cause,
  });
}

function tooLarge(label: string, reason: string): UserError {
  return new UserError('limit', `${label} is beyond what is read: ${reason}.`, {
    hint: 'An archive like this is almost always damaged or hostile. If it is neither, please open an issue.',
  });
}
