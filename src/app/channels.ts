import type { ChannelMoment, ChannelRules, Followed } from '../formats/channels.js';
import type { IndexFiles, IndexFormat, RenderedFile } from '../formats/format.js';
import type { Problem } from '../model/problem.js';
import { joinSitePath, parseSitePath, type SitePath } from '../model/site-path.js';
import type { Timestamp } from '../model/timestamp.js';
import { UserError } from '../model/user-error.js';
import { filesBelow, problemBelow } from './channel-folder.js';
import type { ReadableSite } from './ports/site-source.js';
import type { SiteSnapshot } from './ports/site-store.js';
import { readIndexFiles } from './read-index.js';

/** A format that may support channels. */
type ChannelFormat<Index, O> = IndexFormat<Index> & { readonly channels?: ChannelRules<Index, O> };

/** The channels of a site: the files of their indexes by the name of the folder. */
export type Channels = ReadonlyMap<SitePath, IndexFiles>;

/** For a channel, which does not have channels itself. */
export const NO_CHANNELS: Channels = new Map();

/** The channels that change together with their site. */
export interface FollowingChannels {
  readonly names: readonly string[];
  /** The files of their indexes, with paths on the site. */
  readonly files: readonly RenderedFile[];
  readonly problems: readonly Problem[];
}

/** Describes a site or one of its channels for messages. */
export function describeChannel(site: string, channel: string | undefined): string {
  return channel === undefined ? site : `channel ${channel} of ${site}`;
}

/**
 * Reads the channels of a site: folders directly below it that contain the mark of a channel.
 *
 * @param recorded folders to look at in addition to those that the place lists
 * @throws {UserError} `index` if the mark of a folder cannot be read
 */
export async function readChannels<Index, O>(
  site: Pick<ReadableSite, 'isNew' | 'readFile' | 'listFiles'>,
  format: ChannelFormat<Index, O>,
  recorded: readonly SitePath[] = [],
): Promise<Channels> {
  const { channels } = format;
  if (!channels || site.isNew) return NO_CHANNELS;
  const found = new Map<SitePath, IndexFiles>();
  const listed = foldersWith(channels.markPath, (await site.listFiles?.()) ?? []);
  for (const folder of new Set([...listed, ...recorded])) {
    const inFolder = { readFile: (path: SitePath) => site.readFile(joinSitePath(folder, path)) };
    const files = await readIndexFiles(inFolder, format);
    const isChannel = channels.isChannel(files);
    if (isChannel === undefined) throw unreadableMark(`${folder}/${channels.markPath}`);
    if (isChannel) found.set(folder, files);
  }
  return found;
}

/** Records the channels of a site in its index, so that they are found where folders are not listed. */
export function recordChannels<Index, O>(
  { channels: rules }: ChannelFormat<Index, O>,
  index: Index,
  channels: Channels,
): Index {
  return rules ? rules.record(index, [...channels.keys()]) : index;
}

/**
 * Updates the channels whose offer changes with the index of their site.
 *
 * @param index index of the site after the publication
 * @throws {UserError} `index` if a channel cannot be updated
 */
export function followingChannels<Index, O>(
  channels: Channels,
  index: Index,
  format: ChannelFormat<Index, O>,
  moment: ChannelMoment,
  options: O | undefined,
): FollowingChannels {
  const names: string[] = [];
  const files: RenderedFile[] = [];
  const problems: Problem[] = [];
  for (const [folder, stored] of channels) {
    const followed = aboutChannel(folder, () => {
      requireIndex(stored, format);
      return format.channels?.follow(format.parseIndex(stored), index, moment, options);
    });
    problems.push(...(followed?.problems ?? []).map((problem) => problemBelow(folder, problem)));
    if (!followed?.isChanged) continue;
    names.push(folder);
    const rendered = format.renderIndex(followed.channel);
    files.push(...filesBelow(folder, rendered));
  }
  return { names, files, problems };
}

/** A channel before a publication to it. */
export interface ChannelBelow<Index> extends Followed<Index> {
  /** The file of the site above that records the channel, if it does not yet; a site without an index has none. */
  readonly record: readonly RenderedFile[];
}

/**
 * Adds the offer of the site above to a channel.
 *
 * @param stored the index of the channel, as it is stored
 * @throws {UserError} `index` if the index of the site cannot be read or is missing
 */
export async function followedChannel<Index, O>(
  snapshot: SiteSnapshot,
  folder: SitePath,
  stored: Index,
  format: ChannelFormat<Index, O>,
  moment: ChannelMoment,
  options: O,
): Promise<ChannelBelow<Index>> {
  const { channels } = format;
  const files = await readIndexFiles(snapshot, format);
  requireIndex(files, format);
  const site = format.parseIndex(files);
  if (!channels) return { channel: stored, isChanged: false, problems: [], record: [] };
  const known = channels.recorded(site);
  const isRecorded = files.size === 0 || known.includes(folder);
  const recording = isRecorded ? [] : format.renderIndex(channels.record(site, [...known, folder].sort()));
  return {
    ...channels.follow(stored, site, moment, options),
    // The other files of the index stay as they are, even if they were written in another way.
    record: recording.filter(({ path }) => path === channels.markPath),
  };
}

/**
 * Returns the index of a site that may be a channel, with everything that the site above offers. The stored index of a
 * channel lacks what its own versions replace.
 *
 * @param files of the index of the site
 * @throws {UserError} `index` if the index of the site above cannot be read
 */
export async function followedAbove<Index, O>(
  { readAbove }: Pick<SiteSnapshot, 'readAbove'>,
  files: IndexFiles,
  index: Index,
  format: ChannelFormat<Index, O>,
  now: Timestamp,
): Promise<Index> {
  const { channels } = format;
  if (!channels || !readAbove || channels.isChannel(files) !== true) return index;
  const above = await readIndexFiles({ readFile: readAbove }, format);
  requireIndex(above, format);
  return channels.follow(index, format.parseIndex(above), { now, siteUrl: undefined }, undefined).channel;
}

/**
 * Requires the main file of an index if other files of it exist: continuing without it would withdraw everything
 * that the site offers.
 *
 * @throws {UserError} `index` if it is missing
 */
export function requireIndex(
  files: IndexFiles,
  { indexPaths: [main] }: Pick<IndexFormat<unknown>, 'indexPaths'>,
): void {
  const [other] = files.keys();
  if (other === undefined || files.has(main)) return;
  throw new UserError('index', `${main} is missing beside ${other}.`, {
    hint: `Nothing was changed. Restore it, for example from the history of the branch. If a first publication was interrupted here, remove ${other} and publish again.`,
  });
}

/** Returns the folders directly below a site that contain a file. */
function foldersWith(file: string, paths: readonly string[]): readonly SitePath[] {
  return paths
    .filter((path) => path.endsWith(`/${file}`) && path.indexOf('/') === path.length - file.length - 1)
    .map((path) => path.slice(0, path.indexOf('/')))
    .sort()
    .flatMap((folder) => {
      const parsed = parseSitePath(folder);
      return 'path' in parsed ? [parsed.path] : [];
    });
}

/** Runs a function, and adds the name of the channel to its errors. */
export function aboutChannel<T>(folder: string | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UserError) || folder === undefined) throw error;
    throw new UserError(error.code, `In the channel ${folder}: ${error.message}`, {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      cause: error,
    });
  }
}

function unreadableMark(path: string): UserError {
  return new UserError(
    'index',
    `${path} cannot be read, so it is not known whether its folder is a channel of the site.`,
    {
      hint: 'Nothing was changed. Restore an earlier state of this file from the history of the branch, or remove it if the folder is not a channel.',
    },
  );
}
