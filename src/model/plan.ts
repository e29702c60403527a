/**
 * The vocabulary of publications, as plain data with small functions: artifact, change, plan, outcome, problem (with
 * the catalogue of codes), path on a site, timestamp. It imports no other room, so every room may use it.
 *
 * @module
 */

import type { Change } from './change.js';
import type { Problem } from './problem.js';
import type { SitePath } from './site-path.js';
import type { Timestamp } from './timestamp.js';

/** A file that is not published because an upstream site serves it. */
export interface SkippedFile {
  readonly path: string;
  /** Name of the upstream site. */
  readonly site: string;
}

/** A file that a publication adds to the site. */
export interface Payload {
  /** Path on the site, including the timestamp. */
  readonly storedPath: SitePath;
  /** Path in the index. In some formats it is part of the checksum. */
  readonly path: SitePath;
  /** Path of the file on this machine. A relative one starts at the working directory of the run. */
  readonly file: string;
  /** Size in bytes when the file was read. */
  readonly size: number;
  /** Checksum by the rule of the format when the file was read. The index publishes it. */
  readonly checksum: string;
  /** Time of the last modification, in milliseconds since 1970. */
  readonly modified: number;
}

/** A file that the index references on another server. */
export interface FileElsewhere {
  readonly url: string;
  /** The file on this machine. */
  readonly file: string;
  /** In bytes. */
  readonly size: number;
}

/** A file that has the checksum of a missing payload but another size. Clients compare both. */
export interface OtherSize {
  /** Stored path of the payload. */
  readonly storedPath: string;
  /** The file on this machine. */
  readonly file: string;
  /** Size of the file, in bytes. */
  readonly size: number;
  /** Size of the payload according to the index, in bytes. */
  readonly wanted: number;
}

/** A publication as plain data: the changes, and the problems found. Applying it is a separate step. */
export interface Plan<C extends Change = Change> {
  /** The timestamp of the whole publication, in UTC; meaningless without changes. */
  readonly timestamp: Timestamp;
  readonly changes: readonly C[];
  /** Number of artifacts that the site already has. */
  readonly unchanged: number;
  /** Artifacts that are skipped because an upstream site serves them. */
  readonly skipped: readonly SkippedFile[];
  readonly payloads: readonly Payload[];
  /** Stored paths of payloads that this publication deletes: no index of the site names them any more. */
  readonly removals?: readonly SitePath[];
  /** Stored paths of payloads that the index has and the site lacks; they are stored again. */
  readonly restored?: readonly SitePath[];
  /** Files on other servers whose addresses are new in the index. */
  readonly elsewhere?: readonly FileElsewhere[];
  /** Files that would be stored again if they had the size in the index. */
  readonly otherSizes?: readonly OtherSize[];
  /** What users should know about the publication as a whole, one sentence each. */
  readonly notices?: readonly string[];
  readonly problems: readonly Problem[];
}
