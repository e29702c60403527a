/**
 * The ports of the use cases, one file per topic: the place of a site (this file), files, the inspection of
 * artifacts, web servers, GitHub, the log. `io` and `stores` implement them.
 *
 * @module
 */

import type { Payload } from '../../model/plan.js';
import type { CodeOf } from '../../model/problem.js';
import type { SitePath } from '../../model/site-path.js';
import type { ReadableSite, SiteSource } from './site-source.js';

/** Size of the stored files of a site, as far as it is known without fetching them. */
export interface SiteUsage {
  /** Sum of the known sizes, in bytes. */
  readonly bytes: number;
  /** Number of files of unknown size. */
  readonly unmeasured: number;
}

/** Size limits of a site, in bytes. */
export interface SiteBudget {
  readonly maxFileBytes: number;
  readonly warnFileBytes: number;
  readonly maxSiteBytes: number;
  readonly warnSiteBytes: number;
}

/** Size limits for reading a batch of files, in bytes. */
export interface ReadLimits {
  readonly maxBytesEach: number;
  readonly maxBytesTotal: number;
}

/** Time of the last change of a site. */
export interface LastChange {
  readonly date: Date;
  /** Maximum delay until its deployment, in milliseconds. */
  readonly deploymentMs: number;
}

/** Something on the site that is in the way of a file. */
export interface Obstacle {
  /** The file that cannot be written. */
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

/** A file that would be written but not served, and why. */
export interface Unserved {
  readonly path: string;
  readonly code: CodeOf<'warning'>;
  readonly message: string;
  readonly hint: string;
}

/** The history of a site. */
export interface SiteHistory {
  /**
   * Returns the time of the last change; `undefined` if it is not known.
   *
   * @param indexPath path of the index on the site
   */
  readonly lastChange: (indexPath: SitePath) => Promise<LastChange | undefined>;
}

/** A state of a site in a place to which it can be published. */
export interface SiteSnapshot extends ReadableSite {
  /** Returns the paths of all files of the site. */
  readonly listFiles: () => Promise<readonly string[]>;
  /** Reads a file of the folder above the site. Absent if there is none, or if it does not belong to the place. */
  readonly readAbove?: (path: SitePath) => Promise<Uint8Array | undefined>;
  /**
   * Reads payloads in one batch. Absent if the store cannot do that at a reasonable cost.
   *
   * @returns bytes by path, without files that do not exist or exceed a limit
   */
  readonly readFiles?: (
    paths: readonly SitePath[],
    limits: ReadLimits,
  ) => Promise<ReadonlyMap<string, Uint8Array>>;
  /**
   * Returns those paths at which the site does not have a file. Absent if that would cost one request per path.
   */
  readonly missingFiles?: (paths: readonly string[]) => Promise<readonly string[]>;
  /**
   * Returns everything that is in the way of files with these paths and cannot be replaced. Absent if the site is
   * empty, or if a file can never be in the way.
   */
  readonly obstacles?: (paths: readonly SitePath[]) => Promise<readonly Obstacle[]>;
  /** Returns those of the files that will not be served. Absent if all files are served. */
  readonly unserved?: (paths: readonly SitePath[]) => readonly Unserved[];
  /** Absent for a store without a history. */
  readonly history?: SiteHistory;
  /**
   * Measures the stored files. Absent if the store does not have a budget.
   *
   * @param stated sizes from the index by path, in bytes, for files that cannot be measured otherwise
   */
  readonly usage?: (stated: ReadonlyMap<string, number>) => Promise<SiteUsage>;
  /**
   * Finds other places of the store with this file of a site, most likely first. Absent if the store has only one
   * place. Called only if the site does not have the file, because it may send requests to the remote.
   */
  readonly otherSites?: (path: SitePath) => Promise<readonly OtherSite[]>;
}

/** Another place with a site. Contains only the differences from the given place. */
export interface OtherSite {
  /** `undefined` for the same branch. */
  readonly branch?: string;
  /** Folder on the branch, empty for its root; `undefined` for the same folder. */
  readonly directory?: string;
}

/** A private copy of a payload, whose bytes do not change any more. */
export interface PayloadCopy {
  readonly payload: Payload;
  /** Absolute path of the copy. */
  readonly file: string;
}

export interface Publication {
  readonly payloads: readonly Payload[];
  /**
   * Stored paths of payloads that the index already names but the site lacked. A store that writes files one by one must
   * not delete them after a failure; other stores may ignore this list.
   */
  readonly restored: readonly SitePath[];
  /**
   * Compares copies with the index. A store calls it for every payload, publishes exactly the bytes that were
   * compared, and publishes nothing if it throws.
   *
   * @throws {UserError} `artifact` if a copy differs because the file has changed since it was read
   */
  readonly verify: (copies: readonly PayloadCopy[]) => Promise<void>;
  /** Paths of files to remove; missing files are ignored. */
  readonly removals: readonly SitePath[];
  readonly indexFiles: readonly { readonly path: SitePath; readonly bytes: Uint8Array }[];
  readonly message: string;
  /** The commit date, for stores with a history. */
  readonly date: Date;
}

export type PublishResult =
  | { readonly status: 'published'; readonly commit: string | undefined }
  /** Another run has changed the site since the snapshot: plan again. */
  | { readonly status: 'lost race' };

/** A place in which a site is stored. */
export interface SiteStore extends SiteSource {
  readonly open: (forWriting: boolean) => Promise<SiteSnapshot>;
  /** Absent if the limits are not known. */
  readonly budget?: SiteBudget;
  /** Whether payloads and index are always written together, so that the site is damaged if one of them is missing. */
  readonly isAtomic: boolean;
  /**
   * Writes a publication on top of a state that this store has read. Writes nothing if another run was faster.
   *
   * @throws {UserError} if the place cannot be written; `isUncertain` if its new state is not known
   */
  readonly publish: (snapshot: SiteSnapshot, publication: Publication) => Promise<PublishResult>;
}

/** Requests the sizes of a commit's files from the host, by object name; `undefined` if that fails. */
export type RemoteSizes = (commit: string) => Promise<ReadonlyMap<string, number> | undefined>;
