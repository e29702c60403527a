import type { PluginRecord, SiteIndex } from '../model/site-index.js';
import { unversionedPath } from './file-name.js';

/** The records of an index by unversioned path: what identifies a file through all its versions (spec, section 3). */
export type RecordMap = ReadonlyMap<string, PluginRecord>;

const cache = new WeakMap<SiteIndex, RecordMap>();

/** An index is never changed, so that its map is made once. */
export function recordsByComponent(index: SiteIndex): RecordMap {
  let map = cache.get(index);
  if (!map) {
    map = new Map(index.records.map((record) => [unversionedPath(record.filename), record]));
    cache.set(index, map);
  }
  return map;
}
