import type { Inspection, PayloadFacts } from '../model/artifact.js';
import type { ByteSource } from '../model/byte-source.js';
import type { Reading } from './format.js';

/**
 * The functions that read the artifacts of a format. The reading threads load nothing else of the format.
 *
 * All functions throw a UserError, `artifact` or `limit`, if a file cannot be read. `label` is the name of the file in
 * messages.
 */
export interface FormatReaders<I extends Inspection = Inspection> {
  readonly inspect: (source: ByteSource, reading: Reading, label: string) => I | Promise<I>;
  /** Returns the classes that a jar contains and references. Absent for a format without dependencies. */
  readonly analyze?: (source: ByteSource, label: string, withReferences: boolean) => unknown;
  /** Returns the checksum of a file by the rule of the format. `sitePath` is its path on the site. */
  readonly checksum: (source: ByteSource, sitePath: string, label: string) => string | Promise<string>;
  /** Reads a stored file of a site to check it. Absent for a format whose sites are not checked. */
  readonly verify?: (
    source: ByteSource,
    reading: Reading,
    label: string,
  ) => PayloadFacts | Promise<PayloadFacts>;
}
