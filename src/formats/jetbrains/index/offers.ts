import {
  branchesBetween,
  compareBuilds,
  contains,
  MAX_BRANCH,
  isNothing,
  meetsBranch,
  type BuildRange,
} from '../build-number.js';
import { compareVersions } from '../plugin-version.js';
import { includesSystems, NO_SYSTEM, type Systems } from '../system.js';
import type { Entry, PublishedVersion, Repository } from './repository.js';

/**
 * The versions with those of one id side by side, highest first, of the same ones the own first; ids stay in the order in
 * which they first come.
 */
export function preferredFirst(versions: readonly PublishedVersion[]): readonly PublishedVersion[] {
  const isBorrowed = ({ borrowed }: PublishedVersion) => Number(borrowed !== undefined);
  return [...byId(versions).values()].flatMap((list) =>
    [...list].sort(
      (a, b) => compareVersions(b.entry.version, a.entry.version) || isBorrowed(a) - isBorrowed(b),
    ),
  );
}

/** The versions by id, each list in its order. */
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

/** What is known of lists already: applying, writing and explaining a plan each ask for the same ones, which never change. */
const OFFERED = new WeakMap<readonly PublishedVersion[], ReadonlySet<PublishedVersion>>();

/**
 * The versions that some IDE can be offered: not those whose whole range a higher one covers (spec, section 4). What others
 * wrote into the index is left out for what we publish, never for something else that they wrote; and never where it stands
 * inside of another element. What a channel borrows is left out for everything of its own, also for the same version.
 *
 * @param versions those of all ids, as {@link preferredFirst} gives them
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
    const higherOfOurs: PublishedVersion[] = [];
    const higherOfChannel: PublishedVersion[] = [];
    for (const version of list) {
      const rivals = version.borrowed ? higherOfChannel : version.archive ? higher : higherOfOurs;
      if (version.inside === undefined && rivals.some((rival) => coversWhole(rival.entry, version))) continue;
      offered.add(version);
      higher.push(version);
      if (version.archive) higherOfOurs.push(version);
      if (!version.borrowed) higherOfChannel.push(version);
    }
  }
  return offered;
}

/** Whether an entry takes the place of a version for everything that the version is for. */
function coversWhole(rival: Entry, { entry, borrowed }: PublishedVersion): boolean {
  return (
    contains(rival.range, entry.range) &&
    includesSystems(rival.systems, entry.systems) &&
    (borrowed !== undefined || compareVersions(rival.version, entry.version) > 0)
  );
}

/** A repository as its index has it: what was taken out by hand may have covered versions that only the history knows. */
export function listed(repository: Repository): Repository {
  const { versions } = repository;
  return versions.some(({ isUnlisted }) => isUnlisted)
    ? { ...repository, versions: versions.filter(({ isUnlisted }) => !isUnlisted) }
    : repository;
}

/** For one branch: of each id and system the highest version that some build of the branch is offered. */
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
 * The branches that get a file of their own: from the lowest that a plugin is for to the highest, and where a plugin is
 * for all later ones, up to the newest that there is.
 */
export function branchesOf(entries: Iterable<Entry>, newestBranch: number): readonly number[] {
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (const { range } of entries) {
    if (isNothing(range)) continue;
    const [since, until] = [range.since?.[0], range.until?.[0]];
    // Whoever is for everything says nothing about where to begin.
    first = Math.min(first, since ?? first);
    last = Math.max(last, Math.min(until ?? newestBranch, Math.max(newestBranch, since ?? 0)));
  }
  return Number.isFinite(first) ? branchesBetween(first, Math.min(last, MAX_BRANCH)) : [];
}

/** Whether two versions are for the same builds and systems. */
export function isForTheSame(a: Entry, b: Entry): boolean {
  return a.systems === b.systems && isSameRange(a.range, b.range);
}

/** Whether two ranges are the same. */
function isSameRange(a: BuildRange, b: BuildRange): boolean {
  const same = (x: BuildRange['since'], y: BuildRange['since']) =>
    x === undefined || y === undefined ? x === y : compareBuilds(x, y) === 0;
  return same(a.since, b.since) && same(a.until, b.until);
}
