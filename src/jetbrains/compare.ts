import type { ChangeDetails, FieldChange } from '../model/change-details.js';
import type { Change, ChangeKind } from '../model/plan.js';
import { branchesBetween, meetsBranch, releaseOf, type BuildRange } from './build-number.js';
import { textOfHtml } from './descriptor-checks.js';
import { byId, branchesOf, usefulVersions } from './offers.js';
import { keyOf } from './load-repository.js';
import type { PublishedVersion, Repository } from './repository.js';

/** Adds to changes what they come to for those who have the plugins. */
export function explainChanges(
  changes: readonly Change[],
  before: Repository,
  after: Repository,
): readonly Change[] {
  const [old, now] = [offered(before), offered(after)];
  const told = new Set<string>();
  return changes.map((change) => {
    const found = findVersion(change.path, after) ?? findVersion(change.path, before);
    if (!found) return change;
    const { id } = found.entry;
    const [was] = old.get(id) ?? [];
    const [is] = now.get(id) ?? [];
    const isRemoval = change.kind === 'remove';
    // What concerns the plugin as a whole is told once, with the first of its changes.
    const isFirst = !told.has(id);
    told.add(id);
    const details: ChangeDetails = {
      subject: id,
      versionBefore: isRemoval ? found.entry.version : was?.entry.version,
      versionAfter: isRemoval ? undefined : found.entry.version,
      sizeBefore: was?.archive?.size,
      platforms: [],
      fields: [
        ...(isRemoval ? [] : textChanges(was, found)),
        ...(isFirst ? branchChanges(old.get(id) ?? [], now.get(id) ?? [], before, after) : []),
      ],
      dependents: [],
    };
    return {
      ...change,
      details,
      ...(isRemoval && is ? { reason: `${change.reason}; ${is.entry.version} is offered` } : {}),
    };
  });
}

/** What happened between two states of a repository. */
export function compareRepositories(before: Repository, after: Repository): readonly Change[] {
  const keys = ({ versions }: Repository) =>
    new Map(
      versions.filter(({ state }) => state === 'offered').map((version) => [keyOf(version.entry), version]),
    );
  const [old, now] = [keys(before), keys(after)];
  const ids = new Set([...old.values()].map(({ entry }) => entry.id));
  const change = (kind: ChangeKind, { entry, archive }: PublishedVersion, reason: string): Change => ({
    kind,
    path: archive?.path ?? `${entry.id}@${entry.version}`,
    ...(archive === undefined || kind === 'remove' ? {} : { checksum: archive.checksum, size: archive.size }),
    reason,
  });
  const changes = [
    ...[...now].flatMap(([key, version]) => {
      const other = old.get(key);
      if (!other)
        return ids.has(version.entry.id)
          ? change('update', version, 'a new version')
          : change('add', version, 'the site did not offer the plugin before');
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

/** The range of builds in words: `2024.2 to 2025.1`. */
export function rangeInWords({ since, until }: BuildRange): string {
  const name = (branch: number | undefined) => (branch === undefined ? undefined : releaseOf(branch));
  const [first, last] = [name(since?.[0]), name(until?.[0])];
  if (first === undefined) return last === undefined ? 'all' : `up to ${last}`;
  if (last === undefined) return `${first} and later`;
  return first === last ? first : `${first} to ${last}`;
}

function findVersion(path: string, { versions }: Repository): PublishedVersion | undefined {
  return versions.find(({ entry, archive }) => (archive?.path ?? `${entry.id}@${entry.version}`) === path);
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

/** HTML on one line; what stands in a list is told apart. */
function shownText(html: string): string {
  return textOfHtml(html.replace(/<li\b/gi, ' • <li'));
}

/** The branches of IDEs that gain or lose the plugin. */
function branchChanges(
  was: readonly PublishedVersion[],
  is: readonly PublishedVersion[],
  before: Repository,
  after: Repository,
): readonly FieldChange[] {
  const newest = Math.max(0, ...before.branches, ...after.branches);
  const all = branchesOf(
    [...was, ...is].map(({ entry }) => entry),
    newest,
  );
  const branches = branchesBetween(all[0] ?? 1, all.at(-1) ?? 0);
  const has = (versions: readonly PublishedVersion[], branch: number) =>
    versions.some(({ entry }) => meetsBranch(entry.range, branch));
  return branches.flatMap((branch): FieldChange[] => {
    const [old, now] = [has(was, branch), has(is, branch)];
    const name = releaseOf(branch);
    if (old === now) return [];
    return [{ field: 'branch', before: old ? name : undefined, after: now ? name : undefined }];
  });
}
