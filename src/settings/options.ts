import { FAIL_ON } from '../model/fail-on.js';
import type { FormatDescription } from '../formats/description.js';
import { DESCRIPTIONS } from '../formats/generated/descriptions.js';
import { FORMAT_NAMES, type FormatName } from '../model/format-name.js';
import type { Option, OptionTable } from '../model/option.js';
import { STORE_NAMES } from '../model/store-name.js';
import { PLACE_OPTIONS, PLACES } from '../stores/generated/places.js';

/** Joins a text of each format: `target/*.jar`, or for `jetbrains` `build/distributions/*.zip`. */
function eachFormat(textOf: (name: FormatName) => string | undefined): string {
  return FORMAT_NAMES.flatMap((name, at) => {
    const text = textOf(name);
    if (text === undefined) return [];
    return at === 0 ? text : `for \`${name}\` ${text}`;
  }).join(', or ');
}

const SUMMARIES = FORMAT_NAMES.map((name) => {
  const { summary } = DESCRIPTIONS[name];
  return summary === '' ? `\`${name}\`` : `\`${name}\` (${summary})`;
});

const REMOVES = FORMAT_NAMES.flatMap((name) => {
  const description: FormatDescription = DESCRIPTIONS[name];
  return description.removes === undefined ? [] : `For \`${name}\`: ${description.removes}`;
});

/** The modes of the action. */
export const MODES = ['auto', 'publish', 'preview', 'comment'] as const;

/** The options of every format. */
const COMMON_OPTIONS = {
  mode: {
    kind: 'text',
    help: 'Publish, preview or comment. `publish` writes the site. `preview` shows what would change and writes nothing. `auto` publishes for a push to the default branch or of a tag, a published release, a manual run on either of them, and a schedule; for everything else it previews. `comment` only shows the report in [[report-file]] on the pull request',
    words: MODES,
    usual: 'auto',
    on: 'action',
  },
  format: {
    kind: 'text',
    placeholder: 'NAME',
    help: `Kind of site: ${SUMMARIES.join(' or ')}`,
    words: FORMAT_NAMES,
    usual: 'imagej',
    on: 'both',
  },
  files: {
    kind: 'list',
    placeholder: "'GLOB => DEST'",
    help: 'Files to publish, as `GLOB => DEST`. DEST is a folder of the site if it ends with `/`, otherwise the exact path. With `GLOB` alone, the destination is derived from the file',
    otherwise: `${eachFormat((name) => `\`${DESCRIPTIONS[name].defaultFiles}\``)}; nothing if [[app-dir]] is given`,
    on: 'both',
  },
  remove: {
    kind: 'list',
    placeholder: 'PATH',
    help: ['Mark a file of the site as obsolete, given its path with or without version', ...REMOVES].join(
      '. ',
    ),
    on: 'both',
  },
  empty: {
    kind: 'flag',
    help: 'Set up an empty site, which users can already add. A site that exists stays as it is',
    usual: 'false',
    excludes: ['files', 'remove', 'app-dir', 'complete-site'],
    whyExcludes: 'The first publication of files sets up the site by itself: use only one of them.',
    on: 'both',
  },
  'fail-on': {
    kind: 'text',
    placeholder: 'error|warning|never',
    help: 'Fail the run for `error`, `warning` (nothing is published if there are warnings) or `never`. If there are errors, nothing is ever published',
    words: FAIL_ON,
    usual: 'error',
    on: 'both',
  },
  comment: {
    kind: 'flag',
    help: 'Show the preview as a comment on the pull request, one per site, and keep it up to date. Requires `pull-requests: write`',
    usual: 'false',
    on: 'action',
  },
  'report-file': {
    kind: 'text',
    placeholder: 'FILE',
    help: 'Write the report, with the diff of the index, to this JSON file',
    inAction: 'With `mode: comment`, the report to show',
    on: 'both',
  },
  ...PLACE_OPTIONS,
  'site-url': {
    kind: 'text',
    placeholder: 'URL',
    help: 'Public address of the site',
    otherwise: 'the address of GitHub Pages, for a repository on GitHub',
    on: 'both',
  },
  timestamp: {
    kind: 'text',
    placeholder: 'T',
    help: 'Timestamp of the publication, `YYYYMMDDhhmmss` in UTC',
    otherwise: 'now, or later if that is necessary so that ImageJ offers new files to all users',
    on: 'both',
  },
  message: {
    kind: 'text',
    placeholder: 'TEXT',
    help: 'Commit message',
    otherwise: 'a summary of the changes',
    on: 'both',
  },
  'commit-author': {
    kind: 'text',
    placeholder: "'NAME <MAIL>'",
    help: 'Author of the commit, `Name <mail>`',
    otherwise: '`github-actions[bot]`',
    on: 'both',
  },
  token: {
    kind: 'text',
    help: 'Token for the repository of the site. Publishing requires `contents: write`, commenting `pull-requests: write`',
    usual: '${{ github.token }}',
    on: 'action',
  },
  timeout: {
    kind: 'text',
    placeholder: 'SECONDS',
    help: 'Timeout for each git or network operation, in seconds',
    otherwise: '600',
    on: 'both',
  },
  'dry-run': {
    kind: 'flag',
    help: 'Only show what would be published, like `preview`',
    on: 'command line',
  },
  diff: { kind: 'flag', help: 'Also show the diff of the index', on: 'command line' },
  markdown: { kind: 'flag', help: 'Print the report as Markdown', on: 'command line' },
  json: {
    kind: 'flag',
    help: 'Print the result as one JSON object on standard output, and everything else on standard error',
    on: 'command line',
  },
  verbose: { kind: 'flag', help: 'Print more detail', on: 'command line' },
} as const satisfies OptionTable;

type FormatOptionName = {
  [Name in FormatName]: keyof (typeof DESCRIPTIONS)[Name]['options'];
}[FormatName];

export type PublishOptionName = keyof typeof COMMON_OPTIONS | FormatOptionName;

/** The options of places: those of one kind exclude those of the kinds before it. */
function placeOptions(): OptionTable {
  const before: string[] = [];
  const table: Record<string, Option> = {};
  for (const store of STORE_NAMES) {
    const { options } = PLACES[store];
    for (const [name, option] of Object.entries(options)) {
      const excludes = [...before, ...(option.excludes ?? [])];
      table[name] = excludes.length === 0 ? option : { ...option, excludes };
    }
    before.push(...Object.keys(options));
  }
  return table;
}

/** All options of a publication or preview: first those of every format, then those of single formats. */
export const PUBLISH_OPTIONS = Object.assign(
  {},
  COMMON_OPTIONS,
  placeOptions(),
  ...FORMAT_NAMES.map((name) => DESCRIPTIONS[name].options),
) as Readonly<Record<PublishOptionName, Option>>;

/** The names of all options, in order. */
export const PUBLISH_OPTION_NAMES = Object.keys(PUBLISH_OPTIONS) as readonly PublishOptionName[];

/** Returns the formats that have an option; `undefined` if it does not belong to single formats. */
export function formatsOf(name: string): readonly FormatName[] | undefined {
  if (name in COMMON_OPTIONS) return undefined;
  const formats = FORMAT_NAMES.filter((format) => name in DESCRIPTIONS[format].options);
  return formats.length === 0 ? undefined : formats;
}

/** The given options before the check. Options that were not given are absent. */
export type RawOptions = Partial<Record<PublishOptionName, string | readonly string[] | boolean>>;
