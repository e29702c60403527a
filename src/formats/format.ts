/**
 * The kinds of sites, as pure code. This file is the contract between a format and the rest of the program. Each format
 * has a folder with a `format.ts` that implements it, and formats do not import each other.
 *
 * @module
 */

import type { AppFolderRules } from '../model/app-folder.js';
import type { Artifact, InspectedArtifact, Inspection, LeftOutFile } from '../model/artifact.js';
import type { Change } from '../model/change.js';
import type { FormatName } from '../model/format-name.js';
import type { OfferTable } from '../model/offer-table.js';
import type { OptionReader } from '../model/option.js';
import type { PlanMoment } from '../model/plan-moment.js';
import type { Plan } from '../model/plan.js';
import type { Problem } from '../model/problem.js';
import type { SiteConfig } from '../model/site-config.js';
import type { SitePath } from '../model/site-path.js';
import type { UpstreamSite, UpstreamSource } from '../model/upstream.js';
import type { ApplicationRules } from './application.js';
import type { ChannelRules } from './channels.js';
import type { DependencyRules, SiteContext } from './dependencies.js';
import type { ListingRules } from './listing.js';
import type { RollbackRules } from './rollback.js';
import type { VerificationRules } from './verification.js';

/**
 * The input of a plan.
 *
 * @typeParam O the options that only this format has
 */
export interface PlanRequest<Index, I extends Inspection, O> extends SiteContext<Index>, PlanMoment {
  readonly artifacts: readonly InspectedArtifact<I>[];
  /** Whether the artifacts come from the default pattern: the user has named none of them. */
  readonly defaultFiles: boolean;
  /** Name of the site in messages. */
  readonly siteName: string;
  /** What to mark as obsolete, as the user named it. */
  readonly remove: readonly string[];
  /** Set if files on the site that are not in the run become obsolete. */
  readonly completeSite: CompleteSite | undefined;
  /** Stored paths of payloads that the index has and the site lacks. */
  readonly missing: ReadonlySet<string>;
  /** Public address of the site, with a trailing slash; `undefined` if unknown. */
  readonly siteUrl: string | undefined;
  readonly options: O;
}

/** What a complete site is compared with, in addition to the artifacts. */
export interface CompleteSite {
  /** Files that the run found but does not publish. They stay on the site. */
  readonly leftOut: readonly LeftOutFile[];
}

/** Sites that users of one edition of the application follow. */
export interface UpstreamPreset {
  readonly sites: readonly UpstreamSource[];
  /** The Java version of this edition. */
  readonly java: number;
}

/** The part of a format whose users follow several sites, which can conflict. */
export interface UpstreamRules {
  /** The sites that most users follow, by the name of the preset. */
  readonly presets: Readonly<Record<string, UpstreamPreset>>;
  /** The default preset. */
  readonly usual: string;
}

/** How to read an artifact, depending on the site. */
export interface Reading {
  /** The path on the site, as far as it is known before the file is read. */
  readonly sitePath: string;
  /** The checksums of its current version, on the site or upstream. */
  readonly knownChecksums: readonly string[];
}

/** The part of a format that reads an artifact differently, depending on the site. */
export interface ReadingRules<Index, I extends Inspection> {
  readonly readingOf: (artifact: Artifact, index: Index, upstream: readonly UpstreamSite<Index>[]) => Reading;
  /** Whether an inspection for another state of the site is sufficient for this one. */
  readonly isEnough: (inspection: I, reading: Reading) => boolean;
}

/** The part of a format whose sites have a configuration. */
export interface ConfigRules {
  /** The platforms that users can have. */
  readonly platforms: ReadonlySet<string>;
}

/** A file of the index, ready to write. */
export interface RenderedFile {
  readonly path: SitePath;
  readonly bytes: Uint8Array;
}

/** Files of an index by their paths on the site. */
export type IndexFiles = ReadonlyMap<string, Uint8Array>;

/** The part of a format that checks whether another artifact would replace a file of the site. */
export interface TakeoverChecks<Index, P extends Plan> {
  /** Returns the stored paths of the payloads to read, with their sizes in bytes if the index states them. */
  readonly payloadsFor: (plan: P, index: Index) => ReadonlyMap<SitePath, number | undefined>;
  /** @param payloads the bytes of the readable payloads, by stored path */
  readonly check: (
    plan: P,
    index: Index,
    config: SiteConfig | undefined,
    payloads: ReadonlyMap<string, Uint8Array>,
  ) => readonly Problem[];
}

/** The part of a format that handles the index of a site. */
export interface IndexFormat<Index> {
  readonly name: FormatName;
  /** Paths of the files of the index that are read again. A site exists if the first file exists. */
  readonly indexPaths: readonly [SitePath, ...SitePath[]];
  /** Whether a file of this name is an index of this format, wherever it is. */
  readonly isIndexName: (fileName: string) => boolean;
  /**
   * Parses an index.
   *
   * @param files the existing files by path; empty for a site without an index
   * @param origin the upstream site of the index; `undefined` for the site that is published to
   * @throws {UserError} `index` if it cannot be read
   */
  readonly parseIndex: (files: IndexFiles, origin?: UpstreamSource) => Index;
  readonly renderIndex: (index: Index) => readonly RenderedFile[];
  /** Returns the paths of further files that are rendered with an index and that clients read. Absent without such files. */
  readonly companionPaths?: (index: Index) => readonly SitePath[];
  /**
   * Returns the index of a site in another place. Absent for a format whose indexes do not contain addresses.
   *
   * @param from public address of the site so far; `undefined` if unknown
   * @param to public address of the new place
   * @throws {UserError} `index` if an address in it cannot be changed
   */
  readonly relocate?: (index: Index, from: string | undefined, to: string) => Index;
  /** Returns the changes between two states of a site. */
  readonly compare: (before: Index, after: Index) => readonly Change[];
  /** Adds what each change means for existing installations. */
  readonly explain: (changes: readonly Change[], before: Index, after: Index) => readonly Change[];
  /** Returns a unified diff of the index. */
  readonly diff: (before: Index, after: Index) => string;
  /** Returns which clients are offered other versions. Absent for a format that offers all clients the same. */
  readonly compareOffers?: (before: Index, after: Index) => OfferTable | undefined;
}

/** The part of a format that handles the files that an index references. */
export interface PayloadRules<Index> {
  /** Whether a file of the site is a payload, according to its name. */
  readonly isStoredPath: (path: string) => boolean;
  /** Returns the stored paths of all payloads that clients may request, in the order of the index. */
  readonly payloadsOf: (index: Index) => readonly string[];
  /** Returns the sizes in the index, in bytes, by the stored path of the payload. */
  readonly storedSizes: (index: Index) => ReadonlyMap<string, number>;
}

/** The part of a format that handles the files of a build before they are read. */
export interface ArtifactRules {
  /** Returns why a file with this name is skipped unless its destination is named; `undefined` if it is not. */
  readonly exclusionOf: (fileName: string) => string | undefined;
  /** Returns why an empty file with this name is skipped unless it is named; `undefined` if it is not. */
  readonly emptyReasonOf?: (fileName: string) => string | undefined;
  /** Selects the files of an application folder. Absent for a format without the layout of an application. */
  readonly appFolder?: AppFolderRules;
}

/**
 * A kind of site, as the rest of the program sees it. All functions are pure. If a format lacks a capability, the
 * member is absent, and a single place of the caller checks for it.
 *
 * @typeParam Index a site's parsed index
 * @typeParam I the result of inspecting an artifact
 * @typeParam P a plan, which is passed back to the format that made it
 * @typeParam O the options that only this format has
 */
export interface Format<Index, I extends Inspection, P extends Plan, O>
  extends IndexFormat<Index>, PayloadRules<Index>, ArtifactRules {
  /** Absent for a format that reads an artifact in the same way for any site. */
  readonly reading?: ReadingRules<Index, I>;

  /** Reads the options that only this format has. Its `description.ts` declares them. */
  readonly readOptions: (options: OptionReader) => O;
  readonly plan: (request: PlanRequest<Index, I, O>) => P;
  readonly apply: (index: Index, plan: P) => Index;

  /** Absent for a format whose sites do not conflict. */
  readonly upstream?: UpstreamRules;
  /** Absent for a format without a configuration. */
  readonly config?: ConfigRules;
  /** Absent for a format whose files do not depend on each other. */
  readonly dependencies?: DependencyRules<Index, I, P>;
  /** Absent for a format in which a file cannot become another artifact. */
  readonly takeovers?: TakeoverChecks<Index, P>;
  /** Absent for a format whose sites are not checked. */
  readonly verification?: VerificationRules<Index>;
  /** Absent for a format whose sites cannot be rolled back. */
  readonly rollback?: RollbackRules<Index>;
  /** Absent for a format whose sites are not listed. */
  readonly listing?: ListingRules<Index>;
  /** Absent for a format without a folder of the application. */
  readonly application?: ApplicationRules<Index>;
  /** Absent for a format without channels. */
  readonly channels?: ChannelRules<Index, O>;
  /** Set if clients compare the timestamps of files with the date of the index. */
  readonly clientsCompareStamps?: true;
}

/** A format with its type parameters hidden. */
export type SomeFormat = <R>(
  use: <Index, I extends Inspection, P extends Plan, O>(format: Format<Index, I, P, O>) => R,
) => R;

/** Hides the type parameters of a format. */
export function someFormat<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
): SomeFormat {
  return (use) => use(format);
}

/** A format with the values of its own options, and its type parameters hidden. */
export type ChosenFormat = <R>(
  use: <Index, I extends Inspection, P extends Plan, O>(format: Format<Index, I, P, O>, options: O) => R,
) => R;

/** Reads the format's own options of a run. The reader records every fault in them. */
export function chooseFormat(format: SomeFormat, options: OptionReader): ChosenFormat {
  return format((chosen): ChosenFormat => {
    const read = chosen.readOptions(options);
    return (use) => use(chosen, read);
  });
}
