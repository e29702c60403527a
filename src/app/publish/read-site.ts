import type { ChannelMoment, Followed, Format, IndexFormat, PayloadRules } from '../../formats/format.js';
import type { Inspection } from '../../model/artifact.js';
import type { Plan } from '../../model/plan.js';
import type { SitePath } from '../../model/site-path.js';
import { timestampOf } from '../../model/timestamp.js';
import { UserError } from '../../model/user-error.js';
import type { SiteSnapshot, SiteStore } from '../ports/site-store.js';
import { readIndexFiles } from '../read-index.js';
import {
  aboutChannel,
  describeChannel,
  followedChannel,
  NO_CHANNELS,
  readChannels,
  requireIndex,
  snapshotBelow,
  type Channels,
} from './channels.js';
import type { Settings } from './settings.js';

/** Distinguishes the files of a site from other files. */
type SiteFiles = Pick<IndexFormat<unknown>, 'indexPaths'> & Pick<PayloadRules<unknown>, 'isStoredPath'>;

/** A site or a channel before a publication. */
export interface SiteState<Index> {
  /** The place to publish to: the site, or the folder of the channel. */
  readonly snapshot: SiteSnapshot;
  /** Whether the index does not exist yet. */
  readonly isFirst: boolean;
  /** The index as it is stored. */
  readonly stored: Index;
  /** For a channel: the index with the offer of the site above. */
  readonly above: Followed<Index> | undefined;
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
  const above = await followedChannel(site, stored, format, moment, options);
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

/**
 * Requires that a site without an index does not contain payloads. Otherwise it has lost its index, and continuing
 * would lose the history of every file.
 */
async function requireNoPayloads(
  store: SiteStore,
  snapshot: SiteSnapshot,
  format: SiteFiles,
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
  throw new UserError('index', `${main} is missing, but ${where} contains payloads such as ${orphan}.`, {
    hint: 'Nothing was changed. Restore the index from the history of the branch; for a new site, choose another branch or directory.',
  });
}
