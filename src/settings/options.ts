import { FAIL_ON } from '../app/publish/settings.js';
import type { FormatDescription } from '../formats/description.js';
import { DESCRIPTIONS } from '../formats/generated/descriptions.js';
import { FORMAT_NAMES, type FormatName } from '../model/format-name.js';
import type { Option, OptionTable } from '../model/option.js';

/** What every format has, where it differs: `target/*.jar`, or for `jetbrains` `build/distributions/*.zip` */
function eachFormat(say: (name: FormatName) => string | undefined): string {
  return FORMAT_NAMES.flatMap((name, at) => {
    const text = say(name);
    if (text === undefined) return [];
    return at === 0 ? text : `for \`${name}\` ${text}`;
  }).join(', or ');
}

const SUMMARIES = FORMAT_NAMES.map((name) => {
  const { summary } = DESCRIPTIONS[name];
  return summary === '' ? `\`${name}\`` : `\`${name}\`, ${summary}`;
});

const REMOVES = FORMAT_NAMES.flatMap((name) => {
  const description: FormatDescription = DESCRIPTIONS[name];
  return description.removes === undefined ? [] : `For \`${name}\` ${description.removes}`;
});

/** What the modes of the action are. */
export const MODES = ['auto', 'publish', 'preview', 'comment'] as const;

/** What every format has. */
const COMMON_OPTIONS = {
  mode: {
    kind: 'text',
    help: '`publish`, `preview` (show what would change, write nothing), or `auto`: publish for a push to the default branch or of a tag, a published release, a manual run there and a schedule; preview for everything else. `comment`: only show the report in [[report-file]] on the pull request',
    words: MODES,
    usual: 'auto',
    on: 'action',
  },
  format: {
    kind: 'text',
    placeholder: 'NAME',
    help: `Kind of site: ${SUMMARIES.join(', or ')}`,
    words: FORMAT_NAMES,
    usual: 'imagej',
    on: 'both',
  },
  files: {
    kind: 'list',
    placeholder: "'GLOB => DEST'",
    help: 'Files to publish, `GLOB => DEST`: DEST is a folder of the site if it ends in `/`, else the exact path. With `GLOB` alone the place is found from the file',
    otherwise: `${eachFormat((name) => `\`${DESCRIPTIONS[name].defaultFiles}\``)}; nothing if [[app-dir]] is given`,
    on: 'both',
  },
  remove: {
    kind: 'list',
    placeholder: 'PATH',
    help: ['A file of the site that becomes obsolete, by its path, with or without version', ...REMOVES].join(
      '. ',
    ),
    on: 'both',
  },
  'fail-on': {
    kind: 'text',
    placeholder: 'WHAT',
    help: 'What fails the run: `error`, `warning` (then nothing is published if there are warnings either) or `never`. If there are errors, nothing is published in any case',
    words: FAIL_ON,
    usual: 'error',
    on: 'both',
  },
  comment: {
    kind: 'flag',
    help: 'Show the preview as a comment on the pull request, one for each site, kept up to date. Needs `pull-requests: write`',
    usual: 'false',
    on: 'action',
  },
  'report-file': {
    kind: 'text',
    placeholder: 'FILE',
    help: 'Write the report, with the lines of the index that change, to this JSON file',
    inAction: 'With `mode: comment`: the report that is shown',
    on: 'both',
  },
  'site-dir': {
    kind: 'text',
    placeholder: 'DIR',
    help: 'The site is this plain folder, without git; created if absent',
    inAction: 'For another action to deploy',
    on: 'both',
  },
  repository: {
    kind: 'text',
    help: 'The site is on a branch of this repository of the same server, `owner/name`',
    otherwise: 'the repository of the workflow',
    excludes: ['site-dir', 'remote'],
    on: 'action',
  },
  remote: {
    kind: 'text',
    placeholder: 'URL',
    help: 'The site is on a branch of this git repository: a URL or a local path',
    excludes: ['site-dir'],
    on: 'both',
  },
  branch: {
    kind: 'text',
    placeholder: 'NAME',
    help: 'The branch of the site; created if absent',
    otherwise: '`gh-pages`',
    excludes: ['site-dir'],
    on: 'both',
  },
  directory: {
    kind: 'text',
    placeholder: 'SUB',
    help: 'The folder of the site on the branch',
    otherwise: 'its root',
    excludes: ['site-dir'],
    on: 'both',
  },
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
    otherwise: 'now, or later if ImageJ would not offer new files to all users otherwise',
    on: 'both',
  },
  message: {
    kind: 'text',
    placeholder: 'TEXT',
    help: 'Commit message',
    otherwise: 'what was added, updated and removed',
    on: 'both',
  },
  'commit-author': {
    kind: 'text',
    placeholder: "'NAME <MAIL>'",
    help: 'Who commits, `Name <mail>`',
    otherwise: '`github-actions[bot]`',
    on: 'both',
  },
  token: {
    kind: 'text',
    help: 'Login for the repository of the site. To publish it needs `contents: write`, to comment `pull-requests: write`',
    usual: '${{ github.token }}',
    on: 'action',
  },
  timeout: {
    kind: 'text',
    placeholder: 'SECONDS',
    help: 'How long one request to the remote may take, in seconds',
    otherwise: '600',
    on: 'both',
  },
  'dry-run': {
    kind: 'flag',
    help: 'Only show what would be published, as `preview` does',
    on: 'command line',
  },
  diff: { kind: 'flag', help: 'Show the lines of the index that change too', on: 'command line' },
  markdown: { kind: 'flag', help: 'Print the report as Markdown', on: 'command line' },
  json: {
    kind: 'flag',
    help: 'Print the result as one JSON object on standard output, and everything else on standard error',
    on: 'command line',
  },
  verbose: { kind: 'flag', help: 'Report more about what is going on', on: 'command line' },
} as const satisfies OptionTable;

type FormatOptionName = {
  [Name in FormatName]: keyof (typeof DESCRIPTIONS)[Name]['options'];
}[FormatName];

export type PublishOptionName = keyof typeof COMMON_OPTIONS | FormatOptionName;

/** Everything that a publication or a preview can be given: what every format has, then what only some have. */
export const PUBLISH_OPTIONS = Object.assign(
  {},
  COMMON_OPTIONS,
  ...FORMAT_NAMES.map((name) => DESCRIPTIONS[name].options),
) as Readonly<Record<PublishOptionName, Option>>;

/** The names of all options, in their order. */
export const PUBLISH_OPTION_NAMES = Object.keys(PUBLISH_OPTIONS) as readonly PublishOptionName[];

/** The formats that an option means something for; undefined for all. */
export function formatsOf(name: string): readonly FormatName[] | undefined {
  return name in COMMON_OPTIONS
    ? undefined
    : FORMAT_NAMES.filter((format) => name in DESCRIPTIONS[format].options);
}

/** What was given, not yet checked: absent if nothing was. */
export type RawOptions = Partial<Record<PublishOptionName, string | readonly string[] | boolean>>;
