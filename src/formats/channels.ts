import type { Problem } from '../model/problem.js';
import type { SitePath } from '../model/site-path.js';
import type { Timestamp } from '../model/timestamp.js';

/** What a channel depends on in addition to the two indexes. */
export interface ChannelMoment {
  /** The moment of the publication. */
  readonly now: Timestamp;
  /** Public address of the site above, with a trailing slash; `undefined` if unknown. */
  readonly siteUrl: string | undefined;
}

/** A channel that includes the offers of its site. */
export interface Followed<Index> {
  readonly channel: Index;
  readonly isChanged: boolean;
  readonly problems: readonly Problem[];
}

/** The part of a format with channels: folders of a site whose indexes also offer what the site offers. */
export interface ChannelRules<Index, O> {
  /** Path of the file that every channel has. */
  readonly markPath: string;
  /** Whether a folder is a channel, given the files of its index; `undefined` if they cannot be read. */
  readonly isChannel: (files: ReadonlyMap<string, Uint8Array>) => boolean | undefined;
  /** Returns the folders of the channels that the index of a site records. */
  readonly recorded: (site: Index) => readonly SitePath[];
  /** Records the channels of a site, so that they are found where folders are not listed. */
  readonly record: (site: Index, channels: readonly SitePath[]) => Index;
  /**
   * Adds the offers of the site to a channel. Paths of problems are relative to the channel.
   *
   * @param options those of the format; `undefined` for the defaults
   */
  readonly follow: (
    channel: Index,
    site: Index,
    moment: ChannelMoment,
    options: O | undefined,
  ) => Followed<Index>;
}
