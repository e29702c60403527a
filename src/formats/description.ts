import type { ChangeKind } from '../model/change.js';
import type { OptionTable } from '../model/option.js';

/** The terms of a kind of site. */
export interface FormatWords {
  /** Title of a report: `Update site`. */
  readonly title: string;
  /** Heading of the column with the changed files: `File`. */
  readonly column: string;
  /** A row of that table within a sentence, in the singular: `file`. */
  readonly row: string;
  readonly artifact: string;
  readonly payload: string;
  /** Label of the address that users enter. */
  readonly url: string;
  /** Where users enter it, after "in". */
  readonly adding: string;
  /** Label of the timestamp of a publication; absent if only its commit names a publication. */
  readonly timestamp?: string | undefined;
  /** Name of the index in diffs. */
  readonly index: string;
  /** What follows the address of the site in the address that users enter. */
  readonly indexUrl: string;
  /** Noun and participle of each kind of change, as in `1 file added`, in the order of reports. */
  readonly changes: readonly (readonly [kind: ChangeKind, noun: string, done: string])[];
}

/** The description of a format, as data. Help and reports load it without the format itself. */
export interface FormatDescription {
  /** The application, for headings: `ImageJ`. */
  readonly users: string;
  /** Explanation after the name in the help; empty if the name is clear. */
  readonly summary: string;
  /** The glob that is published by default. */
  readonly defaultFiles: string;
  /** What `remove` accepts, if not paths: a part of a sentence. */
  readonly removes?: string;
  /** The options that only this format has. */
  readonly options: OptionTable;
  readonly words: FormatWords;
}
