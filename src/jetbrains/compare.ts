import type { ChangeDetails, FieldChange } from '../model/change-details.js';
import type { Change, ChangeKind } from '../model/plan.js';
import { HIGHEST_BRANCH, isNothing, meetsBranch, releaseOf, type BuildRange } from './build-number.js';
import { textOfHtml } from './html-text.js';
import { numbered } from './numbered.js';
import { byId, branchesOf, preferredFirst, usefulVersions } from './offers.js';
import { compareVersions } from './plugin-version.js';
import { ALL_SYSTEMS, NO_SYSTEM, systemNames } from './system.js';
import { commonVersion } from './variant-checks.js';
import { pathOf, type PublishedVersion, type Repository } from './repository.js';

/** Adds to changes what they come to for those who have the plugins. */
export function explainChanges(
  changes: readonly Change[],
  before: Repository,
  after: Repository,
): readonly Change[] {
  const [old, now] = [offered(before), offered(after)];
  const [oldPaths, newPaths] = [byPath(before), byPath(after)];
  const newestBranch = newestBranchIn(before, after);
  const told = new Set<string>();
  const variants = new Map<string, PublishedVersion>();
  return changes.map((change) => {
    const found = newPaths.get(change.path) ?? oldPaths.get(change.path);
    if (!found) return change;
    const { id, systems } = found.entry;
    const was = old.get(id)?.find(({ entry }) => (entry.systems & systems) !== NO_SYSTEM);
    const [is] = now.get(id) ?? [];
    const isRemoval = change.kind === 'remove';
    // Of the variants of a version, the first shows what is new in it; the others show where they differ from that.
    const versionKey = JSON.stringify([id, commonVersion(found.entry.version)]);
    const sibling = isRemoval ? undefined : variants.get(versionKey);
    if (!isRemoval && !sibling) variants.set(versionKey, found);
    // What concerns the plugin as a whole is told once, with the first of its changes.
    const isFirst = !told.has(id);
    told.add(id);
    const details: ChangeDetails = {
      subject: id,
      versionBefore: isRemoval ? found.entry.version : was?.entry.version,
      versionAfter: isRemoval ? undefined : found.entry.version,
      sizeBefore: was?.archive?.size,
      platforms: systemNames(systems),
      fields: [
        ...(isRemoval ? [] : systemChanges(was, found)),
        ...(isRemoval ? [] : textChanges(sibling ?? was, found)),
        ...(isFirst ? branchChanges(old.get(id) ?? [], now.get(id) ?? [], newestBranch) : []),
      ],
      dependents: [],
    };
    return {
      ...change,
      details,
      ...(isRemoval && is && is.entry.version !== found.entry.version
        ? { reason: `${change.reason}; ${is.entry.version} is offered` }
        : {}),
    };
  });
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
  return numbered(offers, ({ entry: { id, version } }) => JSON.stringify([id, version]));
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
  return byId([...usefulVersions(versions)]);
}

function textChanges(was: PublishedVersion | undefined, { entry }: PublishedVersion): readonly FieldChange[] {
  const field = (name: FieldChange['field'], before: string | undefined, after: string): FieldChange[] => {
    const [x, y] = [before || undefined, after || undefined];
    return x === y ? [] : [{ field: name, before: x, after: y }];
  };
  const old = was?.entry;
  return [
    ...field('range', old && rangeInWords(old.range), rangeInWords(entry.range)),
    ...field('description', old && shownText(old.description), shownText(entry.description)),
    ...field('change-notes', old && shownText(old.changeNotes), shownText(entry.changeNotes)),
  ];
}

/** The systems that a version is for and the one before was not, and the other way round; nothing for all of them. */
function systemChanges(
  was: PublishedVersion | undefined,
  { entry }: PublishedVersion,
): readonly FieldChange[] {
  const [old, now] = [systemNames(was?.entry.systems ?? ALL_SYSTEMS), systemNames(entry.systems)];
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

/** The branches of IDEs that gain or lose the plugin, up to the newest one that is known. */
function branchChanges(
  was: readonly PublishedVersion[],
  is: readonly PublishedVersion[],
  newestBranch: number,
): readonly FieldChange[] {
  const branches = branchesOf(
    [...was, ...is].map(({ entry }) => entry),
    newestBranch,
  );
  const only = (these: readonly PublishedVersion[], those: readonly PublishedVersion[]) => {
    const names = branches
      .filter((branch) => isFor(these, branch) && !isFor(those, branch))
      .map((branch) => releaseOf(branch));
    if (!isOpenEnded(these) || isOpenEnded(those)) return names;
    const newest = releaseOf(branches.at(-1) ?? newestBranch);
    return names.at(-1) === newest
      ? [...names.slice(0, -1), `${newest} and later`]
      : [...names, `later than ${newest}`];
  };
  return [
    ...only(was, is).map((name): FieldChange => ({ field: 'branch', before: name, after: undefined })),
    ...only(is, was).map((name): FieldChange => ({ field: 'branch', before: undefined, after: name })),
  ];
}

function isFor(versions: readonly PublishedVersion[], branch: number): boolean {
  return versions.some(({ entry }) => meetsBranch(entry.range, branch));
}

function isOpenEnded(versions: readonly PublishedVersion[]): boolean {
  return versions.some(({ entry }) => entry.range.until === undefined);
}

/** The newest branch that one of the states names. */
function newestBranchIn(...states: readonly Repository[]): number {
  let newest = 0;
  for (const { branches, versions } of states) {
    for (const branch of branches) newest = Math.max(newest, branch);
    for (const { range } of versions.map(({ entry }) => entry))
      newest = Math.max(newest, range.since?.[0] ?? 0, range.until?.[0] ?? 0);
  }
  return Math.min(newest, HIGHEST_BRANCH);
}
