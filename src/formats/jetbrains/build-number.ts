/**
 * The build number of an IDE, or a bound on it, as a list of components. Infinity represents `*` and `SNAPSHOT`
 * (spec, section 3). A number without components sorts below all others. As an upper bound, it matches no build.
 */
export type BuildNumber = readonly number[];

/** The builds that a plugin supports. `undefined` means that the range has no such bound. */
export interface BuildRange {
  readonly since: BuildNumber | undefined;
  readonly until: BuildNumber | undefined;
}

/** Covers no build at all. */
const EMPTY_RANGE: BuildRange = { since: undefined, until: [] };

/** Maximum branch number: branches have three digits. */
export const MAX_BRANCH = 999;
/** From this branch on, the number is a two-digit year followed by one of its releases 1 to 3. */
export const FIRST_YEARLY_BRANCH = 162;
/** Larger numbers without a dot are build counts from before branches existed. */
const MAX_BRANCH_ALONE = 2000;
/** The branches of such builds, each with its first build, latest first. */
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
/** The largest `int` of Java, which IDEs treat as infinity. */
const MAX_COMPONENT = 2 ** 31 - 1;
/** A last component of an upper bound that means "the whole branch". */
const WILDCARD_NUMBER = /\.(?:9{4,}|10{4,})$/;
/** Maximum length of a build number, in characters. */
const MAX_LENGTH = 100;

/** Parses a build number as the IDE does. Returns `undefined` if the text is not one. */
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

/** Parses a number without a dot: a branch, or a build from before branches existed. */
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

/** Parses an upper bound, in which some last components mean `*`, at any depth. */
export function parseUntil(text: string): BuildNumber | undefined {
  return parseBuildNumber(withWildcard(text));
}

/** Writes an upper bound as IDEs understand it: `223.9999` becomes `223.*`. */
export function withWildcard(text: string): string {
  return text.replace(WILDCARD_NUMBER, '.*');
}

/**
 * Parses the range that an index states for a plugin. IDEs ignore an empty bound. If a bound is not a build number,
 * they treat the plugin as incompatible with every build.
 */
export function parseRange(since: string | undefined, until: string | undefined): BuildRange {
  const isBound = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';
  const lower = isBound(since) ? parseBuildNumber(since) : undefined;
  const upper = isBound(until) ? parseUntil(until) : undefined;
  const isMalformed = (isBound(since) && !lower) || (isBound(until) && !upper);
  return isMalformed ? EMPTY_RANGE : { since: lower, until: upper };
}

/** Returns a negative number if `a` is older than `b`. */
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

/** Whether a plugin with this range is compatible with the build. */
export function covers({ since, until }: BuildRange, build: BuildNumber): boolean {
  return (!since || compareBuilds(since, build) <= 0) && (!until || compareBuilds(build, until) <= 0);
}

/** Whether a range covers no build at all. */
export function isEmptyRange({ until }: BuildRange): boolean {
  return until?.length === 0;
}

/** Whether the outer range covers every build that the inner range covers. */
export function contains(outer: BuildRange, inner: BuildRange): boolean {
  const since = !outer.since || (inner.since !== undefined && compareBuilds(outer.since, inner.since) <= 0);
  const until = !outer.until || (inner.until !== undefined && compareBuilds(inner.until, outer.until) <= 0);
  return since && until;
}

/** Whether two ranges have a build in common. */
export function overlap(a: BuildRange, b: BuildRange): boolean {
  const begins = ({ since }: BuildRange, { until }: BuildRange) =>
    !since || !until || compareBuilds(since, until) <= 0;
  return !isEmptyRange(a) && !isEmptyRange(b) && begins(a, b) && begins(b, a);
}

/** Whether a range covers a build of the branch, that is, intersects `[branch.0, branch.*]`. */
export function meetsBranch({ since, until }: BuildRange, branch: number): boolean {
  return (
    (!since || compareBuilds(since, [branch, Number.POSITIVE_INFINITY]) <= 0) &&
    (!until || compareBuilds([branch, 0], until) <= 0)
  );
}

/** Lists the existing platform branches from the first to the last. */
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

/** Returns the name of the release: `2024.2` for branch 242, and `build 145` for branches without a year. */
export function releaseOf(branch: number): string {
  return branch >= FIRST_YEARLY_BRANCH && branch <= MAX_BRANCH && isRelease(branch)
    ? `20${Math.floor(branch / 10)}.${branch % 10}`
    : `build ${branch}`;
}
