import type { FormatWords } from '../formats/description.js';
import { DESCRIPTIONS } from '../formats/generated/descriptions.js';
import type { FormatName } from '../model/format-name.js';
import { count } from '../model/humanize.js';
import type { Outcome } from '../model/outcome.js';
import { describeTimestamp } from '../model/timestamp.js';

/** Returns the title of a report: `Update site`. */
export function titleOf({ format }: Outcome): string {
  return wordsOf(format).title;
}

/** Returns the heading of the changed items: `File`. */
export function columnOf({ format }: Outcome): string {
  return wordsOf(format).column;
}

/** Returns the noun for a row of the table, in the singular: `file`. */
export function rowOf({ format }: Outcome): string {
  return wordsOf(format).row;
}

/** Returns the number of artifacts that the site already has: `3 files unchanged`. */
export function unchangedInWords({ format, unchanged }: Outcome): string {
  return `${count(unchanged, wordsOf(format).artifact)} unchanged`;
}

/** Returns the name of the index in diffs. */
export function indexNameOf({ format }: Outcome): string {
  return wordsOf(format).index;
}

/** Returns the address that users enter, with its label; `undefined` if unknown. */
export function addressOf({ format, siteUrl }: Outcome): { label: string; url: string } | undefined {
  const { url: label, indexUrl } = wordsOf(format);
  return siteUrl === undefined ? undefined : { label, url: siteUrl + indexUrl };
}

/** Returns the timestamp of a publication, with its label; `undefined` if timestamps do not name its publications. */
export function timestampInWords({ format, kind, timestamp }: Outcome): string | undefined {
  const { timestamp: label } = wordsOf(format);
  if (label === undefined || timestamp === undefined || kind !== 'publication') return undefined;
  return `${label}: ${timestamp} (${describeTimestamp(timestamp)})`;
}

/** Returns where users enter the address, after "in": `ImageJ: Help > Update...` */
export function addingOf({ format }: Outcome): string {
  return wordsOf(format).adding;
}

/** Returns the noun for a payload, in the singular: `archive`. */
export function payloadWordOf({ format }: Outcome): string {
  return wordsOf(format).payload;
}

/** Returns the noun and participle of each kind of change, in the order of reports. */
export function phrasesOf({ format }: Outcome): FormatWords['changes'] {
  return wordsOf(format).changes;
}

function wordsOf(format: FormatName): FormatWords {
  return DESCRIPTIONS[format].words;
}
