import { EXPORT_KINDS } from '../model/exported.js';
import type { OptionTable } from '../model/option.js';
import { AT_OPTION, READING_OPTIONS } from './reading-options.js';

/** The options of the command `export`. */
export const EXPORT_OPTIONS = {
  kind: {
    kind: 'text',
    placeholder: 'backup|application',
    help: 'Write a `backup` (the index, all files under their stored names, `SHA256SUMS`), or the current files under their real names, to be unzipped into the folder of the `application`',
    words: EXPORT_KINDS,
    usual: 'backup',
    on: 'command line',
  },
  platform: {
    kind: 'list',
    placeholder: 'P',
    help: 'Leave out files for other platforms than this one, such as `linux64`, `macos-arm64` or `win64`. For `--kind application`',
    otherwise: 'the files for all platforms',
    on: 'command line',
  },
  force: { kind: 'flag', help: 'Replace the archive if it exists', on: 'command line' },
  at: AT_OPTION,
  ...READING_OPTIONS,
  json: { kind: 'flag', help: 'Print the result as one JSON object', on: 'command line' },
} as const satisfies OptionTable;
