import { USUAL_REASONS } from '../../../model/change.js';
import type { Problem } from '../../../model/problem.js';
import { makeEntry } from '../index/entry-xml.js';
import {
  pathOf,
  type ArchiveRecord,
  type Entry,
  type PublishedVersion,
  type Repository,
} from '../index/repository.js';
import { recordOf } from './signature-checks.js';
import { placeOf, type ArchivePlaces } from './archive-place.js';
import type { PlannedArchive } from './planned-archives.js';
import type { JetBrainsChange } from './change.js';

/** Finds a version among the published ones. */
export function publishedVersionOf(
  { id, version }: Pick<Entry, 'id' | 'version'>,
  versions: readonly PublishedVersion[],
): PublishedVersion | undefined {
  return versions.find(({ entry }) => entry.id === id && entry.version === version);
}

/** Decides what to do with an archive. Returns `undefined` if nothing changes. */
export function decideChange(
  planned: PlannedArchive,
  { versions }: Repository,
  places: ArchivePlaces,
): JetBrainsChange | { readonly problem: Problem } | undefined {
  const { descriptor } = planned;
  const { checksum, size, signature } = planned.inspection;
  const before = publishedVersionOf(descriptor, versions);
  const { path: storedAt, url } = placeOf(planned, before, places);
  const entry = makeEntry(descriptor, url, before?.entry);
  const known = before?.archive?.checksum === checksum ? before.archive : undefined;
  const archive = { ...known, path: storedAt, checksum, size, ...recordOf(signature) };
  const now: PublishedVersion = { entry, state: 'offered', archive, rest: before?.rest };
  const path = pathOf(now);
  const change = { path, checksum, size, published: now };
  if (!before) {
    const isKnown = versions.some((known) => known.entry.id === descriptor.id && known.state === 'offered');
    return isKnown
      ? { ...change, kind: 'update', reason: USUAL_REASONS.newVersion, before: undefined }
      : { ...change, kind: 'add', reason: USUAL_REASONS.addedPlugin, before: undefined };
  }
  const published = before.borrowed ? before.borrowed.archive : before.archive;
  if (published?.checksum !== checksum) return { problem: publishedBefore(before.entry, published, path) };
  if (before.borrowed) return undefined;
  if (before.state === 'withdrawn')
    return { ...change, kind: 'revive', reason: 'restored after it was withdrawn', before };
  if (before.entry.source === entry.source || before.inside !== undefined) return undefined;
  return { ...change, kind: 'metadata', reason: USUAL_REASONS.metadata, before };
}

function publishedBefore(entry: Entry, archive: ArchiveRecord | undefined, path: string): Problem {
  const what = `${entry.id} ${entry.version}`;
  const why = archive
    ? `${what} was published with different content. A published version must not change, because IDEs that have it would not notice`
    : `${what} is already in the index (${entry.url}), and it is unknown whether that is the same archive`;
  return {
    severity: 'error',
    code: 'published-version',
    path,
    message: `${why}.`,
    hint: 'Give the plugin a new version.',
  };
}
