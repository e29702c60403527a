import type { Change } from './change.js';
import type { Timestamp } from './timestamp.js';

/** A publication of the past, as far as the history and the index of a site show it. */
export interface PastPublication {
  /** `undefined` if it did not change a version, or if the format has none. */
  readonly timestamp: Timestamp | undefined;
  /** When it was stored; `undefined` if only the index shows it. */
  readonly date: Date | undefined;
  readonly commit: string | undefined;
  readonly author: string | undefined;
  /** The first line of the commit message. */
  readonly subject: string | undefined;
  readonly changes: readonly Change[];
}

/** Maximum number of publications that a history lists. */
export const MAX_PAST_PUBLICATIONS = 500;
