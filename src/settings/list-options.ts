import type { OptionTable } from '../model/option.js';
import { AT_OPTION, READING_OPTIONS } from './reading-options.js';

/** The options of the command `list`. */
export const LIST_OPTIONS = {
  file: {
    kind: 'text',
    placeholder: 'NAME',
    help: 'Show all that the index states about this file, which of its stored files exist, and, on a branch, the commits that changed it. The name may lack its version and its folder',
    excludes: ['obsolete'],
    whyExcludes: 'Use only one of them: a file is shown even if it is obsolete.',
    on: 'command line',
  },
  obsolete: {
    kind: 'flag',
    help: 'Also list files that clients are not offered any more',
    usual: 'false',
    on: 'command line',
  },
  at: AT_OPTION,
  ...READING_OPTIONS,
  json: { kind: 'flag', help: 'Print the files as one JSON object', on: 'command line' },
} as const satisfies OptionTable;
