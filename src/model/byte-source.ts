/**
 * Bytes that are read in pieces: a file on disk, or a buffer. Reading is synchronous because whole jars are read on
 * threads of their own.
 */
export interface ByteSource {
  /** Length in bytes. */
  readonly size: number;
  /**
   * Returns exactly `length` bytes from `offset` on.
   *
   * @throws {RangeError} if the source is shorter
   */
  readonly read: (offset: number, length: number) => Buffer;
}

/** Creates a source from bytes in memory. */
export function byteSourceOf(bytes: Uint8Array): ByteSource {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    size: buffer.length,
    read(offset, length) {
      if (offset < 0 || length < 0 || offset + length > buffer.length) {
        throw new RangeError(`bytes ${offset} to ${offset + length} are beyond the end (${buffer.length})`);
      }
      return buffer.subarray(offset, offset + length);
    },
  };
}
