import type { ChangeDetails } from './change-details.js';

/**
 * What happens to one file of the site (spec, section 6).
 *
 * - `add`: the file is new
 * - `update`: the content changes, perhaps with the versioned name
 * - `rename`: the same content gets another versioned name
 * - `metadata`: only the metadata changes
 * - `remove`: the file becomes obsolete
 * - `revive`: the file was obsolete and is restored
 */
export const CHANGE_KINDS = ['add', 'update', 'rename', 'metadata', 'remove', 'revive'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export interface Change {
  readonly kind: ChangeKind;
  /** Path on the site after the change. */
  readonly path: string;
  /** Path before the change, if it differs. */
  readonly previousPath?: string;
  /** Checksum of the new content, if any. */
  readonly checksum?: string;
  /** Size of the new content in bytes, if any. */
  readonly size?: number;
  /** Reason for the change, in words. */
  readonly reason: string;
  /** What the change means for existing installations; absent while the plan is being made. */
  readonly details?: ChangeDetails;
}

/** The reasons that the kind of a change implies. Reports for people omit them. */
export const USUAL_REASONS = {
  added: 'it is not on the site yet',
  addedSince: 'it was not on the site before',
  addedPlugin: 'the previous index did not offer the plugin',
  changed: 'its content has changed',
  newVersion: 'a new version',
  renamed: 'the same content has a new name',
  metadata: 'metadata changed',
  removed: 'removed by request',
  obsolete: 'it has become obsolete',
} as const;
