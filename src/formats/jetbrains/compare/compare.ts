/**
 * Compares two states of a repository: the changes with their details, the versions that IDEs are offered, and the
 * lines of the index.
 *
 * @module
 */

import type { ChangeDetails, FieldChange } from '../../../model/change-details.js';
import { USUAL_REASONS, type Change, type ChangeKind } from '../../../model/change.js';
import { compareText } from '../../../model/site-path.js';
import { isEmptyRange, overlap, releaseOf, type BuildRange } from '../build-number.js';
import { textOfHtml } from '../descriptor/html-text.js';
import { byId, isSuperseded, listed, preferredFirst, offeredVersions } from '../index/offers.js';
import {
  archiveOf,
  pathOf,
  type Entry,
  type PublishedVersion,
  type Repository,
} from '../index/repository.js';
import { compareVersions } from '../plugin-version.js';
import { signedInWords } from '../index/signed-in-words.js';
import { ALL_SYSTEMS, commonVersion, NO_SYSTEM, systemNames } from '../system.js';
import { keyedByOccurrence } from './keyed-by-occurrence.js';

/** Adds what each change means for existing users, and sorts the changes by plugin, lowest version first. */
export function explainChanges(
  changes: readonly Change[],
  before: Repository,
  after: Repository,
): readonly Change[] {
  const old = offered(listed(before));
  const [oldPaths, newPaths] = [byPath(before), byPath(after)];
  const shown = new Map<string, PublishedVersion>();
  return inOrder(changes, (change) => newPaths.get(change.path) ?? oldPaths.get(change.path)).map(
    ({ change, version }) => {
      if (!version) return change;
      const { entry } = version;
      const isRemoval = change.kind === 'remove';
      const earlier = old.get(entry.id) ?? [];
      const sharingSystems = earlier.find((other) => (other.entry.systems & entry.systems) !== NO_SYSTEM);
      const was = change.kind === 'metadata' ? oldPaths.get(change.path) : replacedBy(entry, earlier);
      // If a plugin has several versions, each shows its differences from the previous one in the list.
      const sibling = isRemoval ? undefined : shown.get(entry.id);
      if (!isRemoval) shown.set(entry.id, version);
      const isVariant = entry.systems !== ALL_SYSTEMS;
      const details: ChangeDetails = {
        subject: entry.id,
        versionBefore: isRemoval ? entry.version : was?.entry.version,
        versionAfter: isRemoval ? undefined : entry.version,
        sizeBefore: sizeOf(isRemoval ? version : was),
        platforms: systemNames(entry.systems),
        ...(isVariant ? { variant: variantOf(entry, isRemoval ? entry : was?.entry, isRemoval) } : {}),
        fields: isRemoval
          ? []
          : [
              ...systemChanges(was ?? sharingSystems, version),
              ...rangeChange(sibling ?? was ?? sharingSystems, version),
              ...textChanges(sibling ?? was ?? sharingSystems, version),
              ...signatureChange(sibling ?? was ?? sharingSystems, version),
            ],
        dependents: [],
      };
      return { ...change, details };
    },
  );
}

function sizeOf(version: PublishedVersion | undefined): number | undefined {
  return version && archiveOf(version)?.size;
}

function variantOf(entry: Entry, was: Entry | undefined, isRemoval: boolean): ChangeDetails['variant'] {
  return {
    before: was && commonVersion(was.version),
    after: isRemoval ? undefined : commonVersion(entry.version),
  };
}

/** Returns changes with their versions, sorted by id, lowest version first, removals last. */
function inOrder(
  changes: readonly Change[],
  versionOf: (change: Change) => PublishedVersion | undefined,
): readonly { readonly change: Change; readonly version: PublishedVersion | undefined }[] {
  const isRemoval = ({ change }: { readonly change: Change }) => Number(change.kind === 'remove');
  return changes
    .map((change) => ({ change, version: versionOf(change) }))
    .sort((a, b) => {
      const [x, y] = [a.version?.entry, b.version?.entry];
      return (
        isRemoval(a) - isRemoval(b) ||
        compareText(x?.id ?? '', y?.id ?? '') ||
        compareVersions(x?.version ?? '', y?.version ?? '')
      );
    });
}

/** Returns the highest earlier version that an entry replaces for some IDE, or `undefined`. */
function replacedBy(
  { version, range, systems }: Entry,
  earlier: readonly PublishedVersion[],
): PublishedVersion | undefined {
  return earlier.find(
    ({ entry }) =>
      (entry.systems & systems) !== NO_SYSTEM &&
      overlap(entry.range, range) &&
      compareVersions(entry.version, version) < 0,
  );
}

/** Returns the changes between two states of a repository. */
export function compareRepositories(before: Repository, after: Repository): readonly Change[] {
  const [old, now] = [byVersion(before), byVersion(after)];
  const earlier = byId(preferredFirst([...old.values()]));
  const change = (kind: ChangeKind, { entry, archive }: PublishedVersion, reason: string): Change => ({
    kind,
    path: pathOf({ entry, archive }),
    ...(archive === undefined || kind === 'remove' ? {} : { checksum: archive.checksum, size: archive.size }),
    reason,
  });
  const withdrawn = new Set(before.versions.filter(({ state }) => state === 'withdrawn').map(contentOf));
  const newVersion = (version: PublishedVersion): Change => {
    if (withdrawn.has(contentOf(version)))
      return change('revive', version, 'restored after it was withdrawn');
    const { id, version: number } = version.entry;
    const [highest] = earlier.get(id) ?? [];
    if (!highest) return change('add', version, USUAL_REASONS.addedPlugin);
    const isHigher = compareVersions(number, highest.entry.version) > 0;
    return change(
      'update',
      version,
      isHigher ? USUAL_REASONS.newVersion : 'the previous index did not offer the version',
    );
  };
  const offersNow = offered(after);
  // A channel does not record the versions of the repository above that its own versions replace.
  const isReplaced = (version: PublishedVersion) =>
    version.borrowed !== undefined && isSuperseded(version, offersNow.get(version.entry.id) ?? []);
  const changes = [
    ...[...now].flatMap(([key, version]) => {
      const other = old.get(key);
      if (!other) return newVersion(version);
      return other.entry.source === version.entry.source
        ? []
        : change('metadata', version, USUAL_REASONS.metadata);
    }),
    ...[...old].flatMap(([key, version]) =>
      now.has(key) || isReplaced(version) ? [] : change('remove', version, 'no longer offered'),
    ),
  ];
  return explainChanges(changes, before, after);
}

/** Returns a key of a version with its archive. */
function contentOf({ entry: { id, version, url }, archive }: PublishedVersion): string {
  return JSON.stringify([id, version, archive?.checksum ?? url]);
}

/** Returns the offered versions by id and version. */
function byVersion({ versions }: Repository): ReadonlyMap<string, PublishedVersion> {
  const offers = versions.filter(({ state }) => state === 'offered');
  return keyedByOccurrence(offers, ({ entry: { id, version } }) => JSON.stringify([id, version]));
}

/** Describes a range of builds: `2024.2 to 2025.1`. */
export function rangeInWords(range: BuildRange): string {
  if (isEmptyRange(range)) return 'none';
  const { since, until } = range;
  const name = (branch: number | undefined) => (branch === undefined ? undefined : releaseOf(branch));
  const [first, last] = [name(since?.[0]), name(until?.[0])];
  if (first === undefined) return last === undefined ? 'all' : `up to ${last}`;
  if (last === undefined) return `${first} and later`;
  return first === last ? first : `${first} to ${last}`;
}

function byPath({ versions }: Repository): ReadonlyMap<string, PublishedVersion> {
  // If two versions have the same path, the one that IDEs prefer counts.
  return new Map([...versions].reverse().map((version) => [pathOf(version), version]));
}

/** Returns the offered versions by id, highest first. */
function offered({ versions }: Repository): ReadonlyMap<string, readonly PublishedVersion[]> {
  return byId([...offeredVersions(versions)]);
}

/**
 * Returns the supported IDEs of a version if they changed. The previous range is included only for the same version,
 * because a different version may stay for its IDEs.
 */
function rangeChange(was: PublishedVersion | undefined, { entry }: PublishedVersion): readonly FieldChange[] {
  const [before, after] = [was && rangeInWords(was.entry.range), rangeInWords(entry.range)];
  if (before === after) return [];
  return [{ field: 'range', before: was?.entry.version === entry.version ? before : undefined, after }];
}

function textChanges(was: PublishedVersion | undefined, { entry }: PublishedVersion): readonly FieldChange[] {
  const field = (name: FieldChange['field'], before: string | undefined, after: string): FieldChange[] => {
    const [x, y] = [before || undefined, after || undefined];
    return x === y ? [] : [{ field: name, before: x, after: y }];
  };
  const old = was?.entry;
  return [
    ...field('description', old && shownText(old.description), shownText(entry.description)),
    ...field('change-notes', old && shownText(old.changeNotes), shownText(entry.changeNotes)),
  ];
}

/** Returns whether the archive is signed, if that is known and changed, or if the plugin is new. */
function signatureChange(was: PublishedVersion | undefined, found: PublishedVersion): readonly FieldChange[] {
  const [before, after] = [signedInWords(was), signedInWords(found)];
  if (after === undefined || after === before || (was && before === undefined && after === 'no')) return [];
  return [{ field: 'signed', before, after }];
}

/** Returns the added and removed systems of a version. The list is empty for a version that supports all systems. */
function systemChanges(
  was: PublishedVersion | undefined,
  { entry }: PublishedVersion,
): readonly FieldChange[] {
  const [old, now] = [systemNames(was?.entry.systems ?? ALL_SYSTEMS), systemNames(entry.systems)];
  if (entry.systems === ALL_SYSTEMS) return [];
  return [
    ...old
      .filter((name) => !now.includes(name))
      .map((name): FieldChange => ({ field: 'platform', before: name, after: undefined })),
    ...now
      .filter((name) => !old.includes(name))
      .map((name): FieldChange => ({ field: 'platform', before: undefined, after: name })),
  ];
}

/** Renders HTML on one line, with a bullet before each list item. */
function shownText(html: string): string {
  return textOfHtml(html.replace(/<li\b/gi, ' • <li'));
}
