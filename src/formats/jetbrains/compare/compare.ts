/**
 * What differs between two states of a repository: the changes with their details, which versions IDEs are offered, and the
 * lines of the index.
 *
 * @module
 */

import type { ChangeDetails, FieldChange } from '../../../model/change-details.js';
import type { Change, ChangeKind } from '../../../model/change.js';
import { compareText } from '../../../model/site-path.js';
import { isNothing, overlap, releaseOf, type BuildRange } from '../build-number.js';
import { textOfHtml } from '../descriptor/html-text.js';
import { byId, listed, preferredFirst, offeredVersions } from '../index/offers.js';
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

/** Adds to changes what they come to for those who have the plugins, and sorts them: by plugin, lowest version first. */
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
      const akin = earlier.find((other) => (other.entry.systems & entry.systems) !== NO_SYSTEM);
      const was = change.kind === 'metadata' ? oldPaths.get(change.path) : replacedBy(entry, earlier);
      // Of several versions of a plugin, each shows where it differs from the one before it in the list.
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
              ...systemChanges(was ?? akin, version),
              ...rangeChange(sibling ?? was ?? akin, version),
              ...textChanges(sibling ?? was ?? akin, version),
              ...signatureChange(sibling ?? was ?? akin, version),
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

/** Changes with the versions that they are about: by id, lowest version first, and removals last. */
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

/** The highest of the versions that some IDE was offered, and is now offered a later one in place of; undefined for none. */
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

/** What happened between two states of a repository. */
export function compareRepositories(before: Repository, after: Repository): readonly Change[] {
  const [old, now] = [byVersion(before), byVersion(after)];
  const earlier = byId(preferredFirst([...old.values()]));
  const change = (kind: ChangeKind, { entry, archive }: PublishedVersion, reason: string): Change => ({
    kind,
    path: pathOf({ entry, archive }),
    ...(archive === undefined || kind === 'remove' ? {} : { checksum: archive.checksum, size: archive.size }),
    reason,
  });
  const newVersion = (version: PublishedVersion): Change => {
    const { id, version: number } = version.entry;
    const [highest] = earlier.get(id) ?? [];
    if (!highest) return change('add', version, 'the site did not offer the plugin before');
    const isHigher = compareVersions(number, highest.entry.version) > 0;
    return change('update', version, isHigher ? 'a new version' : 'it was not offered before');
  };
  const changes = [
    ...[...now].flatMap(([key, version]) => {
      const other = old.get(key);
      if (!other) return newVersion(version);
      return other.entry.source === version.entry.source
        ? []
        : change('metadata', version, 'what the index says about it has changed');
    }),
    ...[...old].flatMap(([key, version]) =>
      now.has(key) ? [] : change('remove', version, 'it is offered no longer'),
    ),
  ];
  return explainChanges(changes, before, after);
}

/** What is offered, by id and version. */
function byVersion({ versions }: Repository): ReadonlyMap<string, PublishedVersion> {
  const offers = versions.filter(({ state }) => state === 'offered');
  return keyedByOccurrence(offers, ({ entry: { id, version } }) => JSON.stringify([id, version]));
}

/** The range of builds in words: `2024.2 to 2025.1`. */
export function rangeInWords(range: BuildRange): string {
  if (isNothing(range)) return 'none';
  const { since, until } = range;
  const name = (branch: number | undefined) => (branch === undefined ? undefined : releaseOf(branch));
  const [first, last] = [name(since?.[0]), name(until?.[0])];
  if (first === undefined) return last === undefined ? 'all' : `up to ${last}`;
  if (last === undefined) return `${first} and later`;
  return first === last ? first : `${first} to ${last}`;
}

function byPath({ versions }: Repository): ReadonlyMap<string, PublishedVersion> {
  // Where two have the same path, the one that IDEs prefer is meant.
  return new Map([...versions].reverse().map((version) => [pathOf(version), version]));
}

/** By id, what is offered, highest version first. */
function offered({ versions }: Repository): ReadonlyMap<string, readonly PublishedVersion[]> {
  return byId([...offeredVersions(versions)]);
}

/**
 * The IDEs that a version is for, where they are not those of the one before. Where both are the same version, also what they
 * were: otherwise the one before may stay for its IDEs.
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

/** Whether the archive is signed, if that is known and differs; of a new plugin in any case. */
function signatureChange(was: PublishedVersion | undefined, found: PublishedVersion): readonly FieldChange[] {
  const [before, after] = [signedInWords(was), signedInWords(found)];
  if (after === undefined || after === before || (was && before === undefined && after === 'no')) return [];
  return [{ field: 'signed', before, after }];
}

/** The systems that a version is for and the one before was not, and the other way round; nothing if it is for all of them. */
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

/** HTML on one line; what stands in a list is told apart. */
function shownText(html: string): string {
  return textOfHtml(html.replace(/<li\b/gi, ' • <li'));
}
