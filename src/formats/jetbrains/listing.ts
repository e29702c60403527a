import type { DetailedFile, FileDetails, ListedFile, ListedVersion } from '../../model/listing.js';
import { nearMatches } from '../../model/near-matches.js';
import { baseName } from '../../model/site-path.js';
import { attributeOf, elementsNamed, textIn, type XmlNode } from '../../xml/element.js';
import { readElement } from '../../xml/read.js';
import type { ListingRules, NamedFiles } from '../listing.js';
import { rangeInWords } from './compare/compare.js';
import { textOfHtml } from './descriptor/html-text.js';
import { byId } from './index/offers.js';
import { archiveOf, pathOf, type PublishedVersion, type Repository } from './index/repository.js';
import { signedInWords } from './index/signed-in-words.js';
import { systemNames } from './system.js';
import { createLocator } from './verify/locate.js';
import { isListed } from './verify/payloads.js';

/** Shows what a plugin repository offers. */
export const LISTING: ListingRules<Repository> = {
  filesOf({ versions }, siteUrl) {
    // Counted from the end, because a plugin may have thousands of versions.
    const numbers = new Map<string, number>();
    return versions
      .toReversed()
      .map((version) => {
        const { id } = version.entry;
        const previous = numbers.get(id) ?? 0;
        if (!isListed(version)) numbers.set(id, previous + 1);
        return listedVersion(version, previous, siteUrl);
      })
      .reverse();
  },
  find: findPlugin,
};

function listedVersion(version: PublishedVersion, previous: number, siteUrl: string | undefined): ListedFile {
  const { id, version: number, url, range, systems } = version.entry;
  const { size, checksum } = archiveOf(version) ?? {};
  return {
    path: pathOf(version),
    version: number === '' ? undefined : number,
    size,
    timestamp: undefined,
    checksum,
    isCurrent: isListed(version),
    previous,
    plugin: {
      id,
      ides: rangeInWords(range),
      systems: systemNames(systems),
      address: addressOf(url.trim(), siteUrl),
    },
  };
}

/** Returns the full address of an archive, if it is known. */
function addressOf(url: string, siteUrl: string | undefined): string {
  return siteUrl !== undefined && URL.canParse(url, siteUrl) ? new URL(url, siteUrl).href : url;
}

/**
 * Returns the lower versions that IDEs were offered before.
 *
 * @param list all versions of the plugin, highest first
 */
function previousOf(
  version: PublishedVersion,
  list: readonly PublishedVersion[],
): readonly PublishedVersion[] {
  return list.slice(list.indexOf(version) + 1).filter((other) => !isListed(other));
}

/**
 * Finds a plugin by its id, by id and version, or by its archive. An id means all versions that IDEs are offered, which
 * are for different IDEs or systems.
 */
function findPlugin(index: Repository, name: string, siteUrl: string | undefined): NamedFiles {
  const { versions } = index;
  const locate = createLocator(index, siteUrl);
  const payloadOf: PayloadOf = (version) => locate(version)?.name;
  const lists = byId(versions);
  const detailed = (found: readonly PublishedVersion[]): NamedFiles => ({
    status: 'found',
    files: found.map((version) =>
      detailedVersion(version, lists.get(version.entry.id) ?? [], siteUrl, payloadOf),
    ),
  });
  const exact = versions.filter((version) => pathOf(version) === name || numbered(version) === name);
  if (exact.length > 0) return detailed(exact);
  const list = lists.get(name) ?? [];
  const current = list.filter(isListed);
  if (list.length > 0) return detailed(current.length > 0 ? current : list);
  const titled = versions.filter((version) => archiveName(version) === name || version.entry.name === name);
  const ids = [...new Set(titled.map(({ entry }) => entry.id))];
  if (ids.length > 1) return { status: 'ambiguous', names: ids };
  const shown = titled.filter(isListed);
  if (titled.length > 0) return detailed(shown.length > 0 ? shown : titled);
  return { status: 'unknown', near: similarNames(versions, name) };
}

/** Returns what the user may have meant: the versions of the plugin, or similar names. */
function similarNames(versions: readonly PublishedVersion[], name: string): readonly string[] {
  const known = versions.filter(({ entry }) => entry.id !== '' && name.startsWith(`${entry.id}@`));
  if (known.length > 0) return nearMatches(name, known.map(numbered));
  const names = versions.flatMap((version) => [version.entry.id, numbered(version), archiveName(version)]);
  return nearMatches(name, names);
}

function numbered({ entry }: PublishedVersion): string {
  return `${entry.id}@${entry.version}`;
}

/** Returns the file name of the archive. */
function archiveName(version: PublishedVersion): string {
  const { path } = archiveOf(version) ?? {};
  return baseName(path ?? version.entry.url.replace(/[?#].*/s, ''));
}

/** Returns where the archive of a version is, if that is known. */
type PayloadOf = (version: PublishedVersion) => string | undefined;

function detailedVersion(
  version: PublishedVersion,
  list: readonly PublishedVersion[],
  siteUrl: string | undefined,
  payloadOf: PayloadOf,
): DetailedFile {
  const { entry } = version;
  const previous = previousOf(version, list);
  const node = readElement(entry.source);
  const vendor = elementsNamed(node, 'vendor').at(-1);
  const link = vendor && attributeOf(vendor, 'url');
  const details: FileDetails = {
    payload: payloadOf(version),
    title: entry.name || undefined,
    description: textOfHtml(entry.description) || undefined,
    changeNotes: textOfHtml(entry.changeNotes) || undefined,
    authors: vendor ? nonEmpty(textIn(vendor)) : [],
    links: nonEmpty(link ?? ''),
    categories: [],
    platforms: systemNames(entry.systems),
    executable: false,
    builds: buildsIn(node),
    signed: signedInWords(version),
    dependencies: elementsNamed(node, 'depends')
      .flatMap((needed) => nonEmpty(textIn(needed)))
      .map((path) => ({ path, timestamp: undefined, overrides: false })),
    dependents: [],
    previousVersions: previous.map((other) => previousVersion(other, payloadOf)),
  };
  return { ...listedVersion(version, previous.length, siteUrl), details };
}

function nonEmpty(text: string): readonly string[] {
  const trimmed = text.trim();
  return trimmed === '' ? [] : [trimmed];
}

/** Returns the builds as in the index: `242.1 to 252.*`. */
function buildsIn(node: XmlNode): string | undefined {
  const bounds = elementsNamed(node, 'idea-version').at(-1);
  const boundOf = (name: string) => nonEmpty((bounds && attributeOf(bounds, name)) ?? '')[0];
  const [since, until] = [boundOf('since-build'), boundOf('until-build')];
  if (since === undefined) return until === undefined ? undefined : `up to ${until}`;
  return until === undefined ? `${since} and later` : `${since} to ${until}`;
}

function previousVersion(version: PublishedVersion, payloadOf: PayloadOf): ListedVersion {
  return {
    path: pathOf(version),
    version: version.entry.version,
    timestamp: undefined,
    timestampObsolete: undefined,
    checksum: archiveOf(version)?.checksum,
    payload: payloadOf(version),
  };
}
