import { unversionedPath } from '../../src/formats/imagej/file-name.js';
import { asPrevious, withPrevious } from '../../src/formats/imagej/index/merge.js';
import type {
  Dependency,
  PluginRecord,
  SiteIndex,
  TextValue,
} from '../../src/formats/imagej/index/site-index.js';
import type { XmlAttribute } from '../../src/xml/element.js';

/*
 * The quadratic algorithm that the reader used before: merges each record with the previous one, and searches each
 * value among all others. The linear reader must return the same results.
 */

export function mergeOneByOne(index: SiteIndex): SiteIndex {
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
  return {
    ...index,
    records: merged.filter((record) => record !== undefined),
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
    unknown: [
      ...stays.unknown,
      ...orphans.map(({ element }) => ({
        element,
        group: 'previous-version' as const,
        count: Number.MAX_SAFE_INTEGER,
      })),
    ],
  };
}

function withAttributes(
  own: readonly XmlAttribute[],
  others: readonly XmlAttribute[],
): readonly XmlAttribute[] {
  return [...own, ...others.filter((other) => !own.some((attribute) => attribute.name === other.name))];
}

export function addText(list: TextValue[], value: TextValue): void {
  if (!list.some((other) => other.text === value.text)) list.push(value);
}

export function addDependency(list: Dependency[], dependency: Dependency): void {
  const filename = unversionedPath(dependency.filename);
  const at = list.findIndex((other) => other.filename === filename);
  const unversioned = { ...dependency, filename };
  if (at < 0) list.push(unversioned);
  else if ((list[at] as Dependency).timestamp < dependency.timestamp) list[at] = unversioned;
}
