import type { RepositoryName } from '../app/ports/github.js';
import { withFolder } from './folder-url.js';
import type { SiteLocation } from './site-location.js';

/** A repository on GitHub, by any of the addresses that git takes for it. */
const ON_GITHUB =
  /^(?:https:\/\/(?:[^/@]*@)?github\.com\/|(?:ssh:\/\/)?git@github\.com[:/])([\w-]{1,100})\/([\w.-]{1,100}?)(?:\.git)?\/?$/i;

/** The address that GitHub Pages gives to a site on GitHub; undefined for others. */
export function usualSiteUrl(site: SiteLocation, channel: string | undefined): string | undefined {
  if (site.kind !== 'git') return undefined;
  const [, owner, repo] = ON_GITHUB.exec(site.remote) ?? [];
  return owner === undefined || repo === undefined
    ? undefined
    : withFolder(rootOf({ owner, repo }), site.directory, channel);
}

function rootOf({ owner, repo }: RepositoryName): string {
  const host = `${owner.toLowerCase()}.github.io`;
  return repo.toLowerCase() === host ? `https://${host}/` : `https://${host}/${repo}/`;
}
