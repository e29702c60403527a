import type { DependencyMode } from '../../model/dependency-mode.js';
import type { ChosenFormat } from '../../formats/format.js';
import type { FormatName } from '../../model/format-name.js';
import type { ParsedConfig } from '../../model/site-config.js';
import type { SitePath } from '../../model/site-path.js';
import type { Timestamp } from '../../model/timestamp.js';
import type { UpstreamSource } from '../../model/upstream.js';

/** How bad a problem must be to fail the run. Whatever it says, nothing is published where there are errors. */
export const FAIL_ON = ['error', 'warning', 'never'] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** One line of `--files`: which files, and where they go. */
export interface FileRule {
  /** A glob, relative to the working directory. */
  readonly pattern: string;
  /** A folder of the site, or the exact path of one file; undefined where it is to be found from the file. */
  readonly destination: { readonly folder: SitePath } | { readonly path: SitePath } | undefined;
}

/** What a publication or a preview was asked to do, checked. Where the site is kept is the store's business. */
export interface Settings {
  readonly preview: boolean;
  readonly format: FormatName;
  /** The format itself, with what was said in the options that only it has. */
  readonly chosenFormat: ChosenFormat;
  readonly appDir: string | undefined;
  readonly files: readonly FileRule[];
  /** Whether `files` is what is taken when nothing was said. */
  readonly defaultFiles: boolean;
  readonly completeSite: boolean;
  readonly remove: readonly string[];
  /** Whether a release is published: the workflow runs for a tag. */
  readonly isRelease: boolean;
  /** The sites that users also follow, in their order. */
  readonly upstream: readonly UpstreamSource[];
  /** The Java that those users run; undefined where that is not known. */
  readonly java: number | undefined;
  readonly dependencies: DependencyMode;
  /** Whether the jars that the named ones need, and nobody serves, are published too. */
  readonly withDependencies: boolean;
  /** What the maintainer says about the site and its files; undefined where there is no such file. */
  readonly config: ParsedConfig | undefined;
  /** What keeps a publication from being made, and the run from succeeding. */
  readonly failOn: FailOn;
  /** Whether the lines of the index that change are wanted. */
  readonly wantsDiff: boolean;
  /** Public address of the site, or of the channel. */
  readonly siteUrl: string | undefined;
  /** Whether addresses on other servers are asked before a publication leads users to them. */
  readonly archiveCheck: boolean;
  /** The folder of the site that is published to; undefined for the site itself. */
  readonly channel: SitePath | undefined;
  /** The moment of the publication, where the user gave it. */
  readonly timestamp: Timestamp | undefined;
  /** The message of the commit, where the user gave it. */
  readonly message: string | undefined;
}
