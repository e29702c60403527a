import type { Change } from './change.js';
import type { FormatName } from './format-name.js';
import type { OfferTable } from './offer-table.js';
import type { SkippedFile } from './plan.js';
import type { Problem } from './problem.js';
import type { Timestamp } from './timestamp.js';

/** Whether the run published, showed what would be published, or compared two states of a site. */
export const OUTCOME_KINDS = ['publication', 'preview', 'comparison'] as const;
export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

/** Why changes are not published. */
export const REFUSALS = ['errors', 'warnings'] as const;
export type Refusal = (typeof REFUSALS)[number];

/** The size of a site. */
export interface SiteSize {
  /** Bytes after this publication, as far as they are known. */
  readonly bytes: number;
  /** Number of files whose size is unknown. */
  readonly unmeasured: number;
  readonly maxBytes: number;
}

/** The result of a run. The JSON result of the contract is made from it. */
export interface Outcome {
  readonly format: FormatName;
  /** Whether the site was changed, or would be in a preview. */
  readonly changed: boolean;
  readonly kind: OutcomeKind;
  readonly refusal: Refusal | undefined;
  /** Whether something may have been published although the run failed. */
  readonly isUncertain?: boolean | undefined;
  readonly timestamp: Timestamp | undefined;
  readonly commit: string | undefined;
  readonly siteUrl: string | undefined;
  /** Name of the site in the configuration, if any. */
  readonly siteName: string | undefined;
  readonly siteDescription: string | undefined;
  /** The place of the site, in words: `branch gh-pages of https://…`. */
  readonly site: string;
  readonly changes: readonly Change[];
  readonly unchanged: number;
  readonly skipped: readonly SkippedFile[];
  readonly problems: readonly Problem[];
  /** Stored names of the payloads, relative to the site. */
  readonly publishedFiles: readonly string[];
  /** Size of the added payloads, in bytes. */
  readonly publishedBytes: number;
  /** Set if users already have the files, because the whole site comes from another place. */
  readonly isMove?: true;
  /** Set if the run sets up an empty site. If `changed` is not set then, the site already existed. */
  readonly isSetUp?: boolean | undefined;
  /** Stored names that the index already had, but whose file was missing on the site. */
  readonly restored?: readonly string[] | undefined;
  /** Names of channels that now offer other versions of the site. */
  readonly broughtUpToDate?: readonly string[] | undefined;
  /** What users should know about the publication as a whole, one sentence each. */
  readonly notices?: readonly string[] | undefined;
  /** `undefined` if unknown, or if the host has no limit. */
  readonly siteSize: SiteSize | undefined;
  /** Changes of the versions that IDEs are offered; `undefined` without changes, or if the format has no branches. */
  readonly offers?: OfferTable | undefined;
  /** Unified diff of the index; `undefined` if it was not requested. */
  readonly diff: string | undefined;
}

/** Creates an outcome without changes. A run overrides the fields that it knows. */
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
