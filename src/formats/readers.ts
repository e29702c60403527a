import type { Inspection } from '../model/artifact.js';
import type { ByteSource } from '../model/byte-source.js';
import type { Reading } from './format.js';

/**
 * What reads the artifacts of a format, and nothing else: threads are started for it, and load only this.
 *
 * All of them throw a UserError: `artifact` or `limit` if a file cannot be read. `label` is how the file is called in
 * messages.
 */
export interface FormatReaders<I extends Inspection = Inspection> {
  readonly inspect: (source: ByteSource, reading: Reading, label: string) => I | Promise<I>;
  /** Finds out which classes a jar has and needs. Absent for a format whose files do not depend on each other. */
  readonly analyze?: (source: ByteSource, label: string, withReferences: boolean) => unknown;
  /** The checksum of a file by the rule of the format; `sitePath` is its path on the site. */
  readonly checksum: (source: ByteSource, sitePath: string, label: string) => string | Promise<string>;
}
