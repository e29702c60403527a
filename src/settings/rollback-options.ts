import type { OptionTable } from '../model/option.js';
import { WRITING_OPTIONS } from './import-options.js';
import { PUBLISH_OPTIONS } from './options.js';
import { READING_OPTIONS } from './reading-options.js';

/** The options of the command `rollback`. */
export const ROLLBACK_OPTIONS = {
  to: {
    kind: 'text',
    placeholder: 'TIMESTAMP|COMMIT',
    help: 'Offer again what the site offered after this publication, as `history` prints it',
    excludes: ['last'],
    on: 'both',
  },
  last: {
    kind: 'flag',
    help: 'Undo the last publication',
    usual: 'false',
    on: 'both',
  },
  ...WRITING_OPTIONS,
  timestamp: PUBLISH_OPTIONS.timestamp,
  diff: PUBLISH_OPTIONS.diff,
} as const satisfies OptionTable;

/** The options of the command `history`. */
export const HISTORY_OPTIONS = {
  limit: {
    kind: 'text',
    placeholder: 'N',
    help: 'Show at most this number of publications',
    usual: '20',
    on: 'command line',
  },
  ...READING_OPTIONS,
  json: { kind: 'flag', help: 'Print the result as one JSON object', on: 'command line' },
} as const satisfies OptionTable;
