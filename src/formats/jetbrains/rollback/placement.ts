import type { SitePath } from '../../../model/site-path.js';
import { parseArchivePath } from '../index/archive-path.js';
import type { ArchiveRecord, PublishedVersion, Repository } from '../index/repository.js';
import { addressesOf } from '../verify/locate.js';
import { relocateRepository } from '../verify/relocate.js';

/** Number of digits of the checksum in the name of an archive whose path is taken. */
const NAME_DIGITS = 16;

/** An archive that the site stores. */
type StoredArchive = ArchiveRecord & { readonly path: SitePath };

/**
 * Returns a function that gives earlier versions the current place of their archive. An entry stays as it was, unless
 * its address does not lead to the archive any more: the site has moved, or stores other bytes in that place.
 *
 * @throws {UserError} `index` if an entry cannot contain its new address
 */
export function createPlacement(
  now: Repository,
  then: Repository,
): (version: PublishedVersion) => PublishedVersion {
  const stored = new Map<string, PublishedVersion & { readonly archive: StoredArchive }>();
  for (const version of now.versions) {
    const archive = storedArchive(version);
    if (archive) stored.set(keyOf(version), { ...version, archive });
  }
  const taken = new Set([...stored.values()].map(({ archive }) => archive.path));
  const sites = addressesOf([...stored.values()]).map(({ href }) => href);
  return (version) => {
    const archive = storedArchive(version);
    const [home] = addressesOf([version]);
    if (!archive || !home) return version;
    const known = stored.get(keyOf(version));
    const path = known?.archive.path ?? (taken.has(archive.path) ? otherPath(archive) : archive.path);
    const placed = {
      ...version,
      archive: { ...archive, ...known?.archive, path },
      rest: known?.rest ?? version.rest,
    };
    const [site = home.href] = sites.includes(home.href) ? [] : sites;
    if (path === archive.path && site === home.href) return placed;
    return relocateRepository({ ...then, versions: [placed] }, undefined, site).versions[0] ?? placed;
  };
}

/** Returns a key of a version with its archive, wherever that is. */
function keyOf({ entry: { id, version }, archive }: PublishedVersion): string {
  return JSON.stringify([id, version, archive?.checksum]);
}

function storedArchive({ archive }: PublishedVersion): StoredArchive | undefined {
  return archive?.path === undefined ? undefined : { ...archive, path: archive.path };
}

/** Returns a path in the same folder that no other archive has. */
function otherPath({ path, checksum }: StoredArchive): SitePath {
  const folder = path.slice(0, path.lastIndexOf('/'));
  return parseArchivePath(`${folder}/${checksum.slice(0, NAME_DIGITS)}${path.slice(-'.zip'.length)}`) ?? path;
}
