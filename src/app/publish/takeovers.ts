import type { TakeoverChecks } from '../../formats/format.js';
import { describeBytes } from '../../model/humanize.js';
import type { Plan } from '../../model/plan.js';
import type { Problem } from '../../model/problem.js';
import type { SiteConfig } from '../../model/site-config.js';
import type { SitePath } from '../../model/site-path.js';
import type { Log } from '../ports/log.js';
import type { ReadLimits, SiteSnapshot } from '../ports/site-store.js';

/** Limits for the files that are fetched to identify the artifacts of the site: libraries are seldom larger. */
const LIMITS: ReadLimits = { maxBytesEach: 4 * 1024 * 1024, maxBytesTotal: 16 * 1024 * 1024 };

/**
 * Creates the check for files that another artifact would replace. It reads files of the site in one batch, and
 * only once per run because payloads never change. Files beyond the limits are not checked.
 */
export function createTakeoverCheck<Index, P extends Plan>(
  takeovers: TakeoverChecks<Index, P> | undefined,
  config: SiteConfig | undefined,
  log: Log,
) {
  const known = new Map<string, Uint8Array>();
  const requested = new Set<string>();
  return async (plan: P, index: Index, site: SiteSnapshot): Promise<readonly Problem[]> => {
    if (!takeovers) return [];
    const wanted = [...takeovers.payloadsFor(plan, index)].filter(([path]) => !requested.has(path));
    const paths = withinLimits(wanted);
    if (paths.length > 0 && site.readFiles) {
      for (const [path, bytes] of await site.readFiles(paths, LIMITS)) known.set(path, bytes);
    }
    for (const [path] of wanted) {
      requested.add(path);
      if (!known.has(path)) log.detail(unchecked(path));
    }
    return takeovers.check(plan, index, config, known);
  };
}

/** Returns the paths whose stated sizes are within the limits, in the same order. */
function withinLimits(files: readonly (readonly [path: SitePath, size: number | undefined])[]): SitePath[] {
  let total = 0;
  return files.flatMap(([path, size = 0]) => {
    if (size > LIMITS.maxBytesEach || total + size > LIMITS.maxBytesTotal) return [];
    total += size;
    return [path];
  });
}

function unchecked(path: string): string {
  return `Could not check which artifact ${path} is: it is not on the site, or exceeds the limit of ${describeBytes(LIMITS.maxBytesEach)} (${describeBytes(LIMITS.maxBytesTotal)} for all files).`;
}
