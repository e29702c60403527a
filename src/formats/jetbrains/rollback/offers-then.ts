import { byId, isSuperseded } from '../index/offers.js';
import type { PublishedVersion, Repository } from '../index/repository.js';

/**
 * Returns the versions that a repository offered, and those that were superseded: they are offered again if the higher
 * version is withdrawn. Borrowed versions of a channel are not included.
 */
export function offersThen({ versions }: Repository): readonly PublishedVersion[] {
  const offered = versions.filter(({ state }) => state === 'offered');
  const listed = byId(offered.filter(({ isUnlisted }) => !isUnlisted));
  return offered.filter(
    (version) =>
      !version.borrowed &&
      // A version was not offered if the one that superseded it had been removed from the index by hand.
      (!version.isUnlisted || isSuperseded(version, listed.get(version.entry.id) ?? [])),
  );
}
