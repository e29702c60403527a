import type { Problem } from '../../model/problem.js';
import { UserError } from '../../model/user-error.js';
import { XmlError } from '../../xml/error.js';
import { branchesOf, byId, preferredFirst, offeredVersions } from './index/offers.js';
import { readWithin } from './index/parse.js';
import { readdress } from './index/readdress.js';
import {
  EMPTY_REPOSITORY,
  entryKey,
  INDEX_PATH,
  type Entry,
  type PublishedVersion,
  type Repository,
} from './index/repository.js';
import type { ChannelMoment, Followed } from '../channels.js';
import { newestBranchAt } from './newest-branch.js';
import type { JetBrainsOptions } from './options.js';
import { documentTypeProblem } from './plan/checks.js';

/**
 * Updates a channel from the repository in the parent folder. IDEs take a plugin from one address only, so a channel
 * must offer the stable versions too (spec, section 3).
 *
 * @param channel the repository in the folder of the channel; an empty one becomes a channel
 * @param site the repository in the parent folder
 * @throws {UserError} `index` if an entry of the site does not fit into the index of the channel
 */
export function followSite(
  channel: Repository,
  site: Repository,
  moment: ChannelMoment,
  options: Pick<JetBrainsOptions, 'newestBranch'> | undefined,
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
    options?.newestBranch ?? newestBranchAt(moment.now),
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
 * Returns whether an entry belongs to the repository in the parent folder although its folder is not marked as a
 * channel. The history was lost then, or an earlier version of this program wrote the folder.
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

/** Sorts versions by the present order of their ids. New ids come last. */
function inOrderOf(
  before: readonly PublishedVersion[],
  versions: readonly PublishedVersion[],
): readonly PublishedVersion[] {
  const lists = byId(versions);
  const ids = new Set([...before, ...versions].map(({ entry }) => entry.id));
  return [...ids].flatMap((id) => lists.get(id) ?? []);
}

/** Reports versions whose archives differ between the channel and the parent repository, which IDEs do not notice. */
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
        message: `The channel and the repository in the parent folder offer different archives of ${entry.id} ${entry.version}. IDEs that have one of them are not offered the other.`,
        hint: `Publish the archive of the channel to both, or give the next build a new version. To keep only the archive of the repository, remove ${entry.id}@${entry.version} from the channel with "remove" (--remove) and "channel" (--channel).`,
      },
    ];
  });
}

function isEmpty({ versions, others, prolog, rootTag }: Repository): boolean {
  return versions.length + others.length === 0 && prolog === '' && rootTag === EMPTY_REPOSITORY.rootTag;
}

/** Returns the borrowed entries as text, for comparisons. */
function sourcesOf(offered: Iterable<PublishedVersion>): string {
  const sources = [...offered].flatMap(({ entry, borrowed }) => (borrowed ? [entry.source] : []));
  return sources.sort().join('\n');
}

function borrow({ entry, archive }: PublishedVersion, rootTag: string, itsRootTag: string): PublishedVersion {
  const which = `${entry.id} ${entry.version}`;
  try {
    const readdressed = readdress(entry, addressFromBelow(entry.url));
    if (rootTag !== itsRootTag) readWithin(rootTag, readdressed.source, `the entry of ${which}`);
    return { entry: readdressed, state: 'offered', archive: undefined, borrowed: { archive } };
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw new UserError(
      'index',
      `The channel cannot offer ${which} of the repository in the parent folder: ${error.message}.`,
      {
        hint: `Copy the prefixes (xmlns:…) from the root element of ${INDEX_PATH} in the parent folder to the one in the channel, or correct the entry there.`,
        cause: error,
      },
    );
  }
}

/** Returns an address that leads to the same archive from the folder of the channel. */
function addressFromBelow(url: string): string {
  const isRelative = url !== '' && !/^\s*(?:[a-z][a-z0-9+.-]*:|\/)/i.test(url);
  return isRelative ? `../${url.trim().replace(/^\.\//, '')}` : url;
}
