import type { ChannelMoment } from '../../formats/channels.js';
import type { Format } from '../../formats/format.js';
import type { Inspection } from '../../model/artifact.js';
import type { Plan } from '../../model/plan.js';
import type { SitePath } from '../../model/site-path.js';
import { timestampOf } from '../../model/timestamp.js';
import type { SiteSnapshot, SiteStore } from '../ports/site-store.js';
import { readIndexFiles } from '../read-index.js';
import { requireNoPayloads } from '../require-no-payloads.js';
import { snapshotBelow } from '../channel-folder.js';
import {
  aboutChannel,
  describeChannel,
  followedChannel,
  NO_CHANNELS,
  readChannels,
  requireIndex,
  type ChannelBelow,
  type Channels,
} from '../channels.js';
import type { Settings } from './settings.js';

/** A site or a channel before a publication. */
export interface SiteState<Index> {
  /** The place to publish to: the site, or the folder of the channel. */
  readonly snapshot: SiteSnapshot;
  /** Whether the index does not exist yet. */
  readonly isFirst: boolean;
  /** The index as it is stored. */
  readonly stored: Index;
  /** For a channel: the index with the offer of the site above. */
  readonly above: ChannelBelow<Index> | undefined;
  /** For a site: its channels. */
  readonly channels: Channels;
}

/**
 * Reads the index to publish to, with the indexes that depend on it or that it depends on.
 *
 * @param site a snapshot of the whole site
 * @throws {UserError} `index` if one of them cannot be read or is missing
 */
export async function readSite<Index, I extends Inspection, P extends Plan, O>(
  site: SiteSnapshot,
  channel: SitePath | undefined,
  store: SiteStore,
  moment: ChannelMoment,
  format: Format<Index, I, P, O>,
  options: O,
): Promise<SiteState<Index>> {
  const snapshot = channel === undefined ? site : snapshotBelow(site, channel);
  const files = await readIndexFiles(snapshot, format);
  const isFirst = !files.has(format.indexPaths[0]);
  const stored = aboutChannel(channel, () => {
    requireIndex(files, format);
    return format.parseIndex(files);
  });
  if (isFirst) await requireNoPayloads(store, snapshot, format, describeChannel(store.description, channel));
  if (channel === undefined)
    return { snapshot, isFirst, stored, above: undefined, channels: await readChannels(site, format) };
  if ((await site.readFile(format.indexPaths[0])) === undefined)
    await requireNoPayloads(store, site, format, store.description);
  const above = await followedChannel(site, channel, stored, format, moment, options);
  return { snapshot, isFirst, stored, above, channels: NO_CHANNELS };
}

/** Returns the time and address on which the channels of a site depend. */
export function channelMoment(
  { timestamp, siteUrl, channel }: Pick<Settings, 'timestamp' | 'siteUrl' | 'channel'>,
  now: Date,
): ChannelMoment {
  const below = channel === undefined ? '' : `${channel}/`;
  return {
    now: timestamp ?? timestampOf(now),
    siteUrl: siteUrl?.endsWith(`/${below}`) ? siteUrl.slice(0, siteUrl.length - below.length) : undefined,
  };
}
