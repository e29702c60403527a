import type { SitePath } from '../../../model/site-path.js';
import type { Timestamp } from '../../../model/timestamp.js';
import type { SiteIndex } from './site-index.js';

/** Returns the path of a version on the site (spec, section 1). */
export function storedPath(path: SitePath, timestamp: Timestamp): SitePath;
/** The same for a path from an index, which may be unsafe. */
export function storedPath(path: string, timestamp: Timestamp): string;
export function storedPath(path: string, timestamp: Timestamp): string {
  return `${path}-${timestamp}`;
}

/** Whether a path is that of a stored version, rather than the index or a page. */
export function isStoredPath(path: string): boolean {
  return /-\d{14}$/.test(path);
}

/** Returns the sizes of the payloads in bytes. The index states them only for current versions. */
export function storedSizes(index: SiteIndex): ReadonlyMap<string, number> {
  return new Map(
    index.records.flatMap(({ filename, current }) =>
      current?.filesize === undefined ? [] : [[storedPath(filename, current.timestamp), current.filesize]],
    ),
  );
}
