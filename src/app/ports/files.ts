import type { AppFolderRules } from '../../model/app-folder.js';
import type { ByteSource } from '../../model/byte-source.js';
import type { Problem } from '../../model/problem.js';
import type { LocalFile } from './site-source.js';

/** A local file, as it was when it was found. */
export interface FoundFile {
  readonly file: string;
  /** Size in bytes. */
  readonly size: number;
  /** Time of the last change, in milliseconds since 1970. */
  readonly modified: number;
  readonly executable: boolean;
}

/** Result of a pattern. */
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
  /** Returns the files that a pattern matches, sorted, with an error for each file that must not be published. */
  readonly match: (pattern: string) => Promise<FoundFiles>;
  /**
   * Returns the files below a folder, sorted.
   *
   * @param rules which folders to enter, and which links must not lead out
   * @throws {UserError} `artifact` if the folder does not exist or cannot be read, or if a link to tracked files
   *   leads out of it
   */
  readonly below: (folder: string, rules: AppFolderRules) => Promise<readonly FoundBelow[]>;
  /**
   * Returns those paths below a folder that exist and are not folders, whether or not they can be published.
   *
   * @param paths relative to the folder
   */
  readonly present: (folder: string, paths: readonly string[]) => Promise<readonly string[]>;
}

/** Opens files for reading piece by piece. */
export interface FileSources {
  readonly open: (file: string) => ByteSource & { readonly close: () => void };
}

/** A folder for temporary files. */
export interface TempFolder {
  /** Absolute path. */
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/** Creates folders for temporary files. */
export interface TempFolders {
  readonly make: () => Promise<TempFolder>;
}

/** A folder for copies that a later run may find again. */
export interface CopyFolder extends TempFolder {
  /** Returns a copy that an earlier run has made. */
  readonly present: (file: string) => Promise<Extract<LocalFile, { status: 'there' }> | undefined>;
}
