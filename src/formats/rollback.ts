import type { PlanMoment } from '../model/plan-moment.js';
import type { Problem } from '../model/problem.js';
import type { SitePath } from '../model/site-path.js';
import type { Timestamp } from '../model/timestamp.js';

/** A stored file whose content is offered again. */
export interface NeededPayload {
  /** Where the content was stored in the earlier state. */
  readonly from: SitePath;
  /** Where it is stored from now on. If the site already has it there, it stays. */
  readonly storedPath: SitePath;
  /** Path without the timestamp. */
  readonly path: SitePath;
  /** The checksums that the earlier index states for it; empty if it states none. */
  readonly checksums: readonly string[];
  /** Size in bytes; `undefined` if the index does not state it, or not reliably. */
  readonly size: number | undefined;
}

/** A content that is published again: its checksum as clients compute it today, and its size in bytes. */
export interface RestoredContent {
  readonly checksum: string;
  readonly size: number;
}

/** The input of a plan that offers an earlier state again. */
export interface RollbackRequest<Index> {
  readonly now: Index;
  readonly then: Index;
  /** Whether the earlier index itself is known; otherwise it was concluded from a later one. */
  readonly isExact: boolean;
  readonly moment: PlanMoment;
  /** Public address of the site, with a trailing slash; `undefined` if unknown. */
  readonly siteUrl: string | undefined;
}

/** What it takes to offer an earlier state again. */
export interface RollbackPlan {
  /** The timestamp of the publication. */
  readonly timestamp: Timestamp;
  readonly needed: readonly NeededPayload[];
  /** What users should know, one sentence each. */
  readonly notices: readonly string[];
  readonly problems: readonly Problem[];
}

/** The publications that an index itself records. All functions are pure. */
export interface IndexMoments<Index> {
  /** Returns the timestamps of all publications that an index records, newest first. */
  readonly publicationsOf: (index: Index) => readonly Timestamp[];
  /**
   * Returns what a site offered after the publication with this timestamp, as far as a later index shows it: the metadata
   * and sizes of files that have changed since are not known.
   */
  readonly stateAfter: (index: Index, timestamp: Timestamp) => Index;
  /**
   * Returns such a state without the versions that followed it. A rollback needs them, because an index never loses a
   * version.
   */
  readonly withoutLater: (state: Index, timestamp: Timestamp) => Index;
}

/** The part of a format that restores what a site offered earlier. All functions are pure. */
export interface RollbackRules<Index> {
  /** Absent for a format whose index does not record earlier publications. */
  readonly moments?: IndexMoments<Index>;
  /** Plans a publication that offers an earlier state again. */
  readonly plan: (request: RollbackRequest<Index>) => RollbackPlan;
  /**
   * Applies a plan to the index that it was made for.
   *
   * @param contents of the needed payloads, by `storedPath`
   */
  readonly apply: (
    now: Index,
    then: Index,
    timestamp: Timestamp,
    contents: ReadonlyMap<string, RestoredContent>,
  ) => Index;
}
