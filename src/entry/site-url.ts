import { belowSource } from '../app/pages.js';
import type { PagesHost, PagesSite } from '../app/ports.js';
import type { RepositoryName } from '../io/github.js';
import type { ActionInputs } from './action-inputs.js';
import { withFolder } from './folder-url.js';
import type { SiteLocation } from './site-location.js';

/** A repository on GitHub, by any of the addresses that git takes for it. */
const ON_GITHUB =
  /^(?:https:\/\/(?:[^/@]*@)?github\.com\/|(?:ssh:\/\/)?git@github\.com[:/])([\w-]{1,100})\/([\w.-]{1,100}?)(?:\.git)?\/?$/i;

/** The public address of the site or channel where the user named none: that of GitHub Pages, with the folder of the site. */
export async function siteUrlFor(
  { settings: { site, channel }, repository }: ActionInputs,
  pages: PagesHost | undefined,
): Promise<string | undefined> {
  const asked = repository && (await askedFor(pages));
  if (!asked?.url || site.kind !== 'git') return usualSiteUrl(site, channel);
  return withFolder(asked.url, belowSource(asked.folder, site.directory) ?? site.directory, channel);
}

/** The address that GitHub Pages gives to a site on GitHub; undefined for others. */
export function usualSiteUrl(site: SiteLocation, channel: string | undefined): string | undefined {
  if (site.kind !== 'git') return undefined;
  const [, owner, repo] = ON_GITHUB.exec(site.remote) ?? [];
  return owner === undefined || repo === undefined
    ? undefined
    : withFolder(rootOf({ owner, repo }), site.directory, channel);
}

async function askedFor(pages: PagesHost | undefined): Promise<PagesSite | undefined> {
  try {
    return await pages?.site();
  } catch {
    // The usual address does nearly as well: GitHub Pages redirects from it.
    return undefined;
  }
}

function rootOf({ owner, repo }: RepositoryName): string {
  const host = `${owner.toLowerCase()}.github.io`;
  return repo.toLowerCase() === host ? `https://${host}/` : `https://${host}/${repo}/`;
}
