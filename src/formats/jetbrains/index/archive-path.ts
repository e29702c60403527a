import { parseSitePath, type SitePath } from '../../../model/site-path.js';
import type { Repository } from './repository.js';

/** Number of parts in the path of an archive. */
const PARTS = 4;

/** Whether a path on the site is that of an archive: `plugins/<id>/<version>/<archive>`. */
export function isArchivePath(path: string): boolean {
  return parseArchivePath(path) !== undefined;
}

/** Parses the path of an archive on the site. Returns `undefined` if the text is not one. */
export function parseArchivePath(text: string): SitePath | undefined {
  if (!/^plugins\/[^/]+\/[^/]+\/[^/]+\.(jar|zip)$/.test(text)) return undefined;
  const parsed = parseSitePath(text);
  return 'path' in parsed ? parsed.path : undefined;
}

/** Returns the path of the archive that an address leads to, on any site, or `undefined` for other addresses. */
export function archivePathIn(url: string): SitePath | undefined {
  const [location = ''] = url.split(/[?#]/, 1);
  let path: string;
  try {
    path = location.split('/').slice(-PARTS).map(decodeURIComponent).join('/');
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
  return parseArchivePath(path);
}

/** Returns the sizes of archives according to the history, in bytes, by path. */
export function archiveSizes({ versions }: Repository): ReadonlyMap<string, number> {
  return new Map(
    versions.flatMap(({ archive }) =>
      archive?.path === undefined ? [] : [[archive.path, archive.size] as const],
    ),
  );
}

/** Returns the paths of archives that the indexes lead to. Archives of withdrawn versions are about to be removed. */
export function offeredArchives({ versions }: Repository): readonly string[] {
  const paths = versions.flatMap(({ state, archive }) =>
    state === 'offered' && archive?.path !== undefined ? [archive.path] : [],
  );
  return [...new Set(paths)];
}

/** Returns why a file with this name is not a plugin, or `undefined` if it may be one. */
export function exclusionReason(fileName: string): string | undefined {
  return /-(sources|javadoc|tests)\.(jar|zip)$/.test(fileName)
    ? 'according to its name, it is not the plugin'
    : undefined;
}
