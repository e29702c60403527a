import type { Hash } from 'node:crypto';
import type { ByteSource } from '../model/byte-source.js';

/** Number of bytes to hash at a time: few calls, and little memory for a source of any size. */
const BLOCK_BYTES = 4 * 1024 * 1024;

/**
 * Adds all bytes of a source to a hash, block by block.
 *
 * @param hash may already contain bytes, which come first
 * @returns the same hash, for its digest
 * @throws what the source throws if it cannot be read to its end
 */
export function hashSource(source: ByteSource, hash: Hash): Hash {
  for (let offset = 0; offset < source.size; offset += BLOCK_BYTES)
    hash.update(source.read(offset, Math.min(BLOCK_BYTES, source.size - offset)));
  return hash;
}
