import type { FailOn } from '../../model/fail-on.js';
import type { Moment } from '../../model/moment.js';
import type { Timestamp } from '../../model/timestamp.js';

/** The checked settings of a rollback. */
export interface RollbackSettings {
  readonly preview: boolean;
  /** Where to go back to. */
  readonly target: Moment;
  readonly failOn: FailOn;
  readonly siteUrl: string | undefined;
  readonly timestamp: Timestamp | undefined;
  /** The commit message, if the user gave it. */
  readonly message: string | undefined;
}
