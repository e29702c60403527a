import type { ProblemLevels } from './problem-levels.js';
import type { Problem } from './problem.js';

/** What a maintainer says about files, by a pattern of their names; what is not said is as it was found. */
export interface FileConfig {
  /** An unversioned path of the site, such as `plugins/My_Plugin.jar`, or a glob. */
  readonly pattern: string;
  readonly description?: string;
  readonly authors?: readonly string[];
  readonly links?: readonly string[];
  readonly categories?: readonly string[];
  readonly platforms?: readonly string[];
  readonly executable?: boolean;
  /** `groupId:artifactId` of the artifact whose place the file takes. */
  readonly replaces?: string;
  readonly dependencies?: {
    /** Unversioned paths, as in the two others. */
    readonly add: readonly string[];
    readonly remove: readonly string[];
    readonly overrides: readonly string[];
  };
}

/** What a maintainer says in `.github/update-site.yml`. */
export interface SiteConfig {
  /** Where it was read, for messages. */
  readonly file: string;
  readonly name: string | undefined;
  readonly url: string | undefined;
  readonly description: string | undefined;
  /** In their order: of two that match a file, the later one wins. */
  readonly files: readonly FileConfig[];
  /** What is made of problems, by code. */
  readonly problems: ProblemLevels;
}

/** A configuration, and what is wrong with it. */
export interface ParsedConfig {
  readonly config: SiteConfig;
  readonly problems: readonly Problem[];
}
