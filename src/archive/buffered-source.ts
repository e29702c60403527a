import { byteSourceOf, type ByteSource } from '../model/byte-source.js';

/** Maximum size of a source that is read at once. Most jars are small, and one read is faster than thousands. */
const WHOLE_BYTES = 16 * 1024 * 1024;
/** Number of bytes to read ahead in a larger source. */
const WINDOW_BYTES = 1024 * 1024;

/**
 * Returns a source with the same bytes that needs fewer reads, because entries are adjacent and most of them are small.
 * It never buffers more than a few megabytes.
 */
export function bufferedSource(source: ByteSource): ByteSource {
  if (source.size <= WHOLE_BYTES) return byteSourceOf(source.read(0, source.size));
  let window: Buffer = Buffer.alloc(0);
  let windowStart = 0;
  return {
    size: source.size,
    read(offset, length) {
      if (length >= WINDOW_BYTES) return source.read(offset, length);
      if (offset < windowStart || offset + length > windowStart + window.length) {
        window = source.read(offset, Math.min(WINDOW_BYTES, source.size - offset));
        windowStart = offset;
      }
      if (length > window.length) throw new RangeError('read beyond the end');
      return window.subarray(offset - windowStart, offset - windowStart + length);
    },
  };
}
