import type { Change } from '../../model/change.js';
import type { Plan } from '../../model/plan.js';
import type { Edits } from './index/edit-record.js';
import type { PluginRecord } from './index/site-index.js';
import type { Placement } from './layout.js';
import type { PlacedArtifact } from './placement/place.js';

/** A change of one record of the index. */
export interface ImageJChange extends Change {
  /** Unversioned path of the affected record. */
  readonly component: string;
  /** Platforms and executable flag of a new record; an existing record keeps its own. */
  readonly placement: Placement;
  /** Metadata from the artifact's POM. */
  readonly metadata: Metadata;
  /** `groupId:artifactId` of the published artifact; `undefined` if unknown. */
  readonly coordinate: string | undefined;
  /** Changes to the metadata of the file: its dependencies and the maintainer's configuration. */
  readonly edits?: Edits;
  /** Records of the file on upstream sites; a new record starts with them. */
  readonly inherits: readonly PluginRecord[];
}

/** Metadata of a file. A description replaces the previous one; authors are added (spec, section 6). */
export interface Metadata {
  readonly description: string | undefined;
  readonly authors: readonly string[];
}

export const NO_METADATA: Metadata = { description: undefined, authors: [] };

export interface ImageJPlan extends Plan<ImageJChange> {
  /** All artifacts with their paths on the site, changed or not. */
  readonly artifacts: readonly PlacedArtifact[];
  /** Stored paths of payloads that the index lists and the site lacks. */
  readonly missing: ReadonlySet<string>;
}

/** A file that becomes obsolete. */
export interface Removal {
  readonly record: PluginRecord;
  readonly reason: string;
}
