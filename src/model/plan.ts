/**
 * The vocabulary: what a publication is made of, as plain data, with the smallest functions on it. It imports nothing, so
 * everything may speak it: artifact, change, plan, outcome, problem (with the catalogue of codes), path on a site, timestamp.
 *
 * @module
 */

import type { Change } from './change.js';
import type { Problem } from './problem.js';
import type { SitePath } from './site-path.js';
import type { Timestamp } from './timestamp.js';

/** A file that is not published, because an upstream site serves it. */
export interface SkippedFile {
  readonly path: string;
  /** Name of the upstream site. */
  readonly site: string;
}

/** A file that a publication adds to the site. */
export interface Payload {
  /** Path on the site, timestamp included. */
  readonly storedPath: SitePath;
  /** Path that the index has for it: in some formats it is part of the checksum. */
  readonly path: SitePath;
  /** The file on this machine. */
  readonly file: string;
  /** Size in bytes, as it was when the file was read. */
  readonly size: number;
  /** Checksum by the rule of the format, as it was when the file was read: the index promises it to users. */
  readonly checksum: string;
  /** When the file was written last, in milliseconds since 1970. */
  readonly modified: number;
}

/** A file that the index leads to and the site does not hold. */
export interface FileElsewhere {
  readonly url: string;
  /** The file on this machine. */
  readonly file: string;
  /** In bytes. */
  readonly size: number;
}

/** A file with the checksum of a payload that the site lacks, and another size: clients compare both. */
export interface OtherSize {
  /** Of the payload. */
  readonly storedPath: string;
  /** Where the file was read. */
  readonly file: string;
  /** In bytes: of the file, and of the payload as the index has it. */
  readonly size: number;
  readonly wanted: number;
}

/**
 * A publication as plain data: what changes, and what is wrong with it. Carrying it out is somebody else's work.
 */
export interface Plan<C extends Change = Change> {
  /** The one timestamp of the publication, in UTC; meaningless where nothing changes. */
  readonly timestamp: Timestamp;
  readonly changes: readonly C[];
  /** How many artifacts are on the site already as they are. */
  readonly unchanged: number;
  /** Artifacts that an upstream site serves, and this one leaves to it. */
  readonly skipped: readonly SkippedFile[];
  readonly payloads: readonly Payload[];
  /** Stored paths of payloads that no index of the site names any more, and that go with this publication. */
  readonly removals?: readonly SitePath[];
  /** Stored paths of payloads that the index names already and the site lacks: they are stored again. */
  readonly restored?: readonly SitePath[];
  /** Files that clients are sent to other servers for, under addresses that are new. */
  readonly elsewhere?: readonly FileElsewhere[];
  /** Files that would be stored again if they had the size that the index names. */
  readonly otherSizes?: readonly OtherSize[];
  /** What users should know about the publication as a whole, a sentence each. */
  readonly notices?: readonly string[];
  readonly problems: readonly Problem[];
}
