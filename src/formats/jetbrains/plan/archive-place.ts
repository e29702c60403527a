import { archiveUrl } from '../archive-url.js';
import { baseName, type SitePath } from '../../../model/site-path.js';
import type { PublishedVersion } from '../index/repository.js';
import { commonVersion } from '../system.js';
import type { PlannedArchive } from './planned-archives.js';

/** Where archives of the site are found. */
export interface ArchivePlaces {
  /** Public address of the site, with a slash at its end; undefined if it is not known. */
  readonly siteUrl: string | undefined;
  /** Address of new archives on another server, with placeholders; undefined if the site holds them. */
  readonly archiveUrl: string | undefined;
}

/** Where the archive of one version is. */
export interface ArchivePlace {
  /** Path on the site; undefined if it is on another server. */
  readonly path: SitePath | undefined;
  /** The address that IDEs get it from. */
  readonly url: string;
}

/**
 * Where an archive is, or goes. The one that is published already stays where it is, whatever its file is called today.
 *
 * @param before what the site has of the version
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
