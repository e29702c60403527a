import type { Timestamp } from '../../../model/timestamp.js';
import type { XmlElement, XmlAttribute } from '../../../xml/element.js';

/**
 * An element that we do not know, and where it stood among its siblings: behind the `count`th known child of the
 * `group`. Counting instead of pointing keeps the place meaningful when siblings come and go.
 */
export interface Unknown<Group extends string> {
  readonly element: XmlElement;
  readonly group: Group;
  readonly count: number;
}

/** The text of a `platform`, `category`, `description`, `link` or `author`. */
export interface TextValue {
  readonly text: string;
  readonly attributes: readonly XmlAttribute[];
  /** Elements inside the text, which the format does not provide for. */
  readonly unknown: readonly XmlElement[];
}

export interface Dependency {
  /** Unversioned path of the file that is needed. */
  readonly filename: string;
  readonly timestamp: Timestamp;
  readonly overrides: boolean;
  readonly attributes: readonly XmlAttribute[];
  readonly unknown: readonly XmlElement[];
}

export type VersionGroup = 'description' | 'dependency' | 'link' | 'author';

/** The current version of a file. */
export interface Version {
  readonly checksum: string;
  readonly timestamp: Timestamp;
  /** Size in bytes. */
  readonly filesize: number;
  readonly description: TextValue | undefined;
  readonly dependencies: readonly Dependency[];
  readonly links: readonly TextValue[];
  readonly authors: readonly TextValue[];
  readonly attributes: readonly XmlAttribute[];
  readonly unknown: readonly Unknown<VersionGroup>[];
}

/** A version that users may still have. Never dropped: it tells an old version from a local modification. */
export interface PreviousVersion {
  readonly timestamp: Timestamp;
  /** When it ceased to be the current one; 0 where unknown. */
  readonly timestampObsolete: Timestamp;
  readonly checksum: string;
  readonly filename: string;
  readonly attributes: readonly XmlAttribute[];
  readonly unknown: readonly XmlElement[];
}

export type RecordGroup = 'platform' | 'category' | 'version' | 'previous-version';

/** Everything the index says about one file, in all its versions (spec, section 5). */
export interface PluginRecord {
  /** Path on the site, in its current version. */
  readonly filename: string;
  readonly executable: boolean;
  readonly platforms: readonly TextValue[];
  readonly categories: readonly TextValue[];
  /** Absent where the file is obsolete. */
  readonly current: Version | undefined;
  readonly previous: readonly PreviousVersion[];
  readonly attributes: readonly XmlAttribute[];
  readonly unknown: readonly Unknown<RecordGroup>[];
}

/** The index of an ImageJ update site: `db.xml`. */
export interface SiteIndex {
  /** In the order of the file, one for each unversioned name. */
  readonly records: readonly PluginRecord[];
  readonly attributes: readonly XmlAttribute[];
  readonly unknown: readonly Unknown<'plugin'>[];
}

/** The index of a site that has published nothing yet. */
export const EMPTY_INDEX: SiteIndex = { records: [], attributes: [], unknown: [] };
