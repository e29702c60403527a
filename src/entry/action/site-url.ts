import { belowSource } from '../../app/pages.js';
import type { PagesHost } from '../../app/ports/github.js';
import { withFolder } from '../../settings/folder-url.js';
import type { GivenSettings } from '../../settings/settings.js';

/** The public address that GitHub Pages says a site or channel has, with the folder of the site; undefined if it says none. */
export async function siteUrlOf(
  { site, channel }: Pick<GivenSettings, 'site' | 'channel'>,
  pages: PagesHost | undefined,
): Promise<string | undefined> {
  if (!pages || site.kind !== 'git') return undefined;
  // The usual address does nearly as well if Pages cannot be asked: GitHub redirects from it.
  const answer = await pages.site().catch(() => undefined);
  if (!answer?.url) return undefined;
  return withFolder(answer.url, belowSource(answer.folder, site.directory) ?? site.directory, channel);
}
