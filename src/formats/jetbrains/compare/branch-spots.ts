import {
  compareBuilds,
  FIRST_YEARLY_BRANCH,
  MAX_BRANCH,
  isNothing,
  isRelease,
  releaseOf,
  type BuildNumber,
  type BuildRange,
} from '../build-number.js';

/** Most parts of a branch: of more, only the lowest are looked at. */
const MAX_PARTS = 1000;

/** A branch, or all branches before the first or after the last that a range names. */
export interface BranchSpot {
  /** The first builds of its parts, in their order: within a part, each range covers all builds or none. */
  readonly parts: readonly BuildNumber[];
  readonly place: 'before' | 'branch' | 'after';
  /** For `before`, the branch that follows; for `after`, the one before it. */
  readonly branch: number;
}

/**
 * Divides all builds by some ranges: into branches, from the first that a range names to the last, and those before and after
 * them. If no range has a bound, there is one spot.
 */
export function branchSpots(ranges: readonly BuildRange[]): readonly BranchSpot[] {
  const bounded = ranges.filter((range) => !isNothing(range));
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
    // The number alone is not a build; what an upper bound of `242` leaves out is all of the branch.
    const lowest: BuildNumber = [branch, 0, 0];
    const inside = (starts.get(branch) ?? []).filter((start) => compareBuilds(lowest, start) < 0);
    const parts = [lowest, ...inside].sort(compareBuilds);
    const different = parts.filter((part, at) => compareBuilds(parts[at - 1] ?? [], part) < 0);
    spots.push({ place: 'branch', branch, parts: different.slice(0, MAX_PARTS) });
  }
  return [...spots, { place: 'after', branch: last, parts: [[last + 1]] }];
}

/** The builds from which on a range covers something else than before. */
function changesIn({ since, until }: BuildRange): readonly BuildNumber[] {
  // No IDE that users have has a build number with a wildcard.
  const lower = since?.includes(Number.POSITIVE_INFINITY) ? undefined : since;
  return [lower ?? [], until ? buildAfter(until) : []].filter(({ length }) => length > 0);
}

/** The next build: 242.5.0 for 242.5, and 242.6 for 242.5.*. */
function buildAfter(build: BuildNumber): BuildNumber {
  if (build.at(-1) !== Number.POSITIVE_INFINITY) return [...build, 0];
  const start = build.slice(0, -1);
  return [...start.slice(0, -1), (start.at(-1) ?? 0) + 1];
}

/** Consecutive spots in words: `2024.2 to 2025.1`, `2026.1 and later`, `all`. */
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

/** The first release after a branch, which may be one that does not exist: 251 for 243, and for 244. */
function releaseAfter(branch: number): number {
  return branch % 10 < 3 ? branch + 1 : branch - (branch % 10) + 11;
}
