import { withPrefixesOf } from '../index/document-slices.js';
import { preferredFirst } from '../index/offers.js';
import { entryKey, type PublishedVersion, type Repository } from '../index/repository.js';
import { offersThen } from './offers-then.js';
import { createPlacement } from './placement.js';

/** A version that is offered again as it was then. */
export interface Restored {
  readonly then: PublishedVersion;
  /** The same version, with the current place of its archive. */
  readonly version: PublishedVersion;
}

/** Returns the versions that a repository offered then, or that were superseded, without the borrowed ones. */
export function restoredVersions(now: Repository, then: Repository): readonly Restored[] {
  const place = createPlacement(now, then);
  return offersThen(then).map((version) => ({ then: version, version: place(version) }));
}

/**
 * Returns the repository that offers again what it offered then. All other current versions are withdrawn, and their
 * archives stay until the next publication. A channel offers the versions of the repository above that it offers now.
 */
export function restoreRepository(now: Repository, then: Repository): Repository {
  const own = restoredVersions(now, then).map(({ version }) => version);
  const [contents, keys] = [new Set(own.map(contentKey)), new Set(own.map(({ entry }) => entryKey(entry)))];
  const isOther = (version: PublishedVersion) => !keys.has(entryKey(version.entry));
  const since = now.versions
    .filter((version) => !version.borrowed && isOther(version) && !contents.has(contentKey(version)))
    .map((version): PublishedVersion => ({ ...version, state: 'withdrawn', inside: undefined }));
  const borrowed = borrowedIn(now, then).filter(isOther);
  return {
    ...then,
    hadDocumentType: now.hadDocumentType,
    // The other versions may need prefixes that only the current root element declares.
    rootTag: withPrefixesOf(then.rootTag, now.rootTag),
    versions: preferredFirst([...own, ...borrowed, ...since]),
    // A branch keeps its file, because its users would see an error otherwise.
    branches: [...new Set([...now.branches, ...then.branches])].sort((a, b) => a - b),
    isChannel: now.isChannel || then.isChannel,
    channels: now.channels,
    rest: now.rest,
  };
}

/** Returns the versions that a channel borrows. They belong to the repository above, which does not go back. */
function borrowedIn(now: Repository, then: Repository): readonly PublishedVersion[] {
  return (now.isChannel ? now : then).versions.filter(({ borrowed }) => borrowed !== undefined);
}

/** Returns a key of a version with its archive and the place of the archive. */
export function contentKey({ entry: { id, version, url }, archive }: PublishedVersion): string {
  return JSON.stringify(archive ? [id, version, archive.path ?? url, archive.checksum] : [id, version, url]);
}
