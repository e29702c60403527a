import type { ProblemLevels } from './problem-levels.js';
import type { Problem } from './problem.js';

/** Metadata that the maintainer sets for the files that match a pattern. Other metadata comes from the files. */
export interface FileConfig {
  /** An unversioned path of the site, such as `plugins/My_Plugin.jar`, or a glob. */
  readonly pattern: string;
  readonly description?: string;
  readonly authors?: readonly string[];
  readonly links?: readonly string[];
  readonly categories?: readonly string[];
  readonly platforms?: readonly string[];
  readonly executable?: boolean;
  /** `groupId:artifactId` of the artifact that the file replaces. */
  readonly replaces?: string;
  readonly dependencies?: {
    /** Unversioned paths, as in `remove` and `overrides`. */
    readonly add: readonly string[];
    readonly remove: readonly string[];
    readonly overrides: readonly string[];
  };
}

/** The configuration that is used if the user names none, for messages. */
export const DEFAULT_CONFIG = '.github/update-site.yml';

/** The configuration of a site: {@link DEFAULT_CONFIG}, or the file that the user names. */
export interface SiteConfig {
  /** Path of the file, for messages. */
  readonly file: string;
  readonly name: string | undefined;
  readonly url: string | undefined;
  readonly description: string | undefined;
  /** In file order: if two patterns match a file, the later one wins. */
  readonly files: readonly FileConfig[];
  /** Levels of problems, by code. */
  readonly problems: ProblemLevels;
}

/** A configuration, and the problems found in it. */
export interface ParsedConfig {
  readonly config: SiteConfig;
  readonly problems: readonly Problem[];
}
