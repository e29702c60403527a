import { parseSitePath } from '../../../model/site-path.js';
import type { IndexedPayload } from '../../verification.js';
import type { SiteIndex } from '../index/site-index.js';
import { storedPath } from '../index/stored-path.js';

/** Returns the stored files that the index names, each once: the current version of a file before its previous ones. */
export function indexedPayloads(index: SiteIndex): readonly IndexedPayload[] {
  const payloads = new Map<string, IndexedPayload>();
  const add = (
    path: string,
    timestamp: number,
    more: Pick<IndexedPayload, 'size' | 'isCurrent'>,
    sum: string,
  ) => {
    const name = storedPath(path, timestamp);
    const known = payloads.get(name);
    if (known) {
      // Clients that are offered the file accept only the checksum of the current version.
      if (!known.isCurrent && !known.checksums.includes(sum))
        payloads.set(name, { ...known, checksums: [...known.checksums, sum] });
      return;
    }
    const parsed = parseSitePath(path);
    const stored = 'path' in parsed ? storedPath(parsed.path, timestamp) : undefined;
    payloads.set(name, { storedPath: stored, name, path, checksums: [sum], ...more });
  };
  for (const { filename, current } of index.records)
    if (current)
      add(filename, current.timestamp, { size: current.filesize, isCurrent: true }, current.checksum);
  for (const { previous } of index.records)
    for (const { filename, timestamp, checksum } of previous)
      add(filename, timestamp, { size: undefined, isCurrent: false }, checksum);
  return [...payloads.values()];
}
