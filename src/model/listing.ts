import type { FormatName } from './format-name.js';
import type { PastPublication } from './past-publication.js';
import type { Timestamp } from './timestamp.js';

/** A file of a site as its index describes it. What the index does not state is `undefined`. */
export interface ListedFile {
  /** Path on the site, or `ID@VERSION` of a plugin whose archive is elsewhere. */
  readonly path: string;
  readonly version: string | undefined;
  /** In bytes. */
  readonly size: number | undefined;
  readonly timestamp: Timestamp | undefined;
  readonly checksum: string | undefined;
  /** Whether clients are offered it. */
  readonly isCurrent: boolean;
  /** Number of previous versions in the index. */
  readonly previous: number;
  /** Set if it is a plugin for IDEs. */
  readonly plugin?: ListedPlugin;
}

/** What the index of a plugin repository states about a version. */
export interface ListedPlugin {
  readonly id: string;
  /** The range of IDEs, in words: `2024.2 to 2025.1`. */
  readonly ides: string;
  /** Empty for all systems. */
  readonly systems: readonly string[];
  /** Address of the archive. */
  readonly address: string;
}

/** A file that another one needs or replaces. */
export interface ListedDependency {
  /** Path without its version, or the id of a plugin. */
  readonly path: string;
  readonly timestamp: Timestamp | undefined;
  /** Whether the other one replaces it instead of needing it. */
  readonly overrides: boolean;
}

/** A version that users may still have. */
export interface ListedVersion {
  readonly path: string;
  readonly version: string | undefined;
  readonly timestamp: Timestamp | undefined;
  /** When it ceased to be the current one. */
  readonly timestampObsolete: Timestamp | undefined;
  readonly checksum: string | undefined;
  /** Where its stored file is: a path on the site, or an address; `undefined` if that is not known. */
  readonly payload: string | undefined;
}

/** All that the index states about a file. */
export interface FileDetails {
  /** Where the stored file of the current version is: a path on the site, or an address. */
  readonly payload: string | undefined;
  /** Name for people, if it differs from the path. */
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly changeNotes: string | undefined;
  readonly authors: readonly string[];
  readonly links: readonly string[];
  readonly categories: readonly string[];
  /** Empty for all platforms. */
  readonly platforms: readonly string[];
  /** Whether clients make it executable. */
  readonly executable: boolean;
  /** The builds of IDEs as in the index: `242.1 to 252.*`. */
  readonly builds: string | undefined;
  /** Whether it is signed, in words. */
  readonly signed: string | undefined;
  readonly dependencies: readonly ListedDependency[];
  /** Paths of the current files that need it. */
  readonly dependents: readonly string[];
  /** Newest first. */
  readonly previousVersions: readonly ListedVersion[];
}

/** A file with all that the index states about it. */
export interface DetailedFile extends ListedFile {
  readonly details: FileDetails;
}

/** Files of a site. */
export interface Listing<File extends ListedFile = ListedFile> {
  readonly format: FormatName;
  /** The site, in words. */
  readonly site: string;
  /** The timestamp or commit of the listed state; `undefined` for the current state. */
  readonly at: string | undefined;
  /** Whether this is the index as it was stored; otherwise it was concluded from a later one. */
  readonly isExact: boolean;
  /** In the order of the index. */
  readonly files: readonly File[];
  /** Number of obsolete files that were left out. */
  readonly hidden: number;
}

/** All that is known about a file of a site, or about several variants of it. */
export interface FileListing extends Listing<DetailedFile> {
  /** Whether stored files exist, by their paths. Without those for which this is unknown. */
  readonly presence: ReadonlyMap<string, boolean>;
  /** The stored publications that changed it, newest first; `undefined` for a place that does not keep earlier states. */
  readonly publications: readonly PastPublication[] | undefined;
}
