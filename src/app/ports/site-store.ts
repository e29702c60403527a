/**
 * What use cases ask of the outside, one file a topic: the place of a site (this file), files, the reading of artifacts, web
 * servers, GitHub, the log. `io` and `stores` implement it.
 *
 * @module
 */

import type { Payload } from '../../model/plan.js';
import type { CodeOf } from '../../model/problem.js';
import type { SitePath } from '../../model/site-path.js';

/** The stored files of a site, as far as their sizes are known without fetching them. */
export interface SiteUsage {
  /** Sum of the sizes that are known, in bytes. */
  readonly bytes: number;
  /** How many files have a size that is not known. */
  readonly unmeasured: number;
}

/** What a site can hold. */
export interface SiteBudget {
  readonly maxFileBytes: number;
  readonly warnFileBytes: number;
  readonly maxSiteBytes: number;
  readonly warnSiteBytes: number;
}

/** How much a batch of files may hold, in bytes. */
export interface ReadLimits {
  readonly maxBytesEach: number;
  readonly maxBytesTotal: number;
}

/** When a state of a site was written. */
export interface LastChange {
  readonly date: Date;
  /** How long after that it may have been deployed, in milliseconds. */
  readonly deploymentMs: number;
}

/** What a site has in a place where a file must be written. */
export interface Obstacle {
  /** The file that cannot be written. */
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

/** A file that would be written and not served, and why. */
export interface Unserved {
  readonly path: string;
  readonly code: CodeOf<'warning'>;
  readonly message: string;
  readonly hint: string;
}

/** What a place remembers of the states of a site before this one. */
export interface SiteHistory {
  /**
   * When the site was changed last; undefined if that is not known.
   *
   * @param indexPath path of the index on the site
   */
  readonly lastChange: (indexPath: SitePath) => Promise<LastChange | undefined>;
}

/** A state of the site. */
export interface SiteSnapshot {
  /** Whether there is no site yet. */
  readonly isNew: boolean;
  /** Undefined if there is no such file. */
  readonly readFile: (path: SitePath) => Promise<Uint8Array | undefined>;
  /** The paths of all files of the site. */
  readonly listFiles: () => Promise<readonly string[]>;
  /**
   * Reads payloads in one batch. Absent if the store cannot do that at a reasonable price.
   *
   * @returns bytes by path; files that are not there or exceed a limit are left out
   */
  readonly readFiles?: (
    paths: readonly SitePath[],
    limits: ReadLimits,
  ) => Promise<ReadonlyMap<string, Uint8Array>>;
  /**
   * Those of the paths that the site has no file at. Absent if looking for them would cost a request for each.
   */
  readonly missingFiles?: (paths: readonly string[]) => Promise<readonly string[]>;
  /**
   * What stands where files with these paths must be written, and cannot be replaced by them. Absent if the site has
   * nothing.
   */
  readonly obstacles?: (paths: readonly SitePath[]) => Promise<readonly Obstacle[]>;
  /** Which of these files will not be served once they are written. Absent if all are. */
  readonly unserved?: (paths: readonly SitePath[]) => readonly Unserved[];
  /** Absent for a store that remembers nothing. */
  readonly history?: SiteHistory;
  /**
   * Absent where the store has no budget.
   *
   * @param stated sizes that the index states, by path, for files that are not measured otherwise, in bytes
   */
  readonly usage?: (stated: ReadonlyMap<string, number>) => Promise<SiteUsage>;
  /**
   * Finds other places of the store that have this file of a site, most likely first. Absent if the store has only one
   * place. Only called if the site does not have the file: it may ask the remote.
   */
  readonly otherSites?: (path: SitePath) => Promise<readonly OtherSite[]>;
}

/** Where else a store has a site: what differs from where the site was looked for. */
export interface OtherSite {
  /** Undefined for the same branch. */
  readonly branch?: string;
  /** Folder on the branch, empty for its root; undefined for the same folder. */
  readonly directory?: string;
}

/** A copy of a payload that belongs to the store alone, so that its bytes do not change any more. */
export interface PayloadCopy {
  readonly payload: Payload;
  /** Absolute path of the copy. */
  readonly file: string;
}

export interface Publication {
  readonly payloads: readonly Payload[];
  /** Stored paths of those that the index of the site names already, and the site lacked. */
  readonly restored: readonly SitePath[];
  /**
   * Compares copies with what the index promises. A store calls it for every payload, publishes exactly the bytes that
   * were compared, and publishes nothing if it throws.
   *
   * @throws {UserError} `artifact` if one differs: the file has changed since it was read
   */
  readonly verify: (copies: readonly PayloadCopy[]) => Promise<void>;
  /** Paths of files that go; those that are not there are no fault. */
  readonly removals: readonly SitePath[];
  readonly indexFiles: readonly { readonly path: SitePath; readonly bytes: Uint8Array }[];
  readonly message: string;
  /** When, for stores that keep a history. */
  readonly date: Date;
}

export type PublishResult =
  | { readonly status: 'published'; readonly commit: string | undefined }
  /** Somebody else has changed the site since the snapshot: plan again. */
  | { readonly status: 'lost race' };

/** Where a site is read. */
export interface SiteSource {
  /** For messages: `branch gh-pages of https://…`. */
  readonly description: string;
  /**
   * Reads the newest state.
   *
   * @param forWriting whether a publication may follow
   * @throws {UserError} if the place cannot be read
   */
  readonly open: (forWriting: boolean) => Promise<SiteSnapshot>;
  /** Removes whatever was made on this machine on the way. */
  readonly close: () => Promise<void>;
}

/** Where a site is kept. */
export interface SiteStore extends SiteSource {
  /** Absent if no limit is known. */
  readonly budget?: SiteBudget;
  /** Whether payloads and index are always written together, so that one without the other is damage. */
  readonly isAtomic: boolean;
  /**
   * Writes a publication on top of a state that this store has read: all of it, or, if another publisher was faster, nothing.
   *
   * @throws {UserError} if the place cannot be written; `isUncertain` if it is not known what it has now
   */
  readonly publish: (snapshot: SiteSnapshot, publication: Publication) => Promise<PublishResult>;
}

/** Asks the host for the sizes of a commit's files by object name; undefined if it cannot. */
export type RemoteSizes = (commit: string) => Promise<ReadonlyMap<string, number> | undefined>;
