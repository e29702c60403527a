import type { FormatWords } from '../formats/description.js';
import { DESCRIPTIONS } from '../formats/generated/descriptions.js';
import type { FormatName } from '../model/format-name.js';
import { count } from '../model/humanize.js';
import type { Outcome } from '../model/outcome.js';

/** `Update site` */
export function titleOf({ format }: Outcome): string {
  return wordsOf(format).title;
}

/** What a table of changes has in each row: `File` */
export function columnOf({ format }: Outcome): string {
  return wordsOf(format).column;
}

/** What a row of that table is, in the singular: `file` */
export function rowOf({ format }: Outcome): string {
  return wordsOf(format).row;
}

/** How many artifacts the site has already: `3 files unchanged` */
export function unchangedInWords({ format, unchanged }: Outcome): string {
  return `${count(unchanged, wordsOf(format).artifact)} unchanged`;
}

/** The name of the index, whose lines are shown. */
export function indexNameOf({ format }: Outcome): string {
  return wordsOf(format).index;
}

/** What users enter, and how that is called; undefined where it is not known. */
export function addressOf({ format, siteUrl }: Outcome): { label: string; url: string } | undefined {
  const { url: label, indexUrl } = wordsOf(format);
  return siteUrl === undefined ? undefined : { label, url: siteUrl + indexUrl };
}

/** What the index leads to, in the singular: `archive` */
export function payloadWordOf({ format }: Outcome): string {
  return wordsOf(format).payload;
}

/** What each kind of change does to how many of what, in the order in which they are reported. */
export function phrasesOf({ format }: Outcome): FormatWords['changes'] {
  return wordsOf(format).changes;
}

function wordsOf(format: FormatName): FormatWords {
  return DESCRIPTIONS[format].words;
}
