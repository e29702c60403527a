import { createHash } from 'node:crypto';
import type { ByteSource } from '../../../model/byte-source.js';

/** Bytes that are hashed at once. */
const CHUNK_BYTES = 4 * 1024 * 1024;

/**
 * The checksum by which the history knows the archive of a version.
 *
 * @returns SHA-256 of all bytes, lower-case hex
 */
export function sha256(source: ByteSource): string {
  const hash = createHash('sha256');
  for (let at = 0; at < source.size; at += CHUNK_BYTES)
    hash.update(source.read(at, Math.min(CHUNK_BYTES, source.size - at)));
  return hash.digest('hex');
}
