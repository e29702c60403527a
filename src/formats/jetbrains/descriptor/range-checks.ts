import {
  compareBuilds,
  FIRST_YEARLY_BRANCH,
  MAX_BRANCH,
  isRelease,
  parseBuildNumber,
  parseUntil,
  withWildcard,
  type BuildNumber,
  type BuildRange,
} from '../build-number.js';
import { firstDistantBranch } from '../newest-branch.js';
import type { Checks, CheckContext } from './check-list.js';
import type { PluginDescriptor } from './descriptor.js';

/** The first build that knows `strict-until-build`, and the last that does not. */
const FIRST_WITH_STRICT_UNTIL: BuildNumber = [253, 0];
const LAST_WITHOUT_STRICT_UNTIL: BuildNumber = [252, Number.POSITIVE_INFINITY];
/** The first branch of the platform. */
const MIN_BRANCH = 130;
/** The number of a release in place of its branch: `2024.2`. */
const YEAR = /^20(1[6-9]|[2-9]\d)(?:\.([1-3]))?(?:\.|$)/;
/** A last component that looks like a wildcard, but is the number of a single build. */
const FEW_NINES = /^\d+\.9{2,3}$/;

/** The range of builds that a descriptor states. */
interface StatedRange {
  readonly range: BuildRange & { readonly since: BuildNumber };
  /** The effective upper bound as written, or `undefined` for a range without one. */
  readonly effectiveUntil: string | undefined;
}

/** Returns the upper bound that counts in current IDEs, and that the index states; `undefined` if there is none. */
export function effectiveUntilOf({
  until,
  strictUntil,
}: Pick<PluginDescriptor, 'until' | 'strictUntil'>): string | undefined {
  return strictUntil ?? until;
}

/** Checks the range of builds and returns it, or `undefined` if it cannot be determined. */
export function checkRange(
  { since, until, strictUntil }: PluginDescriptor,
  { error, warning }: Checks,
  { newestBranch }: CheckContext,
): StatedRange | undefined {
  const lower = checkSince(since, { error, warning }, newestBranch);
  for (const [name, text] of [
    ['until-build', until],
    ['strict-until-build', strictUntil],
  ] as const) {
    if (text === undefined) continue;
    const bound = `<idea-version ${name}="${text}">`;
    const reason = faultOfUntil(text, lower);
    if (reason === undefined) checkUntil(text, bound, warning, newestBranch);
    else error('bad-until-build', `${bound} ${reason}`, 'Write the last branch as "251.*", or leave it out.');
  }
  const effectiveUntil = effectiveUntilOf({ until, strictUntil });
  const promised = effectiveUntil === undefined ? undefined : parseUntil(effectiveUntil);
  const first = until === undefined ? undefined : parseUntil(until);
  // Newer builds read the strict bound, older ones the other.
  const isRefusedAfterDownload =
    first !== undefined &&
    promised !== undefined &&
    lower !== undefined &&
    compareBuilds(lower, FIRST_WITH_STRICT_UNTIL) < 0 &&
    compareBuilds(first, promised) < 0 &&
    compareBuilds(first, LAST_WITHOUT_STRICT_UNTIL) < 0;
  if (isRefusedAfterDownload)
    warning(
      'strict-until-build',
      `<idea-version> has until-build="${until ?? ''}" and strict-until-build="${strictUntil ?? ''}"; IDEs before 2025.3 read only until-build, so those above it are offered the plugin and refuse it after the download`,
      'Set until-build to the same value, or leave it out.',
    );
  const upper = effectiveUntil === undefined ? undefined : parseUntil(effectiveUntil);
  const isBroken = effectiveUntil !== undefined && faultOfUntil(effectiveUntil, lower) !== undefined;
  return lower && !isBroken ? { range: { since: lower, until: upper }, effectiveUntil } : undefined;
}

function checkSince(
  since: string | undefined,
  { error, warning }: Checks,
  newestBranch: number,
): BuildNumber | undefined {
  const hint = 'Write the oldest supported build, such as "242". The Gradle task patchPluginXml can set it.';
  if (since === undefined) {
    error('bad-since-build', '<idea-version since-build> is missing', hint);
    return undefined;
  }
  const lower = parseBuildNumber(since);
  const reason = faultOfBound(since, lower);
  if (reason !== undefined || !lower) {
    error('bad-since-build', `<idea-version since-build="${since}"> ${reason ?? ''}`, hint);
    return undefined;
  }
  if (since.endsWith('.*'))
    warning(
      'since-build-wildcard',
      `<idea-version since-build="${since}"> means the last build of the branch`,
      `Write "${since.slice(0, -2)}" for the whole branch.`,
    );
  const [branch = 0] = lower;
  const oddity = oddityOf(branch, newestBranch);
  if (oddity !== undefined)
    warning(
      'no-such-branch',
      `<idea-version since-build="${since}"> ${oddity}`,
      isRelease(branch) ? hint : `Write the oldest supported branch, such as "${releaseAfter(branch)}".`,
    );
  return lower;
}

/** Checks whether a valid upper bound means what it seems to mean. */
function checkUntil(text: string, bound: string, warning: Checks['warning'], newestBranch: number): void {
  const [branch = 0] = parseUntil(text) ?? [];
  const meant = withWildcard(text);
  if (meant !== text)
    warning(
      'until-build-nines',
      `${bound} is read as "${meant}" by IDEs, not as the number of a build`,
      `Write "${meant}".`,
    );
  else if (FEW_NINES.test(text))
    warning(
      'until-build-nines',
      `${bound} is the number of an early build and excludes nearly all of branch ${branch}`,
      `Write "${branch}.*" for the whole branch.`,
    );
  const oddity = oddityOf(branch, newestBranch);
  if (oddity !== undefined)
    warning(
      'no-such-branch',
      `${bound} ${oddity}`,
      isRelease(branch)
        ? 'Write the last branch that the plugin was tested in, or leave the bound out to support all later IDEs.'
        : `Write the last supported branch, such as "${releaseBefore(branch)}.*".`,
    );
}

/** Returns why a branch does not exist, or not yet for years, or `undefined` if it is plausible. */
function oddityOf(branch: number, newestBranch: number): string | undefined {
  if (branch >= firstDistantBranch(newestBranch)) return `names branch ${branch}, which is years away`;
  return branch < FIRST_YEARLY_BRANCH || isRelease(branch)
    ? undefined
    : `names branch ${branch}, which does not exist: the last digit is the release of the year, 1 to 3`;
}

/** Returns the last release before a branch that does not exist: 243 for 244, 233 for 240. */
function releaseBefore(branch: number): number {
  const year = branch - (branch % 10);
  return branch % 10 === 0 ? year - 10 + 3 : year + 3;
}

/** Returns the first release after a branch that does not exist: 251 for 244, 241 for 240. */
function releaseAfter(branch: number): number {
  const year = branch - (branch % 10);
  return branch % 10 === 0 ? year + 1 : year + 10 + 1;
}

function faultOfBound(text: string, build: BuildNumber | undefined): string | undefined {
  const [branch = 0] = build ?? [];
  if (text.includes('-')) return 'contains a product code';
  if (text === '*' || text === 'SNAPSHOT')
    return 'does not name a branch, so IDEs read it as a build from before branches existed';
  const [, year, release = '1'] = YEAR.exec(text) ?? [];
  if (year !== undefined)
    return `names a year, not a branch: the branch of 20${year}.${release} is ${year}${release}`;
  if (!build) return 'is not a build number';
  if (/^\d{4,}$/.test(text)) return 'is a build number from before branches existed';
  if (branch < MIN_BRANCH) return `is older than ${MIN_BRANCH}, the first branch`;
  return branch > MAX_BRANCH ? 'is larger than any branch' : undefined;
}

function faultOfUntil(text: string, since: BuildNumber | undefined): string | undefined {
  const build = parseUntil(text);
  if (!YEAR.test(text) && (build?.[0] ?? 0) >= MAX_BRANCH) return 'means "forever" and is not a branch';
  const reason = faultOfBound(text, build);
  if (reason !== undefined || !build) return reason;
  if (/^\d+$/.test(text)) return 'is only a branch, which excludes all of its builds';
  return since && compareBuilds(build, since) < 0 ? 'is lower than since-build' : undefined;
}
