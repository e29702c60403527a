import type { ChangeDetails } from './change-details.js';

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
