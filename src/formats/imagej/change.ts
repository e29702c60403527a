import type { Change } from '../../model/change.js';
import type { Plan } from '../../model/plan.js';
import type { Edits } from './index/edit-record.js';
import type { PluginRecord } from './index/site-index.js';
import type { Placement } from './layout.js';
import type { PlacedArtifact } from './placement/place.js';

/** A change of one record of the index. */
export interface ImageJChange extends Change {
  /** Unversioned path: the record that is concerned. */
  readonly component: string;
  /** What a new record says about where the file runs; an existing one keeps what it has. */
  readonly placement: Placement;
  /** What the artifact's POM tells of the file. */
  readonly metadata: Metadata;
  /** `groupId:artifactId` of the artifact that is published; undefined if that is not known. */
  readonly coordinate: string | undefined;
  /** What is known of the file beyond its content, and what its maintainer says about it. */
  readonly edits?: Edits;
  /** What upstream sites have of the file; a new record starts with it. */
  readonly inherits: readonly PluginRecord[];
}

/** What is written about a file: a description replaces the one before, authors are added (spec, section 6). */
export interface Metadata {
  readonly description: string | undefined;
  readonly authors: readonly string[];
}

export const NO_METADATA: Metadata = { description: undefined, authors: [] };

export interface ImageJPlan extends Plan<ImageJChange> {
  /** The artifacts with their places, whether anything happens to them or not. */
  readonly artifacts: readonly PlacedArtifact[];
  /** Stored paths of payloads that the index of the site names and the site lacks. */
  readonly missing: ReadonlySet<string>;
}

/** A file that is about to become obsolete. */
export interface Removal {
  readonly record: PluginRecord;
  readonly reason: string;
}
