import {
  compareBuilds,
  FIRST_YEARLY_BRANCH,
  MAX_BRANCH,
  isEmptyRange,
  isRelease,
  releaseOf,
  type BuildNumber,
  type BuildRange,
} from '../build-number.js';

/** Maximum number of parts of a branch. Only the lowest are compared if there are more. */
const MAX_PARTS = 1000;

/** A branch, or all branches before the first or after the last that a range names. */
export interface BranchSpot {
  /** The first build of each part, in order. Within a part, each range covers all builds or none. */
  readonly parts: readonly BuildNumber[];
  readonly place: 'before' | 'branch' | 'after';
  /** For `before`, the next branch; for `after`, the previous one. */
  readonly branch: number;
}

/**
 * Divides all builds into spots: each branch from the first to the last that a range names, and the builds before and
 * after them. If no range has a bound, returns a single spot.
 */
export function branchSpots(ranges: readonly BuildRange[]): readonly BranchSpot[] {
  const bounded = ranges.filter((range) => !isEmptyRange(range));
  const bounds = bounded
    .flatMap(({ since, until }) => [since?.[0] ?? [], until?.[0] ?? []].flat())
    .map((branch) => Math.min(Math.max(branch, 0), MAX_BRANCH));
  if (bounds.length === 0) return [{ place: 'after', branch: 0, parts: [[0]] }];
  const first = bounds.reduce((least, branch) => Math.min(least, branch));
  const last = bounds.reduce((most, branch) => Math.max(most, branch));
  const starts = new Map<number, BuildNumber[]>();
  for (const start of bounded.flatMap(changesIn)) {
    const [branch = 0] = start;
    const list = starts.get(branch);
    if (list) list.push(start);
    else starts.set(branch, [start]);
  }
  const spots: BranchSpot[] = [{ place: 'before', branch: first, parts: [[-1]] }];
  for (let branch = first; branch <= last; branch++) {
    if (branch >= FIRST_YEARLY_BRANCH && !isRelease(branch)) continue;
    // The number alone is not a build: an upper bound of `242` excludes the whole branch.
    const lowest: BuildNumber = [branch, 0, 0];
    const inside = (starts.get(branch) ?? []).filter((start) => compareBuilds(lowest, start) < 0);
    const parts = [lowest, ...inside].sort(compareBuilds);
    const different = parts.filter((part, at) => compareBuilds(parts[at - 1] ?? [], part) < 0);
    spots.push({ place: 'branch', branch, parts: different.slice(0, MAX_PARTS) });
  }
  return [...spots, { place: 'after', branch: last, parts: [[last + 1]] }];
}

/** Returns the builds at which a range begins, and after which it ends. */
function changesIn({ since, until }: BuildRange): readonly BuildNumber[] {
  // Released IDEs do not have a wildcard in their build number.
  const lower = since?.includes(Number.POSITIVE_INFINITY) ? undefined : since;
  return [lower ?? [], until ? buildAfter(until) : []].filter(({ length }) => length > 0);
}

/** Returns the next build: 242.5.0 for 242.5, and 242.6 for 242.5.*. */
function buildAfter(build: BuildNumber): BuildNumber {
  if (build.at(-1) !== Number.POSITIVE_INFINITY) return [...build, 0];
  const start = build.slice(0, -1);
  return [...start.slice(0, -1), (start.at(-1) ?? 0) + 1];
}

/** Describes consecutive spots: `2024.2 to 2025.1`, `2026.1 and later`, `all`. */
export function spotsInWords(first: BranchSpot, last: BranchSpot): string {
  if (first.place === 'after')
    return first.branch === 0
      ? 'all'
      : first.branch < FIRST_YEARLY_BRANCH
        ? `later than ${releaseOf(first.branch)}`
        : `${releaseOf(releaseAfter(first.branch))} and later`;
  if (first.place === 'before') {
    if (last.place === 'before') return `before ${releaseOf(first.branch)}`;
    return last.place === 'after' ? 'all' : `up to ${releaseOf(last.branch)}`;
  }
  if (last.place === 'after') return `${releaseOf(first.branch)} and later`;
  const [from, to] = [releaseOf(first.branch), releaseOf(last.branch)];
  return from === to ? from : `${from} to ${to}`;
}

/** Returns the first release after a branch, which may not exist: 251 for 243, and for 244. */
function releaseAfter(branch: number): number {
  return branch % 10 < 3 ? branch + 1 : branch - (branch % 10) + 11;
}
