import type { FormatName } from '../model/format-name.js';
import type { VerifyRequest } from './ports/inspector.js';
import type { LocalFile } from './ports/site-source.js';
import type { StoredPayload } from './stored-payloads.js';

/** Maximum size of a payload, in bytes. */
export const MAX_PAYLOAD_BYTES = 2 * 1024 * 1024 * 1024;

/** Returns the request that compares a payload on this machine with what its index states. */
export function verifyRequest(
  format: FormatName,
  {
    path,
    storedPath,
    checksums,
  }: Pick<StoredPayload, 'checksums'> & { readonly path: string; readonly storedPath: string },
  { file, size }: Pick<Extract<LocalFile, { status: 'there' }>, 'file' | 'size'>,
): VerifyRequest {
  return { task: 'verify', format, file, size, sitePath: path, knownChecksums: checksums, label: storedPath };
}
