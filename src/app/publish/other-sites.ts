import type { Problem } from '../../model/problem.js';
import { baseName, type SitePath } from '../../model/site-path.js';
import type { OtherSite, SiteSnapshot } from '../ports/site-store.js';

/** How many places a message names. */
const MAX_PLACES = 3;

/**
 * If a site has no index, but another branch or folder has one, the name of the branch or folder may be mistyped.
 *
 * @param description of the store, for the message
 * @param indexPath the file that makes a folder of a branch a site
 * @param channels by their names: folders right below the site that belong to it
 */
export async function otherSiteProblems(
  snapshot: SiteSnapshot,
  description: string,
  indexPath: SitePath,
  channels: ReadonlySet<string>,
): Promise<readonly Problem[]> {
  const isChannel = ({ branch, directory }: OtherSite) =>
    branch === undefined && directory !== undefined && channels.has(baseName(directory));
  const places = ((await snapshot.otherSites?.(indexPath)) ?? []).filter((place) => !isChannel(place));
  const [first] = places;
  if (first === undefined) return [];
  const names = places.slice(0, MAX_PLACES).map(nameOf).join(', ');
  return [
    {
      severity: 'warning',
      code: 'other-branch-has-site',
      message: `There is no site in ${description} yet, and there is one elsewhere: ${names}.`,
      hint: `Did you mean ${inputsFor(first)}? If this is a new site, go on: its first publication ends this warning.`,
    },
  ];
}

function nameOf({ branch, directory }: OtherSite): string {
  const folder = directory === '' ? 'the root' : `folder ${directory ?? ''}`;
  if (branch === undefined) return `${folder} of the same branch`;
  return directory === undefined ? `branch ${branch}` : `${folder} of branch ${branch}`;
}

/** What the user must write to reach the place. */
function inputsFor({ branch, directory }: OtherSite): string {
  const inputs = branch === undefined ? [] : [`"branch: ${branch}" (--branch ${branch})`];
  if (directory) inputs.push(`"directory: ${directory}" (--directory ${directory})`);
  const without = directory === '' ? 'without "directory" (--directory)' : '';
  if (inputs.length === 0) return `the root of the branch, ${without}`;
  return [inputs.join(' and '), without].filter(Boolean).join(' ');
}
