/**
 * Bytes that are read piece by piece: a file on disk, or a buffer. Reading is synchronous, because whoever reads
 * whole jars does so on a thread made for it.
 */
export interface ByteSource {
  /** Length in bytes. */
  readonly size: number;
  /**
   * The bytes from `offset` on, exactly `length` of them.
   *
   * @throws {RangeError} where the source is shorter
   */
  readonly read: (offset: number, length: number) => Buffer;
}

/** A source over bytes in memory. */
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
