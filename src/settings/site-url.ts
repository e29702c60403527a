import type { RepositoryName } from '../app/ports/github.js';
import { formatOfIndex } from '../formats/registry.js';
import type { OptionReader } from '../model/option.js';
import { withFolder } from './folder-url.js';
import type { SiteLocation } from '../stores/locations.js';

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

/** Reads the public address of the site, or of a channel of it, with a slash at its end. */
export function readSiteUrl(
  options: OptionReader<'site-url'>,
  channel: string | undefined,
): string | undefined {
  const url = options.text('site-url');
  if (url === undefined) return undefined;
  if (URL.canParse(url) && hasLogin(new URL(url))) {
    options.fault('site-url', 'it holds a login', 'Leave it out: everybody can read the address.');
  } else if (!/^https?:\/\/[^\s?#]+$/i.test(url) || !URL.canParse(url)) {
    options.fault(
      'site-url',
      `"${url}" is not a web address of a folder`,
      'Write it in full, for example https://example.github.io/my-plugin/.',
    );
  } else if (formatOfIndex(url.slice(url.lastIndexOf('/') + 1)) !== undefined) {
    options.fault(
      'site-url',
      `"${url}" is the address of an index, not that of its folder`,
      'Leave out the name of the file.',
    );
  }
  // The updater appends paths to it as it is (spec, section 1).
  return withFolder(url, channel);
}

function hasLogin({ username, password }: URL): boolean {
  return username !== '' || password !== '';
}
