import type { ByteSource } from '../model/byte-source.js';
import { UserError } from '../model/user-error.js';
import type { FileSources } from './ports/files.js';

/** The checksum of a file, or why it could not be computed. */
export type ChecksumResult =
  { readonly file: string; readonly checksum: string } | { readonly file: string; readonly error: UserError };

/**
 * Computes a checksum by the rule of a format.
 *
 * @param label name of the file in messages
 */
export type Checksummer = (source: ByteSource, sitePath: string, label: string) => string | Promise<string>;

/**
 * Computes the checksums of files, one after the other, even if some of them cannot be read.
 *
 * @param sitePath path on the site; `undefined` for jars, whose checksum does not depend on it
 */
export async function* checksums(
  files: readonly string[],
  sitePath: string | undefined,
  checksumOf: Checksummer,
  sources: FileSources,
): AsyncGenerator<ChecksumResult> {
  for (const file of files) {
    try {
      const source = sources.open(file);
      try {
        yield { file, checksum: await checksumOf(source, sitePath ?? file, file) };
      } finally {
        source.close();
      }
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      yield { file, error };
    }
  }
}
