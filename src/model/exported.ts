import type { Problem } from './problem.js';

/** What an archive contains: all that a new place needs, or the files that users install. */
export const EXPORT_KINDS = ['backup', 'application'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

/** An archive that was written. */
export interface Exported {
  /** As the user named it. */
  readonly file: string;
  readonly kind: ExportKind;
  /** Number of files in it. */
  readonly files: number;
  /** Its size. */
  readonly bytes: number;
  /** Number of files that the index names and that are on other servers. */
  readonly elsewhere: number;
  /** Channels of the site, which are not in the archive. */
  readonly channels: readonly string[];
  readonly problems: readonly Problem[];
}
