import type { ChangeKind } from '../model/change.js';
import type { OptionTable } from '../model/option.js';

/** How things are called in a kind of site. */
export interface FormatWords {
  /** Of a report: `Update site` */
  readonly title: string;
  /** What a row of the table of changes is about, as its heading. */
  readonly column: string;
  /** The same in a sentence, in the singular. */
  readonly row: string;
  readonly artifact: string;
  readonly payload: string;
  /** How the address is called that users enter. */
  readonly url: string;
  /** The name of the index whose lines are shown. */
  readonly index: string;
  /** What the address that users enter has behind that of the site. */
  readonly indexUrl: string;
  /** What each kind of change does to how many of what, in the order in which they are reported. */
  readonly changes: readonly (readonly [kind: ChangeKind, what: string, done: string])[];
}

/** What is said about a format, as data: it is loaded for the help and for reports, without the format itself. */
export interface FormatDescription {
  /** Whose sites these are, for headings: `ImageJ` */
  readonly users: string;
  /** What the format is, behind its name in the help; empty if the name says it. */
  readonly summary: string;
  /** What is published if nothing was named: a glob. */
  readonly defaultFiles: string;
  /** What `remove` takes, where that is something else than paths; a half sentence. */
  readonly removes?: string;
  /** The options that not all formats have. */
  readonly options: OptionTable;
  readonly words: FormatWords;
}
