import { belowSource } from '../../app/pages.js';
import type { PagesHost, PagesSite } from '../../app/ports/github.js';
import { withFolder } from '../../settings/folder-url.js';
import { usualSiteUrl } from '../../settings/site-url.js';
import type { ActionInputs } from './inputs.js';

/** The public address of the site or channel where the user named none: that of GitHub Pages, with the folder of the site. */
export async function siteUrlFor(
  { settings: { site, channel }, repository }: ActionInputs,
  pages: PagesHost | undefined,
): Promise<string | undefined> {
  const asked = repository && (await askedFor(pages));
  if (!asked?.url || site.kind !== 'git') return usualSiteUrl(site, channel);
  return withFolder(asked.url, belowSource(asked.folder, site.directory) ?? site.directory, channel);
}

async function askedFor(pages: PagesHost | undefined): Promise<PagesSite | undefined> {
  try {
    return await pages?.site();
  } catch {
    // The usual address does nearly as well: GitHub Pages redirects from it.
    return undefined;
  }
}
