import type { ExportKind } from '../../model/exported.js';

/** The checked settings of an export. */
export interface ExportSettings {
  /** The archive to write. */
  readonly file: string;
  readonly kind: ExportKind;
  /** A timestamp or commit as the history shows it; `undefined` for the current state. */
  readonly at: string | undefined;
  /** Whether an existing archive is replaced. */
  readonly force: boolean;
  /** The platforms whose files are wanted; empty for all of them. */
  readonly platforms: readonly string[];
  /** Public address of the site; `undefined` if the user did not give it. */
  readonly siteUrl: string | undefined;
  /** Its usual address; `undefined` if it has none. */
  readonly usualUrl: string | undefined;
}
