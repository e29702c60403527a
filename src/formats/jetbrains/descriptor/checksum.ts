import { createHash } from 'node:crypto';
import { hashSource } from '../../../archive/hash-source.js';
import type { ByteSource } from '../../../model/byte-source.js';

/**
 * Computes the checksum that identifies an archive in the history.
 *
 * @returns SHA-256 of all bytes, lower-case hex
 */
export function sha256(source: ByteSource): string {
  return hashSource(source, createHash('sha256')).digest('hex');
}
