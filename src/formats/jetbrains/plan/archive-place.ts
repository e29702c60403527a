import { archiveUrl } from '../archive-url.js';
import { baseName, type SitePath } from '../../../model/site-path.js';
import type { PublishedVersion } from '../index/repository.js';
import { commonVersion } from '../system.js';
import type { PlannedArchive } from './planned-archives.js';

/** Where the archives of the site are published. */
export interface ArchivePlaces {
  /** Public address of the site with a slash at its end, or `undefined` if it is unknown. */
  readonly siteUrl: string | undefined;
  /** Address of new archives on another server, with placeholders. `undefined` if the site stores them. */
  readonly archiveUrl: string | undefined;
}

/** Where the archive of a version is. */
export interface ArchivePlace {
  /** Path on the site, or `undefined` if it is on another server. */
  readonly path: SitePath | undefined;
  /** The address that IDEs download it from. */
  readonly url: string;
}

/**
 * Returns the place of an archive. A published archive stays in its place, even if its local file was renamed.
 *
 * @param before the version on the site, if any
 */
export function placeOf(
  { descriptor: { id, version }, path: newPath, inspection, artifact }: PlannedArchive,
  before: PublishedVersion | undefined,
  places: ArchivePlaces,
): ArchivePlace {
  const known = before?.archive?.checksum === inspection.checksum ? before : undefined;
  if (known?.archive ? known.archive.path === undefined : places.archiveUrl !== undefined) {
    const file = baseName(artifact.file.replaceAll('\\', '/'));
    const url =
      places.archiveUrl &&
      archiveUrl(places.archiveUrl, { id, version, release: commonVersion(version), file });
    return { path: undefined, url: url ?? known?.entry.url ?? '' };
  }
  const path = known?.archive?.path ?? newPath;
  const site = places.siteUrl ?? 'https://localhost/';
  return { path, url: site + path.split('/').map(encodeURIComponent).join('/') };
}
