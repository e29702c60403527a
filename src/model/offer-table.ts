/** What users of a plugin lose in some IDEs: the plugin, the plugin in some builds, or a higher version. */
export const OFFER_LOSSES = ['lost', 'narrower', 'lower'] as const;
export type OfferLoss = (typeof OFFER_LOSSES)[number];

/** The versions of a plugin that some IDEs are offered. */
export interface Offered {
  /** Highest first; several if it depends on the build, empty if the plugin is not offered. */
  readonly versions: readonly string[];
  /** Whether only some builds of these IDEs are offered a version. */
  readonly isPartial: boolean;
}

/** A row of {@link OfferTable}: consecutive branches of IDEs that are offered the same versions. */
export interface OfferChange {
  /** Id of the plugin. */
  readonly plugin: string;
  /** In words: `2024.2 to 2025.1`, `2026.3 and later`. */
  readonly ides: string;
  /** Systems that the row is about; empty for all usual systems, and for all on which the plugin is offered. */
  readonly systems: readonly string[];
  readonly before: Offered;
  readonly after: Offered;
  /** `undefined` if users lose nothing. */
  readonly loss?: OfferLoss | undefined;
}

/** The IDEs that are offered another version than before. */
export interface OfferTable {
  /** Losses first. */
  readonly rows: readonly OfferChange[];
  /** Number of further rows. */
  readonly more: number;
}
