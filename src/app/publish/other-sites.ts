import { listNames } from '../../model/humanize.js';
import type { Problem } from '../../model/problem.js';
import { baseName, type SitePath } from '../../model/site-path.js';
import type { OtherSite, SiteSnapshot } from '../ports/site-store.js';

/** Maximum number of places in a message. */
const MAX_PLACES = 3;

/**
 * Warns if the site lacks an index but another branch or folder has one, because the name may be mistyped.
 *
 * @param description description of the store, for the message
 * @param indexPath the file that makes a folder of a branch a site
 * @param channels names of the folders directly below the site that are its channels
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
  return [
    {
      severity: 'warning',
      code: 'other-branch-has-site',
      message: `No site exists in ${description} yet, but one exists elsewhere: ${listNames(places.map(nameOf), MAX_PLACES)}.`,
      hint: `Did you mean ${inputsFor(first)}? If this is a new site, continue: this warning disappears after its first publication.`,
    },
  ];
}

function nameOf({ branch, directory }: OtherSite): string {
  const folder = directory === '' ? 'the root' : `folder ${directory ?? ''}`;
  if (branch === undefined) return `${folder} of the same branch`;
  return directory === undefined ? `branch ${branch}` : `${folder} of branch ${branch}`;
}

/** Returns the inputs and options that select the place. */
function inputsFor({ branch, directory }: OtherSite): string {
  const inputs = branch === undefined ? [] : [`"branch: ${branch}" (--branch ${branch})`];
  if (directory) inputs.push(`"directory: ${directory}" (--directory ${directory})`);
  const without = directory === '' ? 'without "directory" (--directory)' : '';
  if (inputs.length === 0) return `the root of the branch, ${without}`;
  return [inputs.join(' and '), without].filter(Boolean).join(' ');
}
