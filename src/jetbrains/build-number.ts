/**
 * The build number of an IDE, or a bound on it: its components, where infinity stands for `*` and `SNAPSHOT`
 * (spec, section 3).
 */
export type BuildNumber = readonly number[];

/** Which IDEs a plugin is for; what is undefined is no bound. */
export interface BuildRange {
  readonly since: BuildNumber | undefined;
  readonly until: BuildNumber | undefined;
}

/** Branches are numbers of three digits. */
export const HIGHEST_BRANCH = 999;
/** Larger numbers without a dot count the builds of the time before branches. */
const LARGEST_BRANCH_ALONE = 2000;
/** So large a last component of an upper bound means "all of the branch". */
const LARGEST_BUILD_OF_TWO = 9999;
const LARGEST_COMPONENT = 10_000;
/** Longer texts are no build numbers, in characters. */
const MAX_LENGTH = 100;

/** @returns undefined where the text is no build number, or a historic one */
export function parseBuildNumber(text: string): BuildNumber | undefined {
  const dash = text.indexOf('-');
  const number = (dash < 0 ? text : text.slice(dash + 1)).trim();
  if (number === '' || number.length > MAX_LENGTH) return undefined;
  const components: number[] = [];
  for (const part of number.split('.')) {
    if (part === '*' || part === 'SNAPSHOT') {
      components.push(Number.POSITIVE_INFINITY);
      return components.length === 1 ? undefined : components;
    }
    if (!/^\d{1,9}$/.test(part)) return undefined;
    components.push(Number(part));
  }
  const [branch = 0] = components;
  if (components.length > 1) return components;
  return branch > LARGEST_BRANCH_ALONE ? undefined : [branch, 0];
}

/** Reads an upper bound: very large last components mean `*` there. */
export function parseUntil(text: string): BuildNumber | undefined {
  const build = parseBuildNumber(text);
  const last = build?.at(-1);
  if (!build || last === undefined) return undefined;
  const isMagic = build.length === 2 ? last >= LARGEST_BUILD_OF_TWO : last >= LARGEST_COMPONENT;
  return isMagic ? [...build.slice(0, -1), Number.POSITIVE_INFINITY] : build;
}

/** Below zero where `a` is the older one. */
export function compareBuilds(a: BuildNumber, b: BuildNumber): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [x, y] = [a[at] as number, b[at] as number];
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

/** Whether whatever the inner range covers, the outer one covers too. */
export function contains(outer: BuildRange, inner: BuildRange): boolean {
  const since = !outer.since || (inner.since !== undefined && compareBuilds(outer.since, inner.since) <= 0);
  const until = !outer.until || (inner.until !== undefined && compareBuilds(inner.until, outer.until) <= 0);
  return since && until;
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
  for (let branch = first; branch <= last; branch++) {
    const release = branch % 10;
    if (release >= 1 && release <= 3) branches.push(branch);
  }
  return branches;
}

/** `2024.2` for the branch 242; branches of the time before are their own name. */
export function releaseOf(branch: number): string {
  const release = branch % 10;
  return branch >= 162 && branch < 1000 && release >= 1 && release <= 3
    ? `20${Math.floor(branch / 10)}.${release}`
    : `build ${branch}`;
}
