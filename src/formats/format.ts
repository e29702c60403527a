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
import type { Plan } from '../model/plan.js';
import type { Problem } from '../model/problem.js';
import type { SiteConfig } from '../model/site-config.js';
import type { SitePath } from '../model/site-path.js';
import type { Timestamp } from '../model/timestamp.js';
import type { ShadowPolicy, UpstreamSite, UpstreamSource } from '../model/upstream.js';
import type { DependencyFormat, Findings } from './dependencies.js';

/** How an artifact is to be read, given what the site has. */
export interface Reading {
  /** The path to read it under: where it goes, as far as that is known before it is read. */
  readonly sitePath: string;
  /** The checksums that its current version has, on the site or upstream. */
  readonly knownChecksums: readonly string[];
}

/** What a plan is made from. */
export interface PlanRequest<Index, I extends Inspection> {
  readonly index: Index;
  readonly artifacts: readonly InspectedArtifact<I>[];
  readonly upstream: readonly UpstreamSite<Index>[];
  readonly onShadow: ShadowPolicy;
  /** How the site is called in messages. */
  readonly siteName: string;
  readonly completeSite: boolean;
  readonly remove: readonly string[];
  /** What the run found and does not publish: a complete site keeps these files. */
  readonly leftOut: readonly LeftOutFile[];
  readonly allowMassRemoval: boolean;
  /** The moment of the publication: that of the clock, or the one that the user gave. */
  readonly now: Timestamp;
  /** Whether the user gave it. */
  readonly isGiven: boolean;
  /** The clock, wherever `now` comes from. */
  readonly clock: Timestamp;
  /** When users may have read the index last; undefined if it is not known, or does not matter to clients. */
  readonly lastSeen: Timestamp | undefined;
  /** Stored paths of payloads that the index names and the site lacks. */
  readonly missing: ReadonlySet<string>;
  /** Public address of the site, with a slash at its end; undefined where it is not known. */
  readonly siteUrl: string | undefined;
  /** Address of new payloads on another server, with placeholders. For formats whose indexes name addresses. */
  readonly archiveUrl: string | undefined;
  /** How many versions of a plugin are kept; undefined for all. For formats that keep versions. */
  readonly keep: number | undefined;
  /** The newest branch of the platform; undefined where nobody says. For formats that know branches. */
  readonly newestBranch: number | undefined;
}

/** Sites that users of one edition of the application follow. */
export interface UpstreamPreset {
  readonly sites: readonly UpstreamSource[];
  /** The version of Java that this edition runs. */
  readonly java: number;
}

/** A file of the index, ready to be written. */
export interface RenderedFile {
  readonly path: SitePath;
  readonly bytes: Uint8Array;
}

/** Files of an index by their paths on the site. */
export type IndexFiles = ReadonlyMap<string, Uint8Array>;

/** The part of a format that finds out if another artifact would take the place of a file that the site has. */
export interface TakeoverChecks<Index, C extends Change> {
  /** Stored paths of the payloads that must be read for it, with their sizes in bytes if the index states them. */
  payloadsFor(plan: Plan<C>, index: Index): ReadonlyMap<SitePath, number | undefined>;
  /** @param payloads bytes by stored path, as far as they could be read */
  check(
    plan: Plan<C>,
    index: Index,
    config: SiteConfig | undefined,
    payloads: ReadonlyMap<string, Uint8Array>,
  ): readonly Problem[];
}

/** What a channel depends on besides the two indexes; `siteUrl` is that of the site above. */
export type ChannelMoment = Pick<PlanRequest<unknown, Inspection>, 'now' | 'newestBranch' | 'siteUrl'>;

/** A channel with what its site offers. */
export interface Followed<Index> {
  readonly channel: Index;
  readonly isChanged: boolean;
  readonly problems: readonly Problem[];
}

/** The part of a format that knows folders of a site whose index also offers what the site offers. */
export interface ChannelRules<Index> {
  /** The file that every channel has. */
  readonly markPath: string;
  /** Whether a folder is a channel, by the files of its index; undefined if that cannot be read. */
  isChannel(files: IndexFiles): boolean | undefined;
  /** The channel with what the site offers, and whether that changes anything; paths of problems are relative to the channel. */
  follow(channel: Index, site: Index, moment: ChannelMoment): Followed<Index>;
}

/** What the rest of the program knows of a kind of site. Everything in it is pure. */
export interface Format<Index, I extends Inspection, C extends Change> {
  readonly name: FormatName;
  /** The platforms that users can have. */
  readonly platforms: ReadonlySet<string>;
  /** Paths of the files of the index on the site that are read again; the first is what makes the site one. */
  readonly indexPaths: readonly [SitePath, ...SitePath[]];
  /** Whether a file of this name is an index of this format, wherever it is. */
  readonly isIndexName: (fileName: string) => boolean;
  /** What is published when nothing was named. */
  readonly defaultFiles: string;
  /** What an application folder is looked through for; paths are relative to it. */
  readonly appFolder: AppFolderRules;
  /** Why a file of this name is left out unless its destination is named; undefined where it is not. */
  readonly exclusionOf: (fileName: string) => string | undefined;
  /** Why an empty file of this name is left out unless it is named; undefined if it is like any other. */
  readonly emptyReasonOf: (fileName: string) => string | undefined;
  /** Whether a file of the site is a payload, by its name. */
  readonly isStoredPath: (path: string) => boolean;
  /** The stored paths of all payloads that clients may ask for, in the order of the index. */
  payloadsOf(index: Index): readonly string[];
  /**
   * Whether clients compare the timestamps of files with the date of the index. Absent for a format whose clients do not.
   */
  readonly clientsCompareStamps?: true;
  /** The sizes that an index states, by the stored path of the payload, in bytes. */
  storedSizes(index: Index): ReadonlyMap<string, number>;
  /** The sites that most users follow, by the name of the choice. */
  readonly upstreamPresets: Readonly<Record<string, UpstreamPreset>>;
  /**
   * @param files by their paths, as far as they are there; none for a site without an index
   * @param origin the upstream site whose index it is; undefined for the site that is published to
   */
  parseIndex(files: IndexFiles, origin?: UpstreamSource): Index;
  readingOf(artifact: Artifact, index: Index, upstream: readonly UpstreamSite<Index>[]): Reading;
  /** Whether what was read for another state of the site says enough for this one. */
  isInspectionEnough(inspection: I, reading: Reading): boolean;
  plan(request: PlanRequest<Index, I>): Plan<C>;
  /** Undefined for a format whose files do not depend on each other. What it finds is handed back to it, whole. */
  readonly dependencies: DependencyFormat<Index, I, C, Findings> | undefined;
  /** Undefined for a format in which a file cannot become another artifact. */
  readonly takeovers: TakeoverChecks<Index, C> | undefined;
  /** Undefined for a format without channels. */
  readonly channels: ChannelRules<Index> | undefined;
  apply(index: Index, plan: Plan<C>): Index;
  /** Adds to changes what they come to for those who have the files. */
  explain(changes: readonly Change[], before: Index, after: Index): readonly Change[];
  /** What happened between two states of a site. */
  compare(before: Index, after: Index): readonly Change[];
  /** Which versions clients are offered where that differs. Absent for a format that offers all clients the same. */
  readonly compareOffers?: (before: Index, after: Index) => OfferTable | undefined;
  /** The lines of the index that differ, as a unified diff. */
  diff(before: Index, after: Index): string;
  renderIndex(index: Index): readonly RenderedFile[];
}

/** A format whose own types are nobody's business. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an existential type, which TypeScript cannot say otherwise
export type AnyFormat = Format<any, any, any>;
