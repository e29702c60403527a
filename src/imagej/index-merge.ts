import type {
  PluginRecord,
  PreviousVersion,
  SiteIndex,
  Unknown,
  Version,
  XmlAttribute,
} from '../model/site-index.js';
import { unversionedPath } from './file-name.js';

/** A previous version as it stands in the file, where its name may be left out. */
export type ReadVersion = Omit<PreviousVersion, 'filename'> & { readonly filename: string | undefined };

/** The current version, as one that users may still have. What describes the build goes along. */
export function asPrevious(version: Version, filename: string, timestampObsolete: number): PreviousVersion {
  return {
    timestamp: version.timestamp,
    timestampObsolete,
    checksum: version.checksum,
    filename,
    attributes: version.attributes,
    unknown: [],
  };
}

/** Adds versions at the end; one with the same stamp and checksum is there already (spec, section 5). */
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
 * Gives every previous version a name: walking all versions newest first, from the record's name on, a version that
 * has a name sets it for the older ones (spec, section 5).
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
 * Makes one record of those with the same unversioned name: old sites have both `Jama.jar` and `Jama-1.0.2.jar`.
 * The one with a current version stays where it stands, the first where both have one; the other's versions become
 * previous ones at its end (spec, section 5). Where none has one, the later one stays, as in the official reader.
 */
export function mergeSameFiles(index: SiteIndex): SiteIndex {
  const positions = new Map<string, number>();
  const merged: (PluginRecord | undefined)[] = [];
  index.records.forEach((record, at) => {
    const key = unversionedPath(record.filename);
    const otherAt = positions.get(key);
    const other = otherAt === undefined ? undefined : merged[otherAt];
    if (otherAt === undefined || other === undefined) {
      merged[at] = record;
      positions.set(key, at);
    } else if (other.current) {
      merged[otherAt] = absorb(other, record);
    } else {
      merged[otherAt] = undefined;
      merged[at] = absorb(record, other);
      positions.set(key, at);
    }
  });
  if (positions.size === index.records.length) return index;
  return {
    ...index,
    records: merged.filter((record) => record !== undefined),
    // The places of unknown elements are counted in records that are still there.
    unknown: index.unknown.map((place) => ({
      ...place,
      count: merged.slice(0, place.count).filter((record) => record !== undefined).length,
    })),
  };
}

function absorb(stays: PluginRecord, goes: PluginRecord): PluginRecord {
  const current = goes.current ? [asPrevious(goes.current, goes.filename, 0)] : [];
  const orphans = [...goes.unknown, ...(goes.current?.unknown ?? [])];
  return {
    ...stays,
    previous: withPrevious(stays.previous, [...current, ...goes.previous]),
    attributes: withAttributes(stays.attributes, goes.attributes),
    unknown: [...stays.unknown, ...orphans.map(({ element }) => atTheEnd(element))],
  };
}

function atTheEnd(element: Unknown<'previous-version'>['element']): Unknown<'previous-version'> {
  return { element, group: 'previous-version', count: Number.MAX_SAFE_INTEGER };
}

function withAttributes(
  own: readonly XmlAttribute[],
  others: readonly XmlAttribute[],
): readonly XmlAttribute[] {
  return [...own, ...others.filter((other) => !own.some((attribute) => attribute.name === other.name))];
}
