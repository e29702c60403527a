import { baseName, parseSitePath, type SitePath } from '../../../model/site-path.js';
import { archivePathIn } from '../index/archive-path.js';
import type { PublishedVersion, Repository } from '../index/repository.js';

/** Where the archive of a version is. */
export interface ArchiveLocation {
  /** Path on the site; `undefined` if it is on another server, or if a site cannot store it. */
  readonly storedPath: SitePath | undefined;
  /** The path on the site, or the address. */
  readonly name: string;
  /** Its address, if it is on another server. */
  readonly url?: string;
  /** The path on the site, or the name of the file on the other server. */
  readonly path: string;
  /** Why its address leads to no file, as a clause. */
  readonly fault?: string;
}

/** Stands for the address of a site if it is unknown. Names below `.invalid` do not exist. */
const UNKNOWN_SITE = new URL('https://site.invalid/folder/');

/**
 * Returns a function for the location of the archive of a version. It returns `undefined` if the version has no address,
 * or if its archive belongs to another place whose address is unknown, such as the site of a channel.
 *
 * @param siteUrl public address of the site; `undefined` if unknown
 */
export function createLocator(
  { versions }: Repository,
  siteUrl: string | undefined,
): (version: PublishedVersion) => ArchiveLocation | undefined {
  const given = siteUrl === undefined ? [] : [folderOf(siteUrl)];
  const sites = [...given, ...addressesIn(versions, siteUrl === undefined)];
  const [site = UNKNOWN_SITE, ...others] = sites;
  return ({ entry, archive, borrowed }) => {
    if (archive?.path !== undefined)
      return { storedPath: archive.path, name: archive.path, path: archive.path };
    const text = entry.url.trim();
    if (text === '') return undefined;
    if (!URL.canParse(text, site.href)) return unreachable(text, 'its address is not a web address');
    const url = new URL(text, site);
    if (!isWeb(url)) return unreachable(text, 'its address is not a web address');
    const home = [site, ...others].find((each) => isBelow(each, url));
    if (home) return onSite(text, url.pathname.slice(home.pathname.length));
    if (borrowed || url.host === UNKNOWN_SITE.host) return undefined;
    return { storedPath: undefined, name: url.href, url: url.href, path: fileNameIn(url) };
  };
}

function onSite(text: string, encoded: string): ArchiveLocation {
  const parts = decode(encoded);
  if (!parts || parts.some((part) => part.includes('/')))
    return unreachable(text, 'its address is not correctly encoded');
  const parsed = parseSitePath(parts.join('/'));
  if ('reason' in parsed) return unreachable(text, `its path is not one of a file: ${parsed.reason}`);
  return { storedPath: parsed.path, name: parsed.path, path: parsed.path };
}

function unreachable(text: string, fault: string): ArchiveLocation {
  return { storedPath: undefined, name: text, path: text, fault };
}

/**
 * Returns the addresses of the site according to its index. Archives that this program has published are on the site,
 * so their entries contain its address, even an earlier one.
 *
 * @param mayGuess whether to conclude the address from other entries if such archives are missing, because the history
 *   may be lost. It is safe only if all entries in the layout of this program lead to the same site: in a channel
 *   without its history, some lead to the site above. A wrong guess would report files as missing that are elsewhere.
 *   Without a guess, files that IDEs request would be reported as unneeded.
 */
function addressesIn(versions: readonly PublishedVersion[], mayGuess: boolean): readonly URL[] {
  const published = versions.filter(({ archive }) => archive?.path !== undefined);
  const known = addressesOf(published);
  if (known.length > 0 || !mayGuess) return known;
  const guesses = addressesOf(versions.filter(({ borrowed, isUnlisted }) => !borrowed && !isUnlisted));
  return guesses.length === 1 ? guesses : [];
}

/** Returns the addresses of the sites whose layout these entries have, each once. */
export function addressesOf(versions: readonly PublishedVersion[]): readonly URL[] {
  const addresses = new Map<string, URL>();
  for (const { entry } of versions) {
    const path = archivePathIn(entry.url);
    if (path?.startsWith(`plugins/${entry.id}/${entry.version}/`) !== true || !URL.canParse(entry.url))
      continue;
    const url = new URL(entry.url);
    if (!isWeb(url)) continue;
    const site = new URL('../../../', url);
    addresses.set(site.href, site);
  }
  return [...addresses.values()];
}

function folderOf(address: string): URL {
  return new URL(address.endsWith('/') ? address : `${address}/`);
}

function isWeb({ protocol }: URL): boolean {
  return protocol === 'https:' || protocol === 'http:';
}

/** Whether an address is below that of a site, over http or https. */
function isBelow(site: URL, url: URL): boolean {
  return site.host === url.host && url.pathname.startsWith(site.pathname);
}

/** Returns the name of the file that an address leads to. */
export function fileNameIn({ pathname }: URL): string {
  const name = baseName(pathname);
  return decode(name)?.[0] ?? name;
}

/** Decodes each part of an encoded path, or returns `undefined` if it is not correctly encoded. */
function decode(encoded: string): readonly string[] | undefined {
  try {
    return encoded.split('/').map(decodeURIComponent);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
