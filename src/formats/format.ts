/**
 * The kinds of sites that there are, as pure code. This file is the contract: everything that the rest of the program asks
 * of a format is in it. Each format has a folder whose `format.ts` is its face, and none knows another one.
 *
 * @module
 */

import type { AppFolderRules } from '../model/app-folder.js';
import type { Artifact, InspectedArtifact, Inspection, LeftOutFile } from '../model/artifact.js';
import type { Change } from '../model/change.js';
import type { FormatName } from '../model/format-name.js';
import type { OfferTable } from '../model/offer-table.js';
import type { OptionReader } from '../model/option.js';
import type { Plan } from '../model/plan.js';
import type { Problem } from '../model/problem.js';
import type { SiteConfig } from '../model/site-config.js';
import type { SitePath } from '../model/site-path.js';
import type { Timestamp } from '../model/timestamp.js';
import type { UpstreamSite, UpstreamSource } from '../model/upstream.js';
import type { DependencyRules, SiteContext } from './dependencies.js';

/** When a publication is made, and when users may have looked last. */
export interface PlanMoment {
  /** The moment of the publication: that of the clock, or the one that the user gave. */
  readonly now: Timestamp;
  /** Whether the user gave it. */
  readonly isGiven: boolean;
  /** The clock, wherever `now` comes from. */
  readonly clock: Timestamp;
  /** When users may have read the index last; undefined if it is not known, or does not matter to clients. */
  readonly lastSeen: Timestamp | undefined;
}

/**
 * What a plan is made from.
 *
 * @typeParam O the options that only this format has
 */
export interface PlanRequest<Index, I extends Inspection, O> extends SiteContext<Index>, PlanMoment {
  readonly artifacts: readonly InspectedArtifact<I>[];
  /** How the site is called in messages. */
  readonly siteName: string;
  /** What becomes obsolete, as the user named it. */
  readonly remove: readonly string[];
  /** Set if what the site has and the run did not find becomes obsolete. */
  readonly completeSite: CompleteSite | undefined;
  /** Stored paths of payloads that the index names and the site lacks. */
  readonly missing: ReadonlySet<string>;
  /** Public address of the site, with a slash at its end; undefined if it is not known. */
  readonly siteUrl: string | undefined;
  readonly options: O;
}

/** What a complete site is compared with, besides the artifacts. */
export interface CompleteSite {
  /** What the run found and does not publish: these files stay. */
  readonly leftOut: readonly LeftOutFile[];
}

/** Sites that users of one edition of the application follow. */
export interface UpstreamPreset {
  readonly sites: readonly UpstreamSource[];
  /** The version of Java that this edition runs. */
  readonly java: number;
}

/** The part of a format whose users follow several sites, which get in each other's way. */
export interface UpstreamRules {
  /** The sites that most users follow, by the name of the choice. */
  readonly presets: Readonly<Record<string, UpstreamPreset>>;
  /** The choice that counts if nothing was said. */
  readonly usual: string;
}

/** How an artifact is to be read, given what the site has. */
export interface Reading {
  /** The path to read it under: where it goes, as far as that is known before it is read. */
  readonly sitePath: string;
  /** The checksums that its current version has, on the site or upstream. */
  readonly knownChecksums: readonly string[];
}

/** The part of a format that reads an artifact differently, depending on what the site has. */
export interface ReadingRules<Index, I extends Inspection> {
  readonly readingOf: (artifact: Artifact, index: Index, upstream: readonly UpstreamSite<Index>[]) => Reading;
  /** Whether what was read for another state of the site says enough for this one. */
  readonly isEnough: (inspection: I, reading: Reading) => boolean;
}

/** The part of a format whose indexes say what a maintainer may write into a configuration. */
export interface ConfigRules {
  /** The platforms that users can have. */
  readonly platforms: ReadonlySet<string>;
}

/** A file of the index, ready to be written. */
export interface RenderedFile {
  readonly path: SitePath;
  readonly bytes: Uint8Array;
}

/** Files of an index by their paths on the site. */
export type IndexFiles = ReadonlyMap<string, Uint8Array>;

/** The part of a format that finds out if another artifact would take the place of a file that the site has. */
export interface TakeoverChecks<Index, P extends Plan> {
  /** Stored paths of the payloads that must be read for it, with their sizes in bytes if the index states them. */
  readonly payloadsFor: (plan: P, index: Index) => ReadonlyMap<SitePath, number | undefined>;
  /** @param payloads bytes by stored path, as far as they could be read */
  readonly check: (
    plan: P,
    index: Index,
    config: SiteConfig | undefined,
    payloads: ReadonlyMap<string, Uint8Array>,
  ) => readonly Problem[];
}

/** What a channel depends on besides the two indexes; `siteUrl` is that of the site above. */
export type ChannelMoment = Pick<PlanRequest<unknown, Inspection, unknown>, 'now' | 'siteUrl'>;

/** A channel with what its site offers. */
export interface Followed<Index> {
  readonly channel: Index;
  readonly isChanged: boolean;
  readonly problems: readonly Problem[];
}

/** The part of a format that knows folders of a site whose index also offers what the site offers. */
export interface ChannelRules<Index, O> {
  /** The file that every channel has. */
  readonly markPath: string;
  /** Whether a folder is a channel, by the files of its index; undefined if that cannot be read. */
  readonly isChannel: (files: IndexFiles) => boolean | undefined;
  /** The channel with what the site offers, and whether that changes anything; paths of problems are relative to the channel. */
  readonly follow: (channel: Index, site: Index, moment: ChannelMoment, options: O) => Followed<Index>;
}

/** What a format knows of the index of a site. */
export interface IndexFormat<Index> {
  readonly name: FormatName;
  /** Paths of the files of the index on the site that are read again; the first is what makes the site one. */
  readonly indexPaths: readonly [SitePath, ...SitePath[]];
  /** Whether a file of this name is an index of this format, wherever it is. */
  readonly isIndexName: (fileName: string) => boolean;
  /**
   * @param files by their paths, as far as they are there; none for a site without an index
   * @param origin the upstream site whose index it is; undefined for the site that is published to
   * @throws {UserError} `index` if it cannot be read
   */
  readonly parseIndex: (files: IndexFiles, origin?: UpstreamSource) => Index;
  readonly renderIndex: (index: Index) => readonly RenderedFile[];
  /** What happened between two states of a site. */
  readonly compare: (before: Index, after: Index) => readonly Change[];
  /** Adds to changes what they come to for those who have the files. */
  readonly explain: (changes: readonly Change[], before: Index, after: Index) => readonly Change[];
  /** The lines of the index that differ, as a unified diff. */
  readonly diff: (before: Index, after: Index) => string;
  /** Which versions clients are offered where that differs. Absent for a format that offers all clients the same. */
  readonly compareOffers?: (before: Index, after: Index) => OfferTable | undefined;
}

/** What a format knows of the files that an index leads to. */
export interface PayloadRules<Index> {
  /** Whether a file of the site is a payload, by its name. */
  readonly isStoredPath: (path: string) => boolean;
  /** The stored paths of all payloads that clients may ask for, in the order of the index. */
  readonly payloadsOf: (index: Index) => readonly string[];
  /** The sizes that an index states, by the stored path of the payload, in bytes. */
  readonly storedSizes: (index: Index) => ReadonlyMap<string, number>;
}

/** What a format knows of the files of a build, before any of them is read. */
export interface ArtifactRules {
  /** Why a file of this name is left out unless its destination is named; undefined if it is not. */
  readonly exclusionOf: (fileName: string) => string | undefined;
  /** Why an empty file of this name is left out unless it is named; undefined if it is like any other. */
  readonly emptyReasonOf?: (fileName: string) => string | undefined;
  /** What an application folder is looked through for. Absent for a format that is not laid out like an application. */
  readonly appFolder?: AppFolderRules;
}

/**
 * What the rest of the program knows of a kind of site. Everything in it is pure. What a format cannot do is an absent
 * member, and the caller has one place that asks.
 *
 * @typeParam Index a site's index, read
 * @typeParam I what reading an artifact's bytes yields
 * @typeParam P a plan: it is handed back to the format that made it
 * @typeParam O the options that only this format has
 */
export interface Format<Index, I extends Inspection, P extends Plan, O>
  extends IndexFormat<Index>, PayloadRules<Index>, ArtifactRules {
  /** Absent for a format that reads an artifact the same way, whatever the site has. */
  readonly reading?: ReadingRules<Index, I>;

  /** Reads the options that only this format has; `description.ts` of the format declares them. */
  readonly readOptions: (options: OptionReader) => O;
  readonly plan: (request: PlanRequest<Index, I, O>) => P;
  readonly apply: (index: Index, plan: P) => Index;

  /** Absent for a format whose sites are not in each other's way. */
  readonly upstream?: UpstreamRules;
  /** Absent for a format that takes no configuration. */
  readonly config?: ConfigRules;
  /** Absent for a format whose files do not depend on each other. */
  readonly dependencies?: DependencyRules<Index, I, P>;
  /** Absent for a format in which a file cannot become another artifact. */
  readonly takeovers?: TakeoverChecks<Index, P>;
  /** Absent for a format without channels. */
  readonly channels?: ChannelRules<Index, O>;
  /** Whether clients compare the timestamps of files with the date of the index. */
  readonly clientsCompareStamps?: true;
}

/** A format whose own types are known to itself alone: what uses it works for any. */
export type SomeFormat = <R>(
  use: <Index, I extends Inspection, P extends Plan, O>(format: Format<Index, I, P, O>) => R,
) => R;

/** Hides the types of a format. */
export function someFormat<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
): SomeFormat {
  return (use) => use(format);
}

/** A format with what was said in the options that only it has. */
export type ChosenFormat = <R>(
  use: <Index, I extends Inspection, P extends Plan, O>(format: Format<Index, I, P, O>, options: O) => R,
) => R;

/** A format with the options that a run was started with; every fault in them is noted by the reader. */
export function chooseFormat(format: SomeFormat, options: OptionReader): ChosenFormat {
  return format((chosen): ChosenFormat => {
    const read = chosen.readOptions(options);
    return (use) => use(chosen, read);
  });
}
