import { byteSourceOf, type ByteSource } from '../model/byte-source.js';

/** Sources up to this size are read at once: most jars are small, and one read is faster than thousands. */
const WHOLE_BYTES = 16 * 1024 * 1024;
/** What is read ahead of a larger source, in bytes. */
const WINDOW_BYTES = 1024 * 1024;

/**
 * The same bytes with fewer reads, and never more than a few megabytes of them kept: entries lie side by side, and
 * most of them are small.
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
