import { belowSource } from '../../app/pages.js';
import type { PagesHost } from '../../app/ports/github.js';
import { withFolder } from '../../settings/folder-url.js';
import type { GivenSettings } from '../../settings/settings.js';

/** Returns the public address of a site or channel according to GitHub Pages, if Pages states one. */
export async function siteUrlOf(
  { site, channel }: Pick<GivenSettings, 'site' | 'channel'>,
  pages: PagesHost | undefined,
): Promise<string | undefined> {
  if (!pages || site.kind !== 'git') return undefined;
  // If the request fails, the caller uses the default address, from which GitHub redirects.
  const served = await pages.site().catch(() => undefined);
  if (!served?.url) return undefined;
  return withFolder(served.url, belowSource(served.folder, site.directory) ?? site.directory, channel);
}
