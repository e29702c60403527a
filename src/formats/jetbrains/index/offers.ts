import {
  branchesBetween,
  compareBuilds,
  contains,
  MAX_BRANCH,
  isEmptyRange,
  meetsBranch,
  type BuildRange,
} from '../build-number.js';
import { compareVersions } from '../plugin-version.js';
import { includesSystems, NO_SYSTEM, type Systems } from '../system.js';
import type { Entry, PublishedVersion, Repository } from './repository.js';

/**
 * Groups versions by id, in the order in which the ids first appear. Within a group, the highest version comes first.
 * Of equal versions, a borrowed one comes last.
 */
export function preferredFirst(versions: readonly PublishedVersion[]): readonly PublishedVersion[] {
  const isBorrowed = ({ borrowed }: PublishedVersion) => Number(borrowed !== undefined);
  return [...byId(versions).values()].flatMap((list) =>
    [...list].sort(
      (a, b) => compareVersions(b.entry.version, a.entry.version) || isBorrowed(a) - isBorrowed(b),
    ),
  );
}

/** Groups versions by id, keeping their order. */
export function byId(
  versions: readonly PublishedVersion[],
): ReadonlyMap<string, readonly PublishedVersion[]> {
  const lists = new Map<string, PublishedVersion[]>();
  for (const version of versions) {
    const list = lists.get(version.entry.id);
    if (list) list.push(version);
    else lists.set(version.entry.id, [version]);
  }
  return lists;
}

/** Cache by list: applying, writing and explaining a plan ask for the same lists, which never change. */
const OFFERED = new WeakMap<readonly PublishedVersion[], ReadonlySet<PublishedVersion>>();

/**
 * Returns the versions that some IDE can be offered. It omits a version if a higher one covers its whole range
 * (spec, section 4). Entries of other tools are omitted only for versions that this program published, and entries
 * inside another element never. Borrowed versions of a channel are omitted only for the channel's own versions,
 * including an equal one.
 *
 * @param versions of all ids, in the order of {@link preferredFirst}
 */
export function offeredVersions(versions: readonly PublishedVersion[]): ReadonlySet<PublishedVersion> {
  const known = OFFERED.get(versions) ?? findOffered(versions);
  OFFERED.set(versions, known);
  return known;
}

function findOffered(versions: readonly PublishedVersion[]): ReadonlySet<PublishedVersion> {
  const offered = new Set<PublishedVersion>();
  for (const list of byId(versions.filter(({ state }) => state === 'offered')).values()) {
    const higher: PublishedVersion[] = [];
    for (const version of list) {
      if (isSuperseded(version, higher)) continue;
      offered.add(version);
      higher.push(version);
    }
  }
  return offered;
}

/**
 * Whether a version is omitted beside other versions of the same plugin that are offered, as {@link offeredVersions}
 * decides it.
 */
export function isSuperseded(version: PublishedVersion, others: readonly PublishedVersion[]): boolean {
  const { archive, borrowed, inside } = version;
  const mayReplace = (other: PublishedVersion) =>
    borrowed ? !other.borrowed : archive !== undefined || other.archive !== undefined;
  return (
    inside === undefined && others.some((other) => mayReplace(other) && coversWhole(other.entry, version))
  );
}

/** Whether an entry replaces a version for all builds and systems that the version supports. */
function coversWhole(rival: Entry, { entry, borrowed }: PublishedVersion): boolean {
  return (
    contains(rival.range, entry.range) &&
    includesSystems(rival.systems, entry.systems) &&
    compareVersions(rival.version, entry.version) >= (borrowed ? 0 : 1)
  );
}

/**
 * Returns the repository with only the versions in its index. An entry that was removed by hand may have covered
 * versions that only the history contains.
 */
export function listed(repository: Repository): Repository {
  const { versions } = repository;
  return versions.some(({ isUnlisted }) => isUnlisted)
    ? { ...repository, versions: versions.filter(({ isUnlisted }) => !isUnlisted) }
    : repository;
}

/** Returns, for each id and system, the highest version that a build of the branch is offered. */
export function offersFor(branch: number, offered: Iterable<PublishedVersion>): readonly PublishedVersion[] {
  const served = new Map<string, Systems>();
  const offers: PublishedVersion[] = [];
  for (const version of offered) {
    const { id, range, systems } = version.entry;
    const others = served.get(id) ?? NO_SYSTEM;
    if (includesSystems(others, systems) || !meetsBranch(range, branch)) continue;
    offers.push(version);
    served.set(id, others | systems);
  }
  return offers;
}

/**
 * Returns the branches that get their own file: from the lowest to the highest that a plugin supports. A plugin without
 * an upper bound counts up to the newest branch.
 */
export function branchesOf(entries: Iterable<Entry>, newestBranch: number): readonly number[] {
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (const { range } of entries) {
    if (isEmptyRange(range)) continue;
    const [since, until] = [range.since?.[0], range.until?.[0]];
    // An unbounded range does not set a first branch.
    first = Math.min(first, since ?? first);
    last = Math.max(last, Math.min(until ?? newestBranch, Math.max(newestBranch, since ?? 0)));
  }
  return Number.isFinite(first) ? branchesBetween(first, Math.min(last, MAX_BRANCH)) : [];
}

/** Whether two versions support the same builds and systems. */
export function isForTheSame(a: Entry, b: Entry): boolean {
  return a.systems === b.systems && isSameRange(a.range, b.range);
}

function isSameRange(a: BuildRange, b: BuildRange): boolean {
  const same = (x: BuildRange['since'], y: BuildRange['since']) =>
    x === undefined || y === undefined ? x === y : compareBuilds(x, y) === 0;
  return same(a.since, b.since) && same(a.until, b.until);
}
