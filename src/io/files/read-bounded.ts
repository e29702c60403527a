import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { codeOf } from '../reasons.js';
import { NO_LINK, NO_WAIT } from './open-flags.js';

/** Number of chunks to read before timers may run. */
const CHUNKS_AT_ONCE = 256;
const FIRST_BYTES = 64 * 1024;
/** Maximum number of bytes to read from a file at once. */
const FILE_CHUNK_BYTES = 512 * 1024;

export interface StreamReadOptions {
  /** Ends the reading even if the stream ignores it. It may be null like that of a `fetch`. */
  readonly signal?: AbortSignal | null | undefined;
  /** Expected number of bytes, which saves a copy. It is a hint, and may be wrong. */
  readonly expectedBytes?: number;
}

/**
 * Reads a stream to its end.
 *
 * A stream that always has a next chunk would block timers, and so the deadline. The loop therefore lets them run
 * now and then. Chunks are joined immediately: a million chunks of one byte take a megabyte.
 *
 * @returns `undefined` if there are more than `maxBytes`
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
 * Kinds of files that may be read.
 *
 * - `anything`: for a name that the user has given. It may be a pipe, and the reader waits for it.
 * - `files`: regular files and links to them. The reader does not wait for anything else.
 * - `files, not links`: for a name in an untrusted folder.
 */
export type Readable = 'anything' | 'files' | 'files, not links';

const FLAGS: Readonly<Record<Readable, number>> = {
  anything: constants.O_RDONLY,
  files: constants.O_RDONLY | NO_WAIT,
  'files, not links': constants.O_RDONLY | NO_WAIT | NO_LINK,
};

/** A file that is too large. The message follows the name of the file. */
export class FileTooLargeError extends Error {
  override readonly name = 'FileTooLargeError';

  /** @param size in bytes; `undefined` if it is only known to exceed `maxBytes` */
  constructor(size: number | undefined, maxBytes: number) {
    super(`has ${size ?? `more than ${maxBytes}`} bytes; at most ${maxBytes} are read`);
  }
}

/** Not a regular file, but a folder, a pipe or a device. The message follows its name. */
export class NotAFileError extends Error {
  override readonly name = 'NotAFileError';

  constructor() {
    super('is not a file');
  }
}

/**
 * Reads a whole file within a bound, even if it grows in the meantime.
 *
 * @throws {FileTooLargeError} if it has more than `maxBytes`
 * @throws {NotAFileError} if it is not a file, and only files may be read
 * @throws {NodeJS.ErrnoException} of the call that failed: `ENOENT` if the file does not exist, `ELOOP` at a link
 */
export async function readFileBounded(file: string, maxBytes: number, readable: Readable): Promise<Buffer> {
  const handle = await open(file, FLAGS[readable]).catch((error: unknown) => {
    // Code for a socket, or a device that does not exist.
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
 * Yields the rest of a file. Chunks share their memory: each is valid until the next one is requested.
 *
 * @param size expected number of bytes
 */
async function* chunksOf(handle: FileHandle, size: number): AsyncGenerator<Buffer> {
  const memory = Buffer.alloc(Math.min(FILE_CHUNK_BYTES, Math.max(size, FIRST_BYTES)));
  for (;;) {
    const { bytesRead } = await handle.read(memory, 0, memory.length, null);
    if (bytesRead === 0) return;
    yield memory.subarray(0, bytesRead);
  }
}
