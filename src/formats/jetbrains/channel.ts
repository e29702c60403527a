import type { Problem } from '../../model/problem.js';
import { UserError } from '../../model/user-error.js';
import { elementsIn, type XmlNode } from '../../xml/element.js';
import { XmlError } from '../../xml/error.js';
import { readElement } from '../../xml/read.js';
import { encodeAttribute, encodeText } from '../../xml/write.js';
import { contentOf } from './index/document-slices.js';
import { parseEntry } from './index/entry-xml.js';
import { branchesOf, byId, preferredFirst, offeredVersions } from './index/offers.js';
import { readWithin } from './index/parse.js';
import {
  EMPTY_REPOSITORY,
  entryKey,
  INDEX_PATH,
  type Entry,
  type PublishedVersion,
  type Repository,
} from './index/repository.js';
import type { ChannelMoment, Followed } from '../format.js';
import { newestBranchAt } from './newest-branch.js';
import type { JetBrainsOptions } from './options.js';
import { documentTypeProblem } from './plan/checks.js';

/**
 * Brings a channel up to date with the repository in the folder above: IDEs take a plugin from one address only, so that
 * users of a channel must be offered the stable versions there, too (spec, section 3).
 *
 * @param channel a repository of its own, or an empty one that is to become a channel
 * @param site what is in the folder above
 * @throws {UserError} `index` if an entry of the site does not fit into the file of the channel
 */
export function followSite(
  channel: Repository,
  site: Repository,
  moment: ChannelMoment,
  { newestBranch }: Pick<JetBrainsOptions, 'newestBranch'>,
): Followed<Repository> {
  const rootTag = isEmpty(channel) ? site.rootTag : channel.rootTag;
  const isOfSite = channel.isChannel ? () => false : ownership(site, moment.siteUrl);
  const own = channel.versions.filter((version) => !version.borrowed && !isOfSite(version));
  const remembered = new Map(
    channel.versions.flatMap(({ borrowed, entry, rest }) => (borrowed ? [[entry.source, rest]] : [])),
  );
  const ownKeys = new Set(own.map(({ entry }) => entryKey(entry)));
  const stable = [...offeredVersions(site.versions)].flatMap((version) => {
    const borrowed = borrow(version, rootTag, site.rootTag);
    // The same archive on another server may be published to both.
    if (ownKeys.has(entryKey(borrowed.entry))) return [];
    return [{ ...borrowed, rest: remembered.get(borrowed.entry.source) }];
  });
  const versions = inOrderOf(channel.versions, preferredFirst([...own, ...stable]));
  const offered = offeredVersions(versions);
  const isChanged = !channel.isChannel || sourcesOf(offered) !== sourcesOf(offeredVersions(channel.versions));
  const covered = branchesOf(
    [...offered].map(({ entry }) => entry),
    newestBranch ?? newestBranchAt(moment.now),
  );
  const branches = [...new Set([...channel.branches, ...covered])].sort((a, b) => a - b);
  return {
    channel: {
      ...channel,
      rootTag,
      versions,
      isChannel: true,
      branches: isChanged ? branches : channel.branches,
    },
    isChanged,
    problems: [
      ...(channel.hadDocumentType && isChanged ? [documentTypeProblem()] : []),
      ...otherBytes(offered, site.versions),
    ],
  };
}

/**
 * Finds out if an entry of a folder that does not say that it is a channel belongs to the repository above nevertheless: its
 * history was lost, or an earlier version of this program has written it.
 */
function ownership(site: Repository, siteUrl: string | undefined): (version: PublishedVersion) => boolean {
  const known = new Set(
    site.versions.map(({ entry }) => entryKey({ ...entry, url: addressFromBelow(entry.url) })),
  );
  return ({ entry, archive, inside }) =>
    archive === undefined &&
    inside === undefined &&
    (known.has(entryKey(entry)) || (siteUrl !== undefined && entry.url.startsWith(`${siteUrl}plugins/`)));
}

/** The versions with the ids in the order that they have already; new ones come last. */
function inOrderOf(
  before: readonly PublishedVersion[],
  versions: readonly PublishedVersion[],
): readonly PublishedVersion[] {
  const lists = byId(versions);
  const ids = new Set([...before, ...versions].map(({ entry }) => entry.id));
  return [...ids].flatMap((id) => lists.get(id) ?? []);
}

/** Versions that the channel offers with other bytes than the repository above: its users would never notice. */
function otherBytes(
  offered: Iterable<PublishedVersion>,
  stable: readonly PublishedVersion[],
): readonly Problem[] {
  const nameOf = ({ id, version }: Entry) => JSON.stringify([id, version]);
  const checksums = new Map(
    stable.flatMap(({ entry, archive, state }) =>
      archive && state === 'offered' ? [[nameOf(entry), archive.checksum] as const] : [],
    ),
  );
  return [...offered].flatMap(({ entry, archive }): Problem[] => {
    const checksum = checksums.get(nameOf(entry));
    if (!archive || checksum === undefined || checksum === archive.checksum) return [];
    return [
      {
        severity: 'warning',
        code: 'other-bytes',
        path: archive.path ?? entry.url,
        message: `The channel offers ${entry.id} ${entry.version} with other bytes than the repository in the folder above: IDEs that have one of them are not offered the other.`,
        hint: `Publish the archive of the channel to both, or give the next build a version of its own. "remove: ${entry.id}@${entry.version}" with "channel" leaves the one of the repository.`,
      },
    ];
  });
}

function isEmpty({ versions, others, prolog, rootTag }: Repository): boolean {
  return versions.length + others.length === 0 && prolog === '' && rootTag === EMPTY_REPOSITORY.rootTag;
}

/** The borrowed entries as they are written, for comparisons. */
function sourcesOf(offered: Iterable<PublishedVersion>): string {
  const sources = [...offered].flatMap(({ entry, borrowed }) => (borrowed ? [entry.source] : []));
  return sources.sort().join('\n');
}

function borrow({ entry, archive }: PublishedVersion, rootTag: string, itsRootTag: string): PublishedVersion {
  const which = `${entry.id} ${entry.version}`;
  try {
    const readdressed = fromBelow(entry);
    if (rootTag !== itsRootTag) readWithin(rootTag, readdressed.source, `the entry of ${which}`);
    return { entry: readdressed, state: 'offered', archive: undefined, borrowed: { archive } };
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw new UserError(
      'index',
      `The channel cannot offer ${which} of the repository in the folder above: ${error.message}.`,
      {
        hint: `Give the root element of ${INDEX_PATH} in the channel the prefixes (xmlns:…) of that in the folder above, or correct the entry there.`,
        cause: error,
      },
    );
  }
}

/** An entry with an address that means the same from the folder below. */
function fromBelow(entry: Entry): Entry {
  const url = addressFromBelow(entry.url);
  if (url === entry.url) return entry;
  const readdressed = parseEntry(withAddress(entry.source, url));
  if (readdressed?.url !== url)
    throw new XmlError(`its address "${entry.url}" cannot be written for the folder below`);
  return readdressed;
}

function addressFromBelow(url: string): string {
  const isRelative = url !== '' && !/^\s*(?:[a-z][a-z0-9+.-]*:|\/)/i.test(url);
  return isRelative ? `../${url.trim().replace(/^\.\//, '')}` : url;
}

/** The elements whose text counts in place of the attribute. */
const ADDRESSES: ReadonlySet<string> = new Set(['download-url', 'downloadUrl']);

/** An entry with another address, and nothing else changed. */
function withAddress(source: string, url: string): string {
  const entry = readElement(source);
  const text = addressesIn(entry)
    .flatMap((node) => contentOf(node, source) ?? [])
    .at(-1);
  if (text) return source.slice(0, text.start) + encodeText(url) + source.slice(text.end);
  const tag = source
    .slice(entry.start, entry.startTagEnd)
    .replace(/(\surl\s*=\s*)(?:"[^"]*"|'[^']*')/, (_, name: string) => `${name}"${encodeAttribute(url)}"`);
  return source.slice(0, entry.start) + tag + source.slice(entry.startTagEnd);
}

/** The elements in an entry whose text is its address; the last one counts. */
function addressesIn(node: XmlNode): readonly XmlNode[] {
  return elementsIn(node).flatMap((child) => [
    ...addressesIn(child),
    ...(ADDRESSES.has(child.name) ? [child] : []),
  ]);
}
