import type { Inspector, VerifyRequest, VerifyResult } from '../../src/app/ports/inspector.js';
import type { Progress } from '../../src/app/ports/log.js';
import type { LocalFile, ReadableSite, SiteSource } from '../../src/app/ports/site-source.js';
import type { Publication, SiteSnapshot, SiteStore } from '../../src/app/ports/site-store.js';
import type { IndexedPayload } from '../../src/formats/verification.js';
import { sitePath } from '../../src/model/site-path.js';

/** The timestamp in the names of stored files. */
export const STAMP = '20260101000000';

/** Creates a payload of an index, by its path without the timestamp. Its size is 1. */
export function indexedPayload(path: string, more: Partial<IndexedPayload> = {}): IndexedPayload {
  const stored = `${path}-${STAMP}`;
  return {
    storedPath: sitePath(stored),
    name: stored,
    path,
    checksums: ['aa'],
    size: 1,
    isCurrent: true,
    ...more,
  };
}

/**
 * Creates a site in memory.
 *
 * @param files content by path
 * @param more what differs from a plain site
 */
export function memorySite(
  files: Readonly<Record<string, string>>,
  more: Partial<SiteSnapshot> = {},
): SiteSnapshot {
  const found = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
  return {
    isNew: found.size === 0,
    readFile: (path) => Promise.resolve(found.get(path)),
    listFiles: () => Promise.resolve([...found.keys()]),
    statFiles: (paths, onDone) =>
      Promise.resolve(
        paths.map((path) => {
          onDone?.();
          const bytes = found.get(path);
          return bytes ? { status: 'there', size: bytes.length } : { status: 'missing' };
        }),
      ),
    fetchFiles: (paths, { fileFor, onBytes }) =>
      Promise.resolve(
        paths.map((path): LocalFile => {
          const bytes = found.get(path);
          if (!bytes) return { status: 'missing' };
          onBytes?.(bytes.length);
          return { status: 'there', file: fileFor(path), size: bytes.length, modified: 1 };
        }),
      ),
    ...more,
  };
}

/** Creates a place from which this site is read. */
export function memorySource(site: ReadableSite, description = 'folder old'): SiteSource {
  return { description, open: () => Promise.resolve(site), close: () => Promise.resolve() };
}

/** Creates a place with this site that accepts publications, and records them. */
export function memoryStore(
  site: SiteSnapshot,
  more: Partial<SiteStore> = {},
): { readonly store: SiteStore; readonly published: Publication[] } {
  const published: Publication[] = [];
  const store: SiteStore = {
    description: 'folder new',
    isAtomic: true,
    open: () => Promise.resolve(site),
    publish: (_, publication) => {
      published.push(publication);
      return Promise.resolve({ status: 'published', commit: 'c0ffee' });
    },
    close: () => Promise.resolve(),
    ...more,
  };
  return { store, published };
}

/** Creates an inspector for which every stored file matches the index, except those with another result by label. */
export function verifyingInspector(others: Readonly<Record<string, VerifyResult>> = {}): Inspector {
  const notUsed = () => Promise.reject(new Error('Only stored files are compared.'));
  return {
    inspectAll: notUsed,
    analyzeAll: notUsed,
    checksumAll: notUsed,
    verifyAll: (requests: readonly VerifyRequest[], onDone) =>
      Promise.resolve(
        requests.map(({ label, size }) => {
          onDone(size);
          return others[label] ?? { facts: { isMatch: true, checksum: 'aa' } };
        }),
      ),
  };
}

/** Creates a progress that records its tasks: what they are, each amount, and their ends. */
export function recordedProgress(events: string[] = []): Progress & { readonly events: readonly string[] } {
  return {
    events,
    start: (label, total, unit = 'bytes') => {
      events.push(`${label}: ${total} ${unit}`);
      return {
        advance: (amount) => events.push(`+${amount}`),
        done: () => events.push('done'),
      };
    },
  };
}
