import type { IndexedPayload, ListedVersion } from '../../verification.js';
import { pathOf, type PublishedVersion, type Repository } from '../index/repository.js';
import { createLocator } from './locate.js';

/**
 * Returns the archives of a repository, each once. IDEs are offered those in the index. The others belong to versions
 * that only the history contains: superseded ones, which may be offered again, and withdrawn ones, which the next
 * publication removes.
 */
export function indexedPayloads(index: Repository, siteUrl: string | undefined): readonly IndexedPayload[] {
  const locate = createLocator(index, siteUrl);
  const payloads = new Map<string, IndexedPayload>();
  for (const version of index.versions) {
    const location = isOwed(version) ? locate(version) : undefined;
    if (!location) continue;
    const { storedPath, name, url, path } = location;
    const { checksum, size } = version.archive ?? {};
    const known = payloads.get(name);
    payloads.set(name, {
      storedPath,
      name,
      ...(url === undefined ? {} : { url }),
      path,
      checksums: [...new Set([...(known?.checksums ?? []), ...(checksum === undefined ? [] : [checksum])])],
      size: known?.size ?? size,
      isCurrent: known?.isCurrent === true || isListed(version),
    });
  }
  return [...payloads.values()];
}

/** Whether the index contains a version. */
export function isListed({ state, isUnlisted }: PublishedVersion): boolean {
  return state === 'offered' && isUnlisted !== true;
}

/**
 * Whether the archive of a version should exist. This program does not remove archives of withdrawn versions on another
 * server, and does not know when other tools remove theirs.
 */
function isOwed(version: PublishedVersion): boolean {
  const { state, archive } = version;
  return isListed(version) || archive?.path !== undefined || (state === 'offered' && archive !== undefined);
}

/**
 * Returns the versions that this program has published here. Maintainers edit the entries of other tools by hand, and
 * the next publication omits withdrawn versions.
 */
export function listedVersions({ versions }: Repository): readonly ListedVersion[] {
  return versions.flatMap((version) => {
    const { entry, archive, state, borrowed } = version;
    if (!archive || borrowed) return [];
    const key = JSON.stringify([entry.id, entry.version, archive.checksum]);
    return [{ key, name: pathOf(version), isTemporary: state === 'withdrawn' }];
  });
}
