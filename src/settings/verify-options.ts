import { FAIL_ON } from '../model/fail-on.js';
import type { OptionTable } from '../model/option.js';
import { PUBLISH_OPTIONS } from './options.js';
import { READING_OPTIONS } from './reading-options.js';

/** The options of the command `verify` and of the action `verify/`. */
export const VERIFY_OPTIONS = {
  site: {
    kind: 'text',
    help: 'The site: a web address, a folder, or `git+https://…#gh-pages`',
    otherwise: 'the address of GitHub Pages of the repository',
    on: 'action',
  },
  sample: {
    kind: 'text',
    placeholder: 'N',
    help: 'Read only this number of files, chosen at random, and only look whether the others are there',
    on: 'both',
  },
  'current-only': {
    kind: 'flag',
    help: 'Check only what clients are offered, not previous versions',
    usual: 'false',
    on: 'both',
  },
  history: {
    kind: 'flag',
    help: 'Also read all previous versions, and fail if one of them is missing, or if the index on a branch has lost one',
    usual: 'false',
    excludes: ['current-only'],
    on: 'both',
  },
  skip: {
    kind: 'list',
    placeholder: 'CHECK',
    help: 'Skip this check',
    on: 'both',
  },
  upstream: { ...PUBLISH_OPTIONS.upstream, on: 'both' },
  'fail-on': {
    kind: 'text',
    placeholder: 'error|warning|never',
    help: 'Fail if a check has failed (`error`), also if one has warnings (`warning`), or `never`',
    words: FAIL_ON,
    usual: 'error',
    on: 'both',
  },
  ...READING_OPTIONS,
  format: { ...READING_OPTIONS.format, on: 'both' },
  timeout: { ...PUBLISH_OPTIONS.timeout, on: 'both' },
  issue: {
    kind: 'flag',
    help: 'Open an issue if a check fails, one per site, keep it up to date, and close it when all checks pass again. Requires `issues: write`',
    usual: 'false',
    on: 'action',
  },
  token: {
    kind: 'text',
    help: 'Token for the repository of the site, and for the issue',
    usual: '${{ github.token }}',
    on: 'action',
  },
  markdown: { kind: 'flag', help: 'Print the report as Markdown', on: 'command line' },
  json: { kind: 'flag', help: 'Print the result as one JSON object', on: 'command line' },
} as const satisfies OptionTable;
