import { parseSitePath, type SitePath } from '../../../model/site-path.js';
import type { Repository } from './repository.js';

/** How many parts the path of an archive has. */
const PARTS = 4;

/** Whether a file of the site is an archive of ours, by its path: `plugins/<id>/<version>/<archive>`. */
export function isArchivePath(path: string): boolean {
  return parseArchivePath(path) !== undefined;
}

/** The path of an archive of ours; undefined if it is not one. */
export function parseArchivePath(text: string): SitePath | undefined {
  if (!/^plugins\/[^/]+\/[^/]+\/[^/]+\.(jar|zip)$/.test(text)) return undefined;
  const parsed = parseSitePath(text);
  return 'path' in parsed ? parsed.path : undefined;
}

/** The path on the site that an address means, wherever the site is; undefined where it does not look like one of ours. */
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

/** The sizes that the history states, by the path of the archive, in bytes. */
export function archiveSizes({ versions }: Repository): ReadonlyMap<string, number> {
  return new Map(
    versions.flatMap(({ archive }) =>
      archive?.path === undefined ? [] : [[archive.path, archive.size] as const],
    ),
  );
}

/** The archives of ours that the indexes lead to, by their paths; those of withdrawn versions are on their way out. */
export function offeredArchives({ versions }: Repository): readonly string[] {
  const paths = versions.flatMap(({ state, archive }) =>
    state === 'offered' && archive?.path !== undefined ? [archive.path] : [],
  );
  return [...new Set(paths)];
}

/** Why a file of this name is no plugin; undefined where it may be one. */
export function exclusionReason(fileName: string): string | undefined {
  return /-(sources|javadoc|tests)\.(jar|zip)$/.test(fileName)
    ? 'it is not the plugin, by its name'
    : undefined;
}
