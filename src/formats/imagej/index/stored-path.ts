import type { SitePath } from '../../../model/site-path.js';
import type { Timestamp } from '../../../model/timestamp.js';
import type { SiteIndex } from './site-index.js';

/** Where a version lies on the site (spec, section 1). */
export function storedPath(path: SitePath, timestamp: Timestamp): SitePath;
/** The same of a path that an index names: it may not be safe. */
export function storedPath(path: string, timestamp: Timestamp): string;
export function storedPath(path: string, timestamp: Timestamp): string {
  return `${path}-${timestamp}`;
}

/** Whether a file of a site is a version of something, rather than the index or a page. */
export function isStoredPath(path: string): boolean {
  return /-\d{14}$/.test(path);
}

/** The sizes of the payloads whose index states it: those of current versions. */
export function storedSizes(index: SiteIndex): ReadonlyMap<string, number> {
  return new Map(
    index.records.flatMap(({ filename, current }) =>
      current ? [[storedPath(filename, current.timestamp), current.filesize]] : [],
    ),
  );
}
