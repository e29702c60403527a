import type { AnyFormat, ChannelMoment, Followed } from '../../formats/format.js';
import { formatNamed } from '../../formats/registry.js';
import { timestampOf } from '../../model/timestamp.js';
import { UserError } from '../../model/user-error.js';
import type { SiteSnapshot, SiteStore } from '../ports/site-store.js';
import {
  aboutChannel,
  describeChannel,
  followedChannel,
  NO_CHANNELS,
  readChannels,
  readIndexFiles,
  requireIndex,
  snapshotBelow,
  type Channels,
} from './channels.js';
import type { Settings } from './settings.js';

/** A site or a channel of one, as a publication finds it. */
export interface SiteState {
  /** What is published to: the site, or the folder of the channel. */
  readonly snapshot: SiteSnapshot;
  /** Whether it has no index yet. */
  readonly isFirst: boolean;
  /** The index as it is stored. */
  readonly stored: unknown;
  /** Of a channel: the index with what the site above offers. */
  readonly above: Followed<unknown> | undefined;
  /** Of a site: its channels. */
  readonly channels: Channels;
}

/**
 * Reads the index that is published to, and those that depend on it or that it depends on.
 *
 * @param site a snapshot of the whole site
 * @throws {UserError} `index` if one of them cannot be read, or is lost
 */
export async function readSite(
  site: SiteSnapshot,
  { format: name, channel }: Pick<Settings, 'format' | 'channel'>,
  store: SiteStore,
  moment: ChannelMoment,
): Promise<SiteState> {
  const format = formatNamed(name);
  const snapshot = channel === undefined ? site : snapshotBelow(site, channel);
  const files = await readIndexFiles(snapshot, format);
  const isFirst = !files.has(format.indexPaths[0]);
  const stored: unknown = aboutChannel(channel, () => {
    requireIndex(files, format);
    return format.parseIndex(files) as unknown;
  });
  if (isFirst) await requireNoPayloads(store, snapshot, format, describeChannel(store.description, channel));
  if (channel === undefined)
    return { snapshot, isFirst, stored, above: undefined, channels: await readChannels(site, format) };
  if ((await site.readFile(format.indexPaths[0])) === undefined)
    await requireNoPayloads(store, site, format, store.description);
  const above = await followedChannel(site, stored, format, moment);
  return { snapshot, isFirst, stored, above, channels: NO_CHANNELS };
}

/** What the channels of a site depend on. */
export function channelMoment(
  { timestamp, newestBranch, siteUrl, channel }: Settings,
  now: Date,
): ChannelMoment {
  const below = channel === undefined ? '' : `${channel}/`;
  return {
    now: timestamp ?? timestampOf(now),
    newestBranch,
    siteUrl: siteUrl?.endsWith(`/${below}`) ? siteUrl.slice(0, siteUrl.length - below.length) : undefined,
  };
}

/** A site that has lost its index is not a new one: going on would lose the history of every file. */
async function requireNoPayloads(
  store: SiteStore,
  snapshot: SiteSnapshot,
  format: AnyFormat,
  where: string,
): Promise<void> {
  if (snapshot.isNew || !store.isAtomic) return;
  const [main] = format.indexPaths;
  const paths = await snapshot.listFiles();
  // Another site in a folder below has its own payloads.
  const sites = paths.flatMap((path) => (path.endsWith(`/${main}`) ? [path.slice(0, -main.length)] : []));
  const orphan = paths.find(
    (path) => format.isStoredPath(path) && !sites.some((folder) => path.startsWith(folder)),
  );
  if (orphan === undefined) return;
  throw new UserError('index', `${main} is missing, but ${where} holds payloads such as ${orphan}.`, {
    hint: 'Nothing was changed. Restore the index from the history of the branch; for a new site, choose another branch or directory.',
  });
}
