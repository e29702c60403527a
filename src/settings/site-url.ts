import type { RepositoryName } from '../app/ports/github.js';
import { formatOfIndex } from '../formats/registry.js';
import type { OptionReader } from '../model/option.js';
import { withFolder } from './folder-url.js';
import type { SiteLocation } from '../stores/locations.js';

/** Any address of a repository on GitHub that git accepts. */
const ON_GITHUB =
  /^(?:https:\/\/(?:[^/@]*@)?github\.com\/|(?:ssh:\/\/)?git@github\.com[:/])([\w-]{1,100})\/([\w.-]{1,100}?)(?:\.git)?\/?$/i;

/** Returns the default address on GitHub Pages; `undefined` if the site is not on GitHub. */
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

/** Reads the public address of the site or channel, with a trailing slash. */
export function readSiteUrl(
  options: OptionReader<'site-url'>,
  channel: string | undefined,
): string | undefined {
  const url = options.text('site-url');
  if (url === undefined) return undefined;
  if (URL.canParse(url) && hasLogin(new URL(url))) {
    options.fault('site-url', 'it contains a login', 'Remove the login: the address is public.');
  } else if (!/^https?:\/\/[^\s?#]+$/i.test(url) || !URL.canParse(url)) {
    options.fault(
      'site-url',
      `"${url}" is not the full URL of a folder`,
      'Write it in full, for example https://example.github.io/my-plugin/.',
    );
  } else if (formatOfIndex(url.slice(url.lastIndexOf('/') + 1)) !== undefined) {
    options.fault(
      'site-url',
      `"${url}" is the address of an index, not of its folder`,
      'Remove the file name.',
    );
  }
  // The updater appends paths to it without adding a slash (spec, section 1).
  return withFolder(url, channel);
}

function hasLogin({ username, password }: URL): boolean {
  return username !== '' || password !== '';
}
