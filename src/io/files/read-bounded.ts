import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { codeOf } from '../reasons.js';
import { NO_LINK, NO_WAIT } from './open-flags.js';

/** How many chunks are taken before others have their turn. */
const CHUNKS_AT_ONCE = 256;
const FIRST_BYTES = 64 * 1024;
/** Most bytes that are asked of a file at once. */
const FILE_CHUNK_BYTES = 512 * 1024;

export interface StreamReadOptions {
  /** Ends the reading, whether the stream heeds it or not. It may be null because that of a `fetch` may. */
  readonly signal?: AbortSignal | null | undefined;
  /** How many bytes there should be; they then fit without a copy. It is a hint, and may be wrong. */
  readonly expectedBytes?: number;
}

/**
 * Reads a stream to its end.
 *
 * A stream that always has a next chunk would keep timers from firing for as long as it is read, and so the deadline.
 * So the loop lets them fire now and then. Chunks are put together at once: a million of one byte take a megabyte.
 *
 * @returns undefined if there are more than `maxBytes`
 * @throws the reason of the signal
 */
export async function readStreamBounded(
  stream: AsyncIterable<unknown>,
  maxBytes: number,
  { signal, expectedBytes = FIRST_BYTES }: StreamReadOptions = {},
): Promise<Buffer | undefined> {
  let buffer = Buffer.alloc(Math.min(expectedBytes, maxBytes));
  let length = 0;
  let chunks = 0;
  for await (const chunk of stream) {
    const bytes = chunk as Uint8Array;
    const end = length + bytes.length;
    if (end > maxBytes) return undefined;
    if (end > buffer.length) {
      const larger = Buffer.alloc(Math.min(maxBytes, Math.max(end, 2 * buffer.length)));
      buffer.copy(larger, 0, 0, length);
      buffer = larger;
    }
    buffer.set(bytes, length);
    length = end;
    if (++chunks % CHUNKS_AT_ONCE === 0) await setImmediate();
    signal?.throwIfAborted();
  }
  return buffer.subarray(0, length);
}

/**
 * What may be read under a name.
 *
 * - `anything`: for a name that the user has given. It may be a pipe, which is waited for.
 * - `files`: regular files, and links to them. Nothing else is waited for.
 * - `files, not links`: for a name in a folder that a stranger may have filled.
 */
export type Readable = 'anything' | 'files' | 'files, not links';

const FLAGS: Readonly<Record<Readable, number>> = {
  anything: constants.O_RDONLY,
  files: constants.O_RDONLY | NO_WAIT,
  'files, not links': constants.O_RDONLY | NO_WAIT | NO_LINK,
};

/** A file that has more bytes than are read. The message follows the name of the file. */
export class FileTooLargeError extends Error {
  override readonly name = 'FileTooLargeError';

  /** @param size in bytes; undefined if only so much is known that it has more than `maxBytes` */
  constructor(size: number | undefined, maxBytes: number) {
    super(`has ${size ?? `more than ${maxBytes}`} bytes; at most ${maxBytes} are read`);
  }
}

/** Something other than a regular file: a folder, a pipe, a device. The message follows its name. */
export class NotAFileError extends Error {
  override readonly name = 'NotAFileError';

  constructor() {
    super('is not a file');
  }
}

/**
 * Reads a file whole, however it changes in the meantime.
 *
 * @throws {FileTooLargeError} if it has more than `maxBytes`
 * @throws {NotAFileError} if it is not a file, and only files may be read
 * @throws {NodeJS.ErrnoException} of the call that failed: `ENOENT` if there is nothing, `ELOOP` at a link
 */
export async function readFileBounded(file: string, maxBytes: number, readable: Readable): Promise<Buffer> {
  const handle = await open(file, FLAGS[readable]).catch((error: unknown) => {
    // A socket, or a device that does not exist.
    throw readable !== 'anything' && codeOf(error) === 'ENXIO' ? new NotAFileError() : error;
  });
  try {
    const kind = await handle.stat();
    if (readable !== 'anything' && !kind.isFile()) throw new NotAFileError();
    if (kind.size > maxBytes) throw new FileTooLargeError(kind.size, maxBytes);
    const bytes = await readStreamBounded(chunksOf(handle, kind.size), maxBytes, {
      expectedBytes: kind.size,
    });
    if (bytes === undefined) throw new FileTooLargeError(undefined, maxBytes);
    return bytes;
  } finally {
    await handle.close();
  }
}

/**
 * The content of a file from where it stands. A chunk is valid until the next one is asked for: they share their memory.
 *
 * @param size how many bytes there should be
 */
async function* chunksOf(handle: FileHandle, size: number): AsyncGenerator<Buffer> {
  const memory = Buffer.alloc(Math.min(FILE_CHUNK_BYTES, Math.max(size, FIRST_BYTES)));
  for (;;) {
    const { bytesRead } = await handle.read(memory, 0, memory.length, null);
    if (bytesRead === 0) return;
    yield memory.subarray(0, bytesRead);
  }
}
