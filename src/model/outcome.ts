import type { Change } from './change.js';
import type { FormatName } from './format-name.js';
import type { OfferTable } from './offer-table.js';
import type { SkippedFile } from './plan.js';
import type { Problem } from './problem.js';
import type { Timestamp } from './timestamp.js';

/** Whether something was done, or only looked at: what would be done, or what was done between two states of a site. */
export const OUTCOME_KINDS = ['publication', 'preview', 'comparison'] as const;
export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

/** Why nothing is published although there is something to publish. */
export const REFUSALS = ['errors', 'warnings'] as const;
export type Refusal = (typeof REFUSALS)[number];

/** How much a site holds, in bytes. */
export interface SiteSize {
  /** With this publication, as far as is known. */
  readonly bytes: number;
  /** How many files have a size that is not known. */
  readonly unmeasured: number;
  readonly maxBytes: number;
}

/** What came of a run: the contract's JSON result is made from it. */
export interface Outcome {
  readonly format: FormatName;
  /** Whether the site was changed (or would be, where nothing was written). */
  readonly changed: boolean;
  readonly kind: OutcomeKind;
  readonly refusal: Refusal | undefined;
  /** Whether something may have been published although the run has failed. */
  readonly isUncertain?: boolean | undefined;
  readonly timestamp: Timestamp | undefined;
  readonly commit: string | undefined;
  readonly siteUrl: string | undefined;
  /** What the maintainer calls the site; undefined if they do not say. */
  readonly siteName: string | undefined;
  readonly siteDescription: string | undefined;
  /** What was changed, in words: `branch gh-pages of https://…`. */
  readonly site: string;
  readonly changes: readonly Change[];
  readonly unchanged: number;
  readonly skipped: readonly SkippedFile[];
  readonly problems: readonly Problem[];
  /** Stored names of the payloads, relative to the site. */
  readonly publishedFiles: readonly string[];
  /** Bytes that the payloads add. */
  readonly publishedBytes: number;
  /** Those of the stored names that the index named already, while the site lacked the file. */
  readonly restored?: readonly string[] | undefined;
  /** Names of channels that offer other versions of the site than before. */
  readonly broughtUpToDate?: readonly string[] | undefined;
  /** What users should know about the publication as a whole, a sentence each. */
  readonly notices?: readonly string[] | undefined;
  /** Undefined if it is not known, or the host sets no limit. */
  readonly siteSize: SiteSize | undefined;
  /** Which versions IDEs are offered where that changes; undefined if nothing does, or the format knows no branches. */
  readonly offers?: OfferTable | undefined;
  /** The lines of the index that change, as a unified diff; undefined if it was not asked for. */
  readonly diff: string | undefined;
}

/** An outcome in which nothing has happened: what a run knows besides is put over it. */
export function emptyOutcome(format: FormatName, kind: OutcomeKind, site: string): Outcome {
  return {
    format,
    changed: false,
    kind,
    refusal: undefined,
    timestamp: undefined,
    commit: undefined,
    siteUrl: undefined,
    siteName: undefined,
    siteDescription: undefined,
    site,
    changes: [],
    unchanged: 0,
    skipped: [],
    problems: [],
    publishedFiles: [],
    publishedBytes: 0,
    siteSize: undefined,
    diff: undefined,
  };
}
