import type { Timestamp } from './timestamp.js';

/** The moment of a publication, and when users may have read the index last. */
export interface PlanMoment {
  /** The moment of the publication: from the clock, or given by the user. */
  readonly now: Timestamp;
  /** Whether the user gave it. */
  readonly isGiven: boolean;
  /** The time of the clock, even if the user gave `now`. */
  readonly clock: Timestamp;
  /** When users may have read the index last; `undefined` if unknown, or if clients do not depend on it. */
  readonly lastSeen: Timestamp | undefined;
  /** Dates that earlier states of the site have used and that must not be used again; absent if they do not matter. */
  readonly used?: ReadonlySet<Timestamp> | undefined;
}
