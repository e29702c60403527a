import type { FormatName } from '../model/format-name.js';
import { count } from '../model/humanize.js';
import type { Outcome } from '../model/outcome.js';

/** How things are called in each kind of site. */
const SITE_WORDS: Readonly<
  Record<
    FormatName,
    {
      title: string;
      /** What a row of the table of changes is about, as its heading. */
      column: string;
      /** The same in a sentence, in the singular. */
      row: string;
      artifact: string;
      payload: string;
      url: string;
      index: string;
      indexUrl: string;
    }
  >
> = {
  imagej: {
    title: 'Update site',
    column: 'File',
    row: 'file',
    artifact: 'file',
    payload: 'payload',
    url: 'URL for ImageJ',
    index: 'db.xml',
    indexUrl: '',
  },
  jetbrains: {
    title: 'Plugin repository',
    column: 'Plugin',
    row: 'version',
    artifact: 'archive',
    payload: 'archive',
    url: 'URL for the IDE',
    index: 'updatePlugins.xml',
    indexUrl: 'updatePlugins.xml',
  },
};

/** `Update site` */
export function titleOf({ format }: Outcome): string {
  return SITE_WORDS[format].title;
}

/** What a table of changes has in each row: `File` */
export function columnOf({ format }: Outcome): string {
  return SITE_WORDS[format].column;
}

/** What a row of that table is, in the singular: `file` */
export function rowOf({ format }: Outcome): string {
  return SITE_WORDS[format].row;
}

/** How many artifacts the site has already: `3 files unchanged` */
export function unchangedInWords({ format, unchanged }: Outcome): string {
  return `${count(unchanged, SITE_WORDS[format].artifact)} unchanged`;
}

/** The name of the index, whose lines are shown. */
export function indexNameOf({ format }: Outcome): string {
  return SITE_WORDS[format].index;
}

/** What users enter, and how that is called; undefined where it is not known. */
export function addressOf({ format, siteUrl }: Outcome): { label: string; url: string } | undefined {
  const { url: label, indexUrl } = SITE_WORDS[format];
  return siteUrl === undefined ? undefined : { label, url: siteUrl + indexUrl };
}

/** What the index leads to, in the singular: `archive` */
export function payloadWordOf({ format }: Outcome): string {
  return SITE_WORDS[format].payload;
}
