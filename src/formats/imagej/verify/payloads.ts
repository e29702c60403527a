import { parseSitePath } from '../../../model/site-path.js';
import type { IndexedPayload, ListedVersion } from '../../verification.js';
import { recordsByComponent } from '../index/record-map.js';
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

/** Returns the versions of all files. Old indexes do not state every file name, so the unversioned path identifies it. */
export function listedVersions(index: SiteIndex): readonly ListedVersion[] {
  return [...recordsByComponent(index)].flatMap(([component, { filename, current, previous }]) =>
    [...(current ? [{ ...current, filename }] : []), ...previous].map(
      ({ checksum, timestamp, ...version }) => ({
        key: `${component} ${timestamp} ${checksum}`,
        name: storedPath(version.filename, timestamp),
      }),
    ),
  );
}
