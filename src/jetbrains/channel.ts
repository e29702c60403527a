import type { Timestamp } from '../model/timestamp.js';
import { UserError } from '../model/user-error.js';
import { XmlFault } from '../xml/fault.js';
import { markupIn } from '../xml/markup.js';
import { encodeAttribute, encodeText } from '../xml/text.js';
import { nameIn } from './document-parts.js';
import { parseEntry } from './entry-xml.js';
import { newestBranchAt } from './newest-branch.js';
import { branchesOf, preferredFirst, usefulVersions } from './offers.js';
import { judgeWithin } from './parse-index.js';
import { EMPTY_REPOSITORY, type Entry, type PublishedVersion, type Repository } from './repository.js';

/** A channel that offers what the repository in the folder above offers, where that is higher. */
export interface FollowingChannel {
  readonly channel: Repository;
  /** Whether that is something else than the channel has offered until now. */
  readonly isChanged: boolean;
}

/**
 * Brings a channel up to date with the repository in the folder above: IDEs take a plugin from one address only, so that
 * who enters that of a channel must be offered the stable versions there, too (spec, section 3).
 *
 * @param channel a repository of its own, or an empty one that is to become a channel
 * @param site what is in the folder above
 * @param moment up to which branch plugins without an upper bound are offered: the one that is given, or that of now
 * @throws {UserError} `index` if an entry of the site does not fit into the file of the channel
 */
export function followSite(
  channel: Repository,
  site: Repository,
  moment: { readonly now: Timestamp; readonly newestBranch: number | undefined },
): FollowingChannel {
  const rootTag = isEmpty(channel) ? site.rootTag : channel.rootTag;
  const own = channel.versions.filter(({ borrowed }) => borrowed === undefined);
  const remembered = new Map(
    channel.versions.flatMap(({ borrowed, entry, rest }) => (borrowed ? [[entry.source, rest]] : [])),
  );
  const stable = [...usefulVersions(site.versions)].map((version) => {
    const borrowed = borrow(version, rootTag, site.rootTag);
    return { ...borrowed, rest: remembered.get(borrowed.entry.source) };
  });
  const versions = preferredFirst([...own, ...stable]);
  const useful = usefulVersions(versions);
  const isChanged = !channel.isChannel || sourcesOf(useful) !== sourcesOf(usefulVersions(channel.versions));
  const covered = branchesOf(
    [...useful].map(({ entry }) => entry),
    moment.newestBranch ?? newestBranchAt(moment.now),
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
  };
}

function isEmpty({ versions, others, prolog, rootTag }: Repository): boolean {
  return versions.length + others.length === 0 && prolog === '' && rootTag === EMPTY_REPOSITORY.rootTag;
}

/** The borrowed entries as they are written, for comparisons. */
function sourcesOf(useful: Iterable<PublishedVersion>): string {
  return [...useful].flatMap(({ entry, borrowed }) => (borrowed ? [entry.source] : [])).join('\n');
}

function borrow({ entry, archive }: PublishedVersion, rootTag: string, itsRootTag: string): PublishedVersion {
  const which = `${entry.id} ${entry.version} of the repository in the folder above`;
  try {
    const readdressed = fromBelow(entry);
    if (rootTag !== itsRootTag) judgeWithin(rootTag, readdressed.source, `the entry of ${which}`);
    return { entry: readdressed, state: 'offered', archive: undefined, borrowed: { archive } };
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error;
    throw new UserError('index', `The channel cannot offer ${which}: ${error.message}.`, {
      hint: 'Correct the entry, or give both files the same root element.',
      cause: error,
    });
  }
}

/** An entry with an address that means the same from the folder below. */
function fromBelow(entry: Entry): Entry {
  const isRelative = entry.url !== '' && !/^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(entry.url);
  if (!isRelative) return entry;
  const url = `../${entry.url.replace(/^\.\//, '')}`;
  const readdressed = parseEntry(withAddress(entry.source, url));
  if (readdressed?.url !== url) throw new XmlFault(`its address "${entry.url}" cannot be made absolute`);
  return readdressed;
}

/** The elements whose text counts in place of the attribute. */
const ADDRESSES: ReadonlySet<string> = new Set(['download-url', 'downloadUrl']);

/** An element with another address, and nothing else changed. */
function withAddress(source: string, url: string): string {
  let tag: { readonly start: number; readonly end: number } | undefined;
  let text: { readonly start: number; readonly end: number } | undefined;
  let opened = 0;
  for (const { kind, start, end } of markupIn(source, 0)) {
    if (kind !== 'tag') continue;
    tag ??= { start, end };
    const piece = source.slice(start, end);
    if (ADDRESSES.has(nameIn(piece))) opened = end;
    else if (ADDRESSES.has(nameIn(piece.replace('/', '')))) text = { start: opened, end: start };
  }
  if (text) return source.slice(0, text.start) + encodeText(url) + source.slice(text.end);
  if (!tag) return source;
  const first = source
    .slice(tag.start, tag.end)
    .replace(/(\surl\s*=\s*)(?:"[^"]*"|'[^']*')/, (_, name: string) => `${name}"${encodeAttribute(url)}"`);
  return source.slice(0, tag.start) + first + source.slice(tag.end);
}
