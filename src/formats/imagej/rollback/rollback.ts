/**
 * Restores what a site offered earlier by a new publication: old content gets a new timestamp, files that were added
 * since become obsolete, and files that were removed since come back. The index never loses a version.
 *
 * @module
 */

import type { XmlAttribute } from '../../../xml/element.js';
import { renderElement } from '../../../xml/write.js';
import { count } from '../../../model/humanize.js';
import type { Problem } from '../../../model/problem.js';
import { parseSitePath } from '../../../model/site-path.js';
import type { Timestamp } from '../../../model/timestamp.js';
import type {
  NeededPayload,
  RestoredContent,
  RollbackPlan,
  RollbackRequest,
  RollbackRules,
} from '../../rollback.js';
import { unversionedPath } from '../file-name.js';
import { asPrevious, withAttributes, withoutCurrent, withPrevious } from '../index/merge.js';
import { recordsByComponent } from '../index/record-map.js';
import type { Dependency, PluginRecord, SiteIndex, Unknown, Version } from '../index/site-index.js';
import { storedPath } from '../index/stored-path.js';
import { chooseTimestamp } from '../plan/choose-timestamp.js';
import { publicationsOf, stateAfter, withoutLater } from './moments.js';

/** Restores earlier states of ImageJ update sites. */
export const ROLLBACK: RollbackRules<SiteIndex> = {
  moments: { publicationsOf, stateAfter, withoutLater },
  plan: planRollback,
  apply: applyRollback,
};

/** A file whose content then is not the one that is offered now. */
interface Restored {
  readonly component: string;
  /** The record then. */
  readonly then: PluginRecord;
  /** The version then. */
  readonly version: Version;
  readonly isRevived: boolean;
}

function planRollback({ now, then, isExact, moment }: RollbackRequest<SiteIndex>): RollbackPlan {
  const restored = restoredIn(now, then);
  const removed = removedIn(now, then);
  const changes = [
    ...restored.map(({ component, then, version }) => ({
      component,
      path: then.filename,
      checksum: version.checksum,
      // The index may have lost versions of then, whose stored files may still be there.
      inherits: [then],
    })),
    ...removed.map(({ filename }) => ({
      component: unversionedPath(filename),
      path: filename,
      inherits: [],
    })),
  ];
  const { timestamp, notices, problems } = chooseTimestamp(changes, recordsByComponent(now), moment);
  const unsafe: Problem[] = [];
  const needed = restored.flatMap(({ then: { filename }, version }): NeededPayload[] => {
    const parsed = parseSitePath(filename);
    if ('path' in parsed) {
      const { path } = parsed;
      const from = storedPath(path, version.timestamp);
      const checksums = [version.checksum];
      return [{ from, storedPath: storedPath(path, timestamp), path, checksums, size: undefined }];
    }
    unsafe.push({
      severity: 'error',
      code: 'bad-path',
      path: filename,
      message: `${filename} was offered then, and cannot be published: ${parsed.reason}.`,
      hint: 'Choose another moment, or publish the file under another name.',
    });
    return [];
  });
  const revived = restored.filter(({ isRevived }) => isRevived);
  return {
    timestamp,
    needed,
    notices: [...noticesOf(restored, revived, removed, isExact), ...(changes.length > 0 ? notices : [])],
    problems: [...unsafe, ...problems],
  };
}

function restoredIn(now: SiteIndex, then: SiteIndex): readonly Restored[] {
  return then.records.flatMap((record): Restored[] => {
    const { current: version, filename } = record;
    if (!version) return [];
    const component = unversionedPath(filename);
    const present = recordsByComponent(now).get(component);
    const isSame = present?.current?.checksum === version.checksum && present.filename === filename;
    return isSame ? [] : [{ component, then: record, version, isRevived: present?.current === undefined }];
  });
}

function removedIn(now: SiteIndex, then: SiteIndex): readonly PluginRecord[] {
  const before = recordsByComponent(then);
  return now.records.filter(
    ({ filename, current }) => current && before.get(unversionedPath(filename))?.current === undefined,
  );
}

function noticesOf(
  restored: readonly Restored[],
  revived: readonly Restored[],
  removed: readonly PluginRecord[],
  isExact: boolean,
): readonly string[] {
  const back = restored.length - revived.length;
  const parts = [
    ...(back > 0 ? [`${count(back, 'file changes', 'files change')} back`] : []),
    ...(removed.length > 0 ? [`${count(removed.length, 'file is', 'files are')} removed`] : []),
  ];
  return [
    ...(parts.length > 0 ? [`For users who are up to date: ${parts.join(', ')}.`] : []),
    ...(revived.length > 0
      ? [
          `${count(revived.length, 'file comes', 'files come')} back, but not by itself where the updater has removed it: these users must choose it in the updater.`,
        ]
      : []),
    ...(isExact || restored.length === 0
      ? []
      : [
          'Descriptions, authors and dependencies of then are not known here: files that change back keep those of now, and files that come back have none.',
        ]),
  ];
}

function applyRollback(
  now: SiteIndex,
  then: SiteIndex,
  timestamp: Timestamp,
  contents: ReadonlyMap<string, RestoredContent>,
): SiteIndex {
  const before = recordsByComponent(then);
  const restored = new Map(restoredIn(now, then).map((file) => [file.component, file]));
  const stampOf = (component: string) =>
    restored.has(component) ? timestamp : recordsByComponent(now).get(component)?.current?.timestamp;
  const restoredRecord = (record: PluginRecord, file: Restored) =>
    withStamps(restore(record, file, timestamp, contents), stampOf);
  const records = now.records.map((record) => {
    const component = unversionedPath(record.filename);
    const file = restored.get(component);
    if (file) return restoredRecord(record, file);
    const earlier = before.get(component);
    if (!earlier?.current) return withoutCurrent(record, timestamp);
    return withStamps(
      withMetadataOf(record, earlier),
      // The timestamps of dependencies are not metadata of then.
      (needed) => stampIn(record, needed) ?? stampOf(needed),
    );
  });
  // Records that the index has lost.
  const lost = [...restored].filter(([component]) => !recordsByComponent(now).has(component));
  for (const [, file] of lost) records.push(restoredRecord({ ...file.then, current: undefined }, file));
  // What comes back may need prefixes that only the index of then declares.
  return { ...now, attributes: withAttributes(now.attributes, [then]), records };
}

function restore(
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
  // Usually the index has all versions of then.
  const known = [...then.previous, asPrevious(version, filename, 0)];
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

/** Gives a file whose content stays the metadata of then. */
function withMetadataOf(record: PluginRecord, then: PluginRecord): PluginRecord {
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

/** Gives unknown attributes the values of then. Those that then did not have stay, in their order. */
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
function stampIn({ current }: PluginRecord, component: string): Timestamp | undefined {
  return current?.dependencies.find(({ filename }) => unversionedPath(filename) === component)?.timestamp;
}

/** Gives dependencies on files of the site the timestamps that these files have now. */
function withStamps(
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
