import { UserError } from '../model/user-error.js';
import type { FileSources } from './ports.js';
import { imagejChecksum } from '../formats/registry.js';

/** The checksum of a file, or why there is none. */
export type ChecksumResult =
  { readonly file: string; readonly checksum: string } | { readonly file: string; readonly error: UserError };

/**
 * Tells the checksums of files as ImageJ counts them, one after the other. A file that cannot be read does not keep
 * the others from being told.
 *
 * @param sitePath path on the site; undefined for jars, whose checksum does not depend on it
 */
export async function* checksums(
  files: readonly string[],
  sitePath: string | undefined,
  sources: FileSources,
): AsyncGenerator<ChecksumResult> {
  for (const file of files) {
    try {
      const source = sources.open(file);
      try {
        yield { file, checksum: await imagejChecksum(source, sitePath ?? file, file) };
      } finally {
        source.close();
      }
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      yield { file, error };
    }
  }
}
