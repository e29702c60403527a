import { setImmediate } from 'node:timers/promises';

/** How many chunks are taken before others have their turn. */
const CHUNKS_AT_ONCE = 256;
const FIRST_BYTES = 64 * 1024;

/**
 * Reads a stream to its end.
 *
 * A stream that always has a next chunk would keep timers from firing for as long as it is read, and so the deadline.
 * So the loop lets them fire now and then. Chunks are put together at once: a million of one byte take a megabyte.
 *
 * @param signal ends the reading, whether the stream heeds it or not
 * @returns undefined if there are more than `maxBytes`
 * @throws the reason of the signal
 */
export async function readBounded(
  stream: AsyncIterable<unknown>,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Buffer | undefined> {
  let buffer = Buffer.alloc(Math.min(FIRST_BYTES, maxBytes));
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
    signal.throwIfAborted();
  }
  return buffer.subarray(0, length);
}
