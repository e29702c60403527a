import type { AppFolderRules } from '../../model/app-folder.js';
import type { ByteSource } from '../../model/byte-source.js';
import type { Problem } from '../../model/problem.js';

/** A file on this machine, as it was when it was found. */
export interface FoundFile {
  readonly file: string;
  /** Size in bytes. */
  readonly size: number;
  /** When it was written last, in milliseconds since 1970. */
  readonly modified: number;
  readonly executable: boolean;
}

/** What a pattern matches. */
export interface FoundFiles {
  readonly files: readonly FoundFile[];
  readonly problems: readonly Problem[];
}

/** A file below a folder, with its `/`-separated path relative to it. */
export interface FoundBelow extends FoundFile {
  readonly path: string;
}

/** The files of a build. */
export interface ArtifactFiles {
  /** The files that a pattern matches, sorted, and an error for each that must not be published. */
  readonly match: (pattern: string) => Promise<FoundFiles>;
  /**
   * The files below a folder, sorted.
   *
   * @param rules which folders are looked into, and which links must not lead out
   * @throws {UserError} `artifact` where the folder does not exist or cannot be read, or a link that leads to tracked files
   *   leads out of it
   */
  readonly below: (folder: string, rules: AppFolderRules) => Promise<readonly FoundBelow[]>;
  /**
   * Those of the paths below a folder that are something other than a folder, whether it can be published or not.
   *
   * @param paths relative to the folder
   */
  readonly present: (folder: string, paths: readonly string[]) => Promise<readonly string[]>;
}

/** Opens files for reading piece by piece. */
export interface FileSources {
  readonly open: (file: string) => ByteSource & { readonly close: () => void };
}
