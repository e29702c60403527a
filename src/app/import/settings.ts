import type { FailOn } from '../../model/fail-on.js';

/** The checked settings of an import. */
export interface ImportSettings {
  /** Whether to show only what would be imported. */
  readonly preview: boolean;
  /** Whether previous versions are imported too. */
  readonly history: boolean;
  readonly failOn: FailOn;
  /** Public address of the site in its new place; `undefined` if unknown. */
  readonly siteUrl: string | undefined;
  /** The commit message, if the user gave it. */
  readonly message: string | undefined;
}
