import type { FailOn } from '../../model/fail-on.js';
import type { Timestamp } from '../../model/timestamp.js';

/** Where to go back to: a timestamp or commit as the history shows it, or the state before the last publication. */
export type RollbackTarget = { readonly to: string } | 'last';

/** The checked settings of a rollback. */
export interface RollbackSettings {
  readonly preview: boolean;
  readonly target: RollbackTarget;
  readonly failOn: FailOn;
  readonly siteUrl: string | undefined;
  readonly timestamp: Timestamp | undefined;
  /** The commit message, if the user gave it. */
  readonly message: string | undefined;
}
