import { baseName } from '../../../model/site-path.js';
import { unversionedPath } from '../file-name.js';
import type { PluginRecord, SiteIndex } from './site-index.js';

/** The records of an index by unversioned path, which identifies a file through all its versions (spec, section 3). */
export type RecordMap = ReadonlyMap<string, PluginRecord>;

const cache = new WeakMap<SiteIndex, RecordMap>();

/** Returns the records by unversioned path. The map is cached, because an index never changes. */
export function recordsByComponent(index: SiteIndex): RecordMap {
  let map = cache.get(index);
  if (!map) {
    map = new Map(index.records.map((record) => [unversionedPath(record.filename), record]));
    cache.set(index, map);
  }
  return map;
}

const byName = new WeakMap<SiteIndex, ReadonlyMap<string, readonly (readonly [string, PluginRecord])[]>>();

/** Returns the records with this unversioned file name in any folder, with their unversioned paths. */
export function recordsNamed(name: string, index: SiteIndex): readonly (readonly [string, PluginRecord])[] {
  let map = byName.get(index);
  if (!map) {
    const all = new Map<string, (readonly [string, PluginRecord])[]>();
    for (const entry of recordsByComponent(index)) {
      const known = all.get(baseName(entry[0]));
      if (known) known.push(entry);
      else all.set(baseName(entry[0]), [entry]);
    }
    byName.set(index, (map = all));
  }
  return map.get(name) ?? [];
}
