import type { ChangeDetails } from './change-details.js';
import type { FormatName } from './format-name.js';
import type { OfferTable } from './offer-table.js';
import type { Problem } from './problem.js';
import type { Timestamp } from './timestamp.js';

/**
 * What happens to one file of the site (spec, section 6).
 *
 * - `add`: it is new
 * - `update`: other content, perhaps under another versioned name
 * - `rename`: the same content under another versioned name
 * - `metadata`: only what is written about it
 * - `remove`: it becomes obsolete
 * - `revive`: it was obsolete and comes back
 */
export const CHANGE_KINDS = ['add', 'update', 'rename', 'metadata', 'remove', 'revive'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export interface Change {
  readonly kind: ChangeKind;
  /** Path on the site after the change. */
  readonly path: string;
  /** Path before the change, where it differs. */
  readonly previousPath?: string;
  /** Checksum of the new content; absent where there is none. */
  readonly checksum?: string;
  /** Size of the new content in bytes; absent where there is none. */
  readonly size?: number;
  /** Why this happens, in words. */
  readonly reason: string;
  /** What it comes to for those who have the file; absent while the plan is being made. */
  readonly details?: ChangeDetails;
}

/** A file that is not published, because an upstream site serves it. */
export interface LeftFile {
  readonly path: string;
  /** Name of the upstream site. */
  readonly site: string;
}

/** A file that a publication adds to the site. */
export interface Payload {
  /** Path on the site, timestamp included. */
  readonly storedPath: string;
  /** Path that the index has for it: in some formats it is part of the checksum. */
  readonly path: string;
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
  readonly left: readonly LeftFile[];
  readonly payloads: readonly Payload[];
  /** Stored paths of payloads that no index of the site names any more, and that go with this publication. */
  readonly removals?: readonly string[];
  /** Stored paths of payloads that the index names already and the site lacks: they are stored again. */
  readonly restored?: readonly string[];
  /** Files that clients are sent to other servers for, under addresses that are new. */
  readonly elsewhere?: readonly FileElsewhere[];
  /** Files that would be stored again if they had the size that the index names. */
  readonly otherSizes?: readonly OtherSize[];
  /** What users should know about the publication as a whole, a sentence each. */
  readonly notices?: readonly string[];
  readonly problems: readonly Problem[];
}

/** Whether something was done, or only looked at: what would be done, or what was done between two states of a site. */
export const OUTCOME_KINDS = ['publication', 'preview', 'comparison'] as const;
export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

/** Why nothing is published although there is something to publish. */
export const REFUSALS = ['errors', 'warnings'] as const;
export type Refusal = (typeof REFUSALS)[number];

/** How much a site holds, in bytes. */
export interface SiteSize {
  /** With this publication, as far as is known. */
  readonly bytes: number;
  /** How many files have a size that is not known. */
  readonly unmeasured: number;
  readonly maxBytes: number;
}

/** What came of a run: the contract's JSON result is made from it. */
export interface Outcome {
  readonly format: FormatName;
  /** Whether the site was changed (or would be, where nothing was written). */
  readonly changed: boolean;
  readonly kind: OutcomeKind;
  readonly refusal: Refusal | undefined;
  /** Whether something may have been published although the run has failed. */
  readonly isUncertain?: boolean | undefined;
  readonly timestamp: Timestamp | undefined;
  readonly commit: string | undefined;
  readonly siteUrl: string | undefined;
  /** What the maintainer calls the site; undefined where they do not say. */
  readonly siteName: string | undefined;
  readonly siteDescription: string | undefined;
  /** What was changed, in words: `branch gh-pages of https://…`. */
  readonly site: string;
  readonly changes: readonly Change[];
  readonly unchanged: number;
  readonly left: readonly LeftFile[];
  readonly problems: readonly Problem[];
  /** Stored names of the payloads, relative to the site. */
  readonly publishedFiles: readonly string[];
  /** Bytes that the payloads add. */
  readonly publishedBytes: number;
  /** Those of the stored names that the index named already, while the site lacked the file. */
  readonly restored?: readonly string[] | undefined;
  /** Names of channels that offer other versions of the site than before. */
  readonly broughtUpToDate?: readonly string[] | undefined;
  /** What users should know about the publication as a whole, a sentence each. */
  readonly notices?: readonly string[] | undefined;
  /** Undefined where nobody knows, or the host sets no limit. */
  readonly siteSize: SiteSize | undefined;
  /** Which versions IDEs are offered where that changes; undefined if nothing does, or the format knows no branches. */
  readonly offers?: OfferTable | undefined;
  /** The lines of the index that change, as a unified diff; undefined where nobody asked for it. */
  readonly diff: string | undefined;
}
