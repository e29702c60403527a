import type { Timestamp } from '../../../model/timestamp.js';
import type { XmlAttribute } from '../../../xml/element.js';
import { renderElement } from '../../../xml/write.js';
import type { RestoredContent } from '../../rollback.js';
import { unversionedPath } from '../file-name.js';
import { asPrevious, withAttributes, withPrevious } from '../index/merge.js';
import type { Dependency, PluginRecord, PreviousVersion, Unknown, Version } from '../index/site-index.js';
import { storedPath } from '../index/stored-path.js';

/** A file whose content then is not the one that is offered now. */
export interface Restored {
  readonly component: string;
  /** The record then. */
  readonly then: PluginRecord;
  /** The version then. */
  readonly version: Version;
  readonly isRevived: boolean;
}

/**
 * Returns a record that offers the earlier content again, with a new timestamp. Its present content becomes previous.
 *
 * @param contents of the needed payloads, by their stored paths
 */
export function restore(
  record: PluginRecord,
  { then, version }: Restored,
  timestamp: Timestamp,
  contents: ReadonlyMap<string, RestoredContent>,
): PluginRecord {
  const { filename, executable, platforms, categories } = then;
  const { current } = record;
  // After a rename, users should still have the old content, so it is not obsolete.
  const obsolete = current?.checksum === version.checksum ? 0 : timestamp;
  const { checksum = version.checksum, size = version.filesize } =
    contents.get(storedPath(filename, timestamp)) ?? {};
  const replaced = current && {
    ...asPrevious(current, record.filename, obsolete),
    unknown: missingIn(version.unknown, current.unknown).map(({ element }) => element),
  };
  // Usually the index has all earlier versions.
  const known = versionsIn(then);
  return {
    ...withAttributesOf(record, then),
    filename,
    executable,
    platforms,
    categories,
    current: { ...version, checksum, timestamp, filesize: size },
    previous: withPrevious(record.previous, [...(replaced ? [replaced] : []), ...known]),
    unknown: [...record.unknown, ...missingIn(record.unknown, then.unknown)],
  };
}

/** Adds the earlier versions that the index has lost. */
export function withVersionsOf(record: PluginRecord, then: PluginRecord): PluginRecord {
  const lost = versionsIn(then).filter(
    ({ timestamp, checksum }) =>
      timestamp !== record.current?.timestamp || checksum !== record.current.checksum,
  );
  return { ...record, previous: withPrevious(record.previous, lost) };
}

/** Returns all versions of a record, as previous ones. */
function versionsIn({ filename, current, previous }: PluginRecord): readonly PreviousVersion[] {
  return [...previous, ...(current ? [asPrevious(current, filename, 0)] : [])];
}

/** Gives a file whose content stays its earlier metadata. */
export function withMetadataOf(record: PluginRecord, then: PluginRecord): PluginRecord {
  const { executable, platforms, categories } = then;
  if (!record.current || !then.current) return record;
  const { checksum, timestamp, filesize, unknown } = record.current;
  return {
    ...withAttributesOf(record, then),
    executable,
    platforms,
    categories,
    current: {
      ...then.current,
      attributes: withAttributesOf(record.current, then.current).attributes,
      unknown: [...unknown, ...missingIn(unknown, then.current.unknown)],
      checksum,
      timestamp,
      filesize,
    },
    unknown: [...record.unknown, ...missingIn(record.unknown, then.unknown)],
  };
}

interface WithAttributes {
  readonly attributes: readonly XmlAttribute[];
}

/** Gives unknown attributes their earlier values. Those that did not exist then stay, in their order. */
function withAttributesOf<T extends WithAttributes>(now: T, then: WithAttributes): T {
  const values = new Map(then.attributes.map((attribute) => [attribute.name, attribute]));
  const own = now.attributes.map((attribute) => values.get(attribute.name) ?? attribute);
  return { ...now, attributes: withAttributes(own, [then]) };
}

/** Returns those of some unknown elements that are not among the known ones. */
function missingIn<Group extends string>(
  known: readonly Unknown<Group>[],
  elements: readonly Unknown<Group>[],
): readonly Unknown<Group>[] {
  const texts = new Set(known.map(({ element }) => renderElement(element, '')));
  return elements.filter(({ element }) => !texts.has(renderElement(element, '')));
}

/** Returns the timestamp that a file states for one that it depends on. */
export function stampIn({ current }: PluginRecord, component: string): Timestamp | undefined {
  return current?.dependencies.find(({ filename }) => unversionedPath(filename) === component)?.timestamp;
}

/** Gives dependencies on files of the site the timestamps that these files have now. */
export function withStamps(
  record: PluginRecord,
  stampOf: (component: string) => Timestamp | undefined,
): PluginRecord {
  const { current } = record;
  if (!current) return record;
  const renewed = (dependency: Dependency): Dependency => {
    const timestamp = stampOf(unversionedPath(dependency.filename)) ?? dependency.timestamp;
    return timestamp === dependency.timestamp ? dependency : { ...dependency, timestamp };
  };
  const dependencies = current.dependencies.map(renewed);
  return dependencies.every((dependency, at) => dependency === current.dependencies[at])
    ? record
    : { ...record, current: { ...current, dependencies } };
}
