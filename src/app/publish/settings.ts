import type { DependencyMode } from '../../model/dependency-mode.js';
import type { ChosenFormat } from '../../formats/format.js';
import type { FailOn } from '../../model/fail-on.js';
import type { FormatName } from '../../model/format-name.js';
import type { ParsedConfig } from '../../model/site-config.js';
import type { SitePath } from '../../model/site-path.js';
import type { Timestamp } from '../../model/timestamp.js';
import type { UpstreamSource } from '../../model/upstream.js';

/** One line of `--files`: the files and their destination. */
export interface FileRule {
  /** A glob, relative to the working directory. */
  readonly pattern: string;
  /** A folder of the site, or the exact path of one file; `undefined` if the format derives it from the file. */
  readonly destination: { readonly folder: SitePath } | { readonly path: SitePath } | undefined;
}

/**
 * The checked settings of a publication or a preview. The location of the site is not part of them; see
 * `SiteStore`.
 */
export interface Settings {
  readonly preview: boolean;
  readonly format: FormatName;
  /** The format itself, with the options that only it has. */
  readonly chosenFormat: ChosenFormat;
  readonly appDir: string | undefined;
  readonly files: readonly FileRule[];
  /** Whether `files` is the default. */
  readonly defaultFiles: boolean;
  readonly completeSite: boolean;
  readonly remove: readonly string[];
  /** Whether to set up an empty site instead of publishing files. */
  readonly empty: boolean;
  /** Whether this is a release: the workflow runs for a tag. */
  readonly isRelease: boolean;
  /** The sites that users also follow, in their order. */
  readonly upstream: readonly UpstreamSource[];
  /** The Java version of these users; `undefined` if it is not known. */
  readonly java: number | undefined;
  readonly dependencies: DependencyMode;
  /** Whether to publish required jars that no site provides. */
  readonly withDependencies: boolean;
  /** The configuration with the metadata of the site and its files; `undefined` if the file does not exist. */
  readonly config: ParsedConfig | undefined;
  /** Which problems fail the run, so that nothing is published. */
  readonly failOn: FailOn;
  /** Whether to report the changed lines of the index. */
  readonly wantsDiff: boolean;
  /** Public address of the site, or of the channel. */
  readonly siteUrl: string | undefined;
  /** Whether to check addresses on other servers before the index refers to them. */
  readonly archiveCheck: boolean;
  /** The folder of the channel to publish to; `undefined` for the site itself. */
  readonly channel: SitePath | undefined;
  /** The time of the publication, if the user gave it. */
  readonly timestamp: Timestamp | undefined;
  /** The commit message, if the user gave it. */
  readonly message: string | undefined;
}
