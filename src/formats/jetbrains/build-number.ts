/**
 * The build number of an IDE, or a bound on it: its components, where infinity stands for `*` and `SNAPSHOT`
 * (spec, section 3). One without components is below all others: as an upper bound it leaves nothing.
 */
export type BuildNumber = readonly number[];

/** Which IDEs a plugin is for; what is undefined is no bound. */
export interface BuildRange {
  readonly since: BuildNumber | undefined;
  readonly until: BuildNumber | undefined;
}

/** Covers no build at all. */
const NOTHING: BuildRange = { since: undefined, until: [] };

/** Branches are numbers of three digits. */
export const MAX_BRANCH = 999;
/** From this branch on, the number is a year in two digits and one of its releases 1 to 3. */
export const FIRST_YEARLY_BRANCH = 162;
/** Larger numbers without a dot count the builds of the time before branches. */
const MAX_BRANCH_ALONE = 2000;
/** The branches that such builds belong to, each with the first of them; the latest first. */
const HISTORIC_BRANCHES: readonly (readonly [first: number, branch: number])[] = [
  [10_000, 88],
  [9500, 85],
  [9100, 81],
  [8000, 80],
  [7500, 75],
  [7200, 72],
  [6900, 69],
  [6500, 65],
  [6000, 60],
  [5000, 55],
  [4000, 50],
  [0, 40],
];
/** The largest number of Java's `int`; IDEs let it stand for infinity. */
const MAX_COMPONENT = 2 ** 31 - 1;
/** A last component of an upper bound that means "all of the branch". */
const MAGIC = /\.(?:9{4,}|10{4,})$/;
/** Longer texts are no build numbers, in characters. */
const MAX_LENGTH = 100;

/** Reads a number as the IDE does; undefined if it is not one. */
export function parseBuildNumber(text: string): BuildNumber | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const dash = text.indexOf('-');
  const number = dash > 0 ? text.slice(dash + 1) : text;
  if (number.indexOf('.') <= 0) return parseAlone(number);
  const components: number[] = [];
  for (const part of number.split('.').filter((each) => each !== '')) {
    const component = parseComponent(part);
    if (component === undefined) return undefined;
    components.push(component);
    if (component === Number.POSITIVE_INFINITY) break;
  }
  return components;
}

/** A number without a dot: a branch, or a build of the time before branches. */
function parseAlone(text: string): BuildNumber | undefined {
  const number = parseComponent(text);
  if (number === undefined) return undefined;
  if (number <= MAX_BRANCH_ALONE) return [number, 0];
  const [, branch = 0] = HISTORIC_BRANCHES.find(([first]) => number >= first) ?? [];
  return [branch, number];
}

function parseComponent(text: string): number | undefined {
  if (text === '*' || text === 'SNAPSHOT') return Number.POSITIVE_INFINITY;
  const number = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(Math.abs(number) <= MAX_COMPONENT)) return undefined;
  return number === MAX_COMPONENT ? Number.POSITIVE_INFINITY : number;
}

/** Reads an upper bound: some last components mean `*` there, at any depth. */
export function parseUntil(text: string): BuildNumber | undefined {
  return parseBuildNumber(withWildcard(text));
}

/** An upper bound as IDEs read it: `223.9999` is `223.*`. */
export function withWildcard(text: string): string {
  return text.replace(MAGIC, '.*');
}

/**
 * The range that an index states for a plugin. Where a bound is not a number, IDEs take the plugin for incompatible with
 * all of them; an empty one does not count.
 */
export function parseRange(since: string | undefined, until: string | undefined): BuildRange {
  const isBound = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';
  const lower = isBound(since) ? parseBuildNumber(since) : undefined;
  const upper = isBound(until) ? parseUntil(until) : undefined;
  const isMalformed = (isBound(since) && !lower) || (isBound(until) && !upper);
  return isMalformed ? NOTHING : { since: lower, until: upper };
}

/** Below zero where `a` is the older one. */
export function compareBuilds(a: BuildNumber, b: BuildNumber): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const x = a[at] as number;
    const y = b[at] as number;
    if (x === y) {
      if (x === Number.POSITIVE_INFINITY) return 0;
      continue;
    }
    return x < y ? -1 : 1;
  }
  return a.length - b.length;
}

/** Whether a plugin of this range is offered to this build. */
export function covers({ since, until }: BuildRange, build: BuildNumber): boolean {
  return (!since || compareBuilds(since, build) <= 0) && (!until || compareBuilds(build, until) <= 0);
}

/** Whether a range is that of an entry which IDEs take for incompatible with all of them. */
export function isNothing({ until }: BuildRange): boolean {
  return until?.length === 0;
}

/** Whether whatever the inner range covers, the outer one covers too. */
export function contains(outer: BuildRange, inner: BuildRange): boolean {
  const since = !outer.since || (inner.since !== undefined && compareBuilds(outer.since, inner.since) <= 0);
  const until = !outer.until || (inner.until !== undefined && compareBuilds(inner.until, outer.until) <= 0);
  return since && until;
}

/** Whether some build is covered by both ranges. */
export function overlap(a: BuildRange, b: BuildRange): boolean {
  const begins = ({ since }: BuildRange, { until }: BuildRange) =>
    !since || !until || compareBuilds(since, until) <= 0;
  return !isNothing(a) && !isNothing(b) && begins(a, b) && begins(b, a);
}

/** Whether some build of the branch is covered: the range meets `[branch.0, branch.*]`. */
export function meetsBranch({ since, until }: BuildRange, branch: number): boolean {
  return (
    (!since || compareBuilds(since, [branch, Number.POSITIVE_INFINITY]) <= 0) &&
    (!until || compareBuilds([branch, 0], until) <= 0)
  );
}

/** The platform branches from one to another: a year in two digits, and its release 1 to 3. */
export function branchesBetween(first: number, last: number): readonly number[] {
  const branches: number[] = [];
  for (let branch = first; branch <= last; branch++) if (isRelease(branch)) branches.push(branch);
  return branches;
}

/** Whether the last digit of a branch is that of a release: 1 to 3. */
export function isRelease(branch: number): boolean {
  const release = branch % 10;
  return release >= 1 && release <= 3;
}

/** `2024.2` for the branch 242; branches of the time before are their own name. */
export function releaseOf(branch: number): string {
  return branch >= FIRST_YEARLY_BRANCH && branch <= MAX_BRANCH && isRelease(branch)
    ? `20${Math.floor(branch / 10)}.${branch % 10}`
    : `build ${branch}`;
}
