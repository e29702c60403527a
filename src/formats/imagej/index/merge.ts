import type { Timestamp } from '../../../model/timestamp.js';
import type { XmlAttribute } from '../../../xml/element.js';
import { unversionedPath } from '../file-name.js';
import { forPrevious } from './names.js';
import type { PluginRecord, PreviousVersion, SiteIndex, Unknown, Version } from './site-index.js';

/** A previous version in the file, whose name may be missing. */
export type ReadVersion = Omit<PreviousVersion, 'filename'> & { readonly filename: string | undefined };

/** Turns a current version into a previous one. Attributes that describe the build are kept. */
export function asPrevious(version: Version, filename: string, timestampObsolete: number): PreviousVersion {
  return {
    timestamp: version.timestamp,
    timestampObsolete,
    checksum: version.checksum,
    filename,
    attributes: forPrevious(version.attributes),
    unknown: [],
  };
}

/**
 * Returns a record that is obsolete from a moment on. Descriptions, links, authors and dependencies are removed, but
 * unknown elements must not be lost.
 */
export function withoutCurrent(record: PluginRecord, timestamp: Timestamp): PluginRecord {
  const { current } = record;
  if (current === undefined) return record;
  const previous = {
    ...asPrevious(current, record.filename, timestamp),
    unknown: current.unknown.map(({ element }) => element),
  };
  return { ...record, current: undefined, previous: withPrevious(record.previous, [previous]) };
}

/** Appends versions, except those whose timestamp and checksum are already present (spec, section 5). */
export function withPrevious(
  previous: readonly PreviousVersion[],
  added: readonly PreviousVersion[],
): readonly PreviousVersion[] {
  const seen = new Set(previous.map(keyOf));
  const result = [...previous];
  for (const version of added) {
    const key = keyOf(version);
    if (seen.has(key)) continue;
    seen.add(key);
    result.push(version);
  }
  return result;
}

function keyOf(version: PreviousVersion): string {
  return `${version.timestamp}:${version.checksum}`;
}

/**
 * Gives every previous version a name. From the newest version to the oldest, starting with the name of the record,
 * each version without a name takes that of the newer one (spec, section 5).
 */
export function inheritFileNames(
  filename: string,
  current: Version | undefined,
  previous: readonly ReadVersion[],
): readonly PreviousVersion[] {
  if (previous.every((version) => version.filename !== undefined))
    return previous as readonly PreviousVersion[];
  const newestFirst = [
    ...(current ? [{ timestamp: current.timestamp, filename, at: -1 }] : []),
    ...previous.map((version, at) => ({ timestamp: version.timestamp, filename: version.filename, at })),
  ].sort((a, b) => b.timestamp - a.timestamp);
  const names: string[] = [];
  let name = filename;
  for (const version of newestFirst) {
    name = version.filename ?? name;
    if (version.at >= 0) names[version.at] = name;
  }
  return previous.map((version, at) => ({ ...version, filename: names[at] as string }));
}

/**
 * Merges records with the same unversioned name: old sites have both `Jama.jar` and `Jama-1.0.2.jar`. The first record
 * with a current version stays in its place. The versions of the others are appended as previous ones (spec, section
 * 5). If none has a current version, the last record stays, as in the official reader.
 */
export function mergeSameFiles(index: SiteIndex): SiteIndex {
  const groups = new Map<string, { record: PluginRecord; at: number }[]>();
  index.records.forEach((record, at) => {
    const key = unversionedPath(record.filename);
    const group = groups.get(key);
    if (group) group.push({ record, at });
    else groups.set(key, [{ record, at }]);
  });
  if (groups.size === index.records.length) return index;
  const merged: (PluginRecord | undefined)[] = index.records.map(() => undefined);
  for (const group of groups.values()) {
    const first = group.findIndex(({ record }) => record.current);
    const stays = group.at(first);
    if (!stays) continue;
    // The official reader merges one by one, which reverses the records before it.
    const before = group.slice(0, first < 0 ? -1 : first).reverse();
    const after = first < 0 ? [] : group.slice(first + 1);
    merged[stays.at] = absorb(
      stays.record,
      [...before, ...after].map(({ record }) => record),
    );
  }
  const counts = [0];
  for (const record of merged) counts.push((counts.at(-1) ?? 0) + (record ? 1 : 0));
  return {
    ...index,
    records: merged.filter((record) => record !== undefined),
    // The places of unknown elements are counted in the remaining records.
    unknown: index.unknown.map((place) => ({
      ...place,
      count: counts[Math.min(place.count, merged.length)] ?? 0,
    })),
  };
}

function absorb(stays: PluginRecord, others: readonly PluginRecord[]): PluginRecord {
  if (others.length === 0) return stays;
  const previous = others.flatMap((other) => [
    ...(other.current ? [asPrevious(other.current, other.filename, 0)] : []),
    ...other.previous,
  ]);
  const orphans = others.flatMap((other) => [...other.unknown, ...(other.current?.unknown ?? [])]);
  return {
    ...stays,
    previous: withPrevious(stays.previous, previous),
    attributes: withAttributes(stays.attributes, others),
    unknown: [...stays.unknown, ...orphans.map(({ element }) => atTheEnd(element))],
  };
}

function atTheEnd(element: Unknown<'previous-version'>['element']): Unknown<'previous-version'> {
  return { element, group: 'previous-version', count: Number.MAX_SAFE_INTEGER };
}

/** Adds the attributes of other elements. The first attribute of each name stays. */
export function withAttributes(
  own: readonly XmlAttribute[],
  others: readonly { readonly attributes: readonly XmlAttribute[] }[],
): readonly XmlAttribute[] {
  const names = new Set(own.map(({ name }) => name));
  const added = others.flatMap(({ attributes }) =>
    attributes.filter(({ name }) => !names.has(name) && names.add(name)),
  );
  return [...own, ...added];
}
