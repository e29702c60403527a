import type { Problem } from '../model/problem.js';
import type { SiteSnapshot } from './ports.js';

/** How many branches a message names. */
const MOST_NAMES = 3;

/**
 * Where a site is new, but another branch holds one, the name of the branch may be mistyped.
 *
 * @param description of the store, for the message
 * @param indexPath the file that makes a branch a site
 */
export async function otherSiteProblems(
  snapshot: SiteSnapshot,
  description: string,
  indexPath: string,
): Promise<readonly Problem[]> {
  if (!snapshot.isNew || !snapshot.otherSites) return [];
  const branches = await snapshot.otherSites(indexPath);
  const [first] = branches;
  if (first === undefined) return [];
  const names = branches.slice(0, MOST_NAMES).join(', ');
  return [
    {
      severity: 'warning',
      code: 'other-branch-has-site',
      message: `There is nothing in ${description} yet, and there is a site on another branch: ${names}.`,
      hint: `Did you mean "branch: ${first}" (--branch ${first})? If this is a new site, go on: its first publication ends this warning.`,
    },
  ];
}
