import type { Repository } from './repository.js';

/** Whether a file of the site is an archive of ours, by its path: `plugins/<id>/<version>/<archive>`. */
export function isArchivePath(path: string): boolean {
  return /^plugins\/[^/]+\/[^/]+\/[^/]+\.(jar|zip)$/.test(path);
}

/** The sizes that the history states, by the path of the archive, in bytes. */
export function archiveSizes({ versions }: Repository): ReadonlyMap<string, number> {
  return new Map(versions.flatMap(({ archive }) => (archive ? [[archive.path, archive.size] as const] : [])));
}

/** Why a file of this name is no plugin; undefined where it may be one. */
export function noPluginArchive(fileName: string): string | undefined {
  return /-(sources|javadoc|tests)\.(jar|zip)$/.test(fileName)
    ? 'it is not the plugin, by its name'
    : undefined;
}
