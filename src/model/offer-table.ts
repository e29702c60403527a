/** What a plugin's users lose in some IDEs: the plugin, the plugin in some builds, or a version for a lower one. */
export const OFFER_LOSSES = ['lost', 'narrower', 'lower'] as const;
export type OfferLoss = (typeof OFFER_LOSSES)[number];

/** What some IDEs are offered of a plugin. */
export interface Offered {
  /** Highest first; several if it depends on the build which one, none if the plugin is not offered. */
  readonly versions: readonly string[];
  /** Whether some builds of these IDEs are offered nothing, and others something. */
  readonly isPartial: boolean;
}

/** A row of {@link OfferTable}: consecutive branches of IDEs that are offered the same. */
export interface OfferChange {
  /** Id of the plugin. */
  readonly plugin: string;
  /** In words: `2024.2 to 2025.1`, `2026.3 and later`. */
  readonly ides: string;
  /** The systems that the row is about; empty for all that are usual, and all on which the plugin is offered. */
  readonly systems: readonly string[];
  readonly before: Offered;
  readonly after: Offered;
  /** Undefined if nothing is lost. */
  readonly loss?: OfferLoss | undefined;
}

/** Which version each IDE is offered, before and after, where that differs. */
export interface OfferTable {
  /** Losses first. */
  readonly rows: readonly OfferChange[];
  /** How many rows there are besides. */
  readonly more: number;
}
