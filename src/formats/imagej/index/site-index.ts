import type { Timestamp } from '../../../model/timestamp.js';
import type { XmlElement, XmlAttribute } from '../../../xml/element.js';

/**
 * An unknown element, and its place among its siblings: after the `count`th known child of the `group`. A count remains
 * meaningful when siblings are added or removed.
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
  /** Elements inside the text, which the format does not allow. */
  readonly unknown: readonly XmlElement[];
}

export interface Dependency {
  /** Unversioned path of the required file. */
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
  /** Size in bytes; `undefined` only in an earlier state that was concluded from a later index. */
  readonly filesize: number | undefined;
  readonly description: TextValue | undefined;
  readonly dependencies: readonly Dependency[];
  readonly links: readonly TextValue[];
  readonly authors: readonly TextValue[];
  readonly attributes: readonly XmlAttribute[];
  readonly unknown: readonly Unknown<VersionGroup>[];
}

/**
 * A version that users may still have. It is never dropped, because it distinguishes an old version from a local
 * modification.
 */
export interface PreviousVersion {
  readonly timestamp: Timestamp;
  /** When it ceased to be the current one; 0 if unknown. */
  readonly timestampObsolete: Timestamp;
  readonly checksum: string;
  readonly filename: string;
  readonly attributes: readonly XmlAttribute[];
  readonly unknown: readonly XmlElement[];
}

export type RecordGroup = 'platform' | 'category' | 'version' | 'previous-version';

/** All data of the index about one file, in all its versions (spec, section 5). */
export interface PluginRecord {
  /** Path on the site in the current version. */
  readonly filename: string;
  readonly executable: boolean;
  readonly platforms: readonly TextValue[];
  readonly categories: readonly TextValue[];
  /** `undefined` if the file is obsolete. */
  readonly current: Version | undefined;
  readonly previous: readonly PreviousVersion[];
  readonly attributes: readonly XmlAttribute[];
  readonly unknown: readonly Unknown<RecordGroup>[];
}

/** The index of an ImageJ update site: `db.xml`. */
export interface SiteIndex {
  /** In the order of the file, one per unversioned name. */
  readonly records: readonly PluginRecord[];
  readonly attributes: readonly XmlAttribute[];
  readonly unknown: readonly Unknown<'plugin'>[];
}

/** The index of a site without publications. */
export const EMPTY_INDEX: SiteIndex = { records: [], attributes: [], unknown: [] };
