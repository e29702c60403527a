import type { Problem } from '../model/problem.js';
import type { SitePath } from '../model/site-path.js';
import type { Timestamp } from '../model/timestamp.js';
import type { PlanMoment } from '../model/plan-moment.js';

/** A stored file whose content is published again. */
export interface NeededPayload {
  /** Where the content is stored. */
  readonly from: SitePath;
  /** Where it is stored with its new timestamp. */
  readonly storedPath: SitePath;
  /** Path without the timestamp. */
  readonly path: SitePath;
  readonly checksum: string;
}

/** A content that is published again: its checksum as clients compute it today, and its size in bytes. */
export interface RestoredContent {
  readonly checksum: string;
  readonly size: number;
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

/** The part of a format that restores what a site offered earlier. All functions are pure. */
export interface RollbackRules<Index> {
  /** Returns the timestamps of all publications that an index tells of, newest first. */
  readonly publicationsOf: (index: Index) => readonly Timestamp[];
  /**
   * Returns what a site offered after the publication with this timestamp, as far as a later index tells: the metadata of
   * files that have changed since are not known.
   */
  readonly stateAfter: (index: Index, timestamp: Timestamp) => Index;
  /**
   * Plans a publication that offers an earlier state again.
   *
   * @param isExact whether the earlier index itself is known, not only what a later one tells of it
   */
  readonly plan: (now: Index, then: Index, isExact: boolean, moment: PlanMoment) => RollbackPlan;
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
