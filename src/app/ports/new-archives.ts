import type { SitePath } from '../../model/site-path.js';

/** The content of a file in a new archive: bytes, or a file of this machine as it was when it was read. */
export type EntryContent =
  Uint8Array | { readonly file: string; readonly size: number; readonly modified: number };

/** An archive that is being written. It gets its name when it is complete. */
export interface NewArchive {
  /**
   * Adds a file at the end.
   *
   * @returns the SHA-256 of what was written, in lower-case hexadecimal
   * @throws {UserError} `site` if the file has changed, or if the archive cannot be written
   */
  readonly add: (path: SitePath, content: EntryContent, isExecutable: boolean) => Promise<string>;
  /**
   * Completes the archive and gives it its name.
   *
   * @returns its size in bytes
   * @throws {UserError} `site` if it cannot be written
   */
  readonly finish: () => Promise<number>;
  /** Removes an archive that is not complete. Does nothing if it is. */
  readonly discard: () => Promise<void>;
}

/** Creates archives. */
export interface NewArchives {
  /**
   * @param overwrite whether an existing file is replaced
   * @throws {UserError} `site` if the file exists and is not replaced, or if it cannot be written
   */
  readonly create: (file: string, overwrite: boolean) => Promise<NewArchive>;
}
