import type { Option, OptionTable } from '../model/option.js';
import { PUBLISH_OPTIONS, type PublishOptionName } from './options.js';
import { PLACE_NAMES, READING_OPTIONS } from './reading-options.js';

/** Returns options of a publication with the names and texts that they have there. */
export function likePublish(...names: readonly PublishOptionName[]): OptionTable {
  return Object.fromEntries(names.map((name): [string, Option] => [name, PUBLISH_OPTIONS[name]]));
}

/** The options of all commands that write a site without artifacts. */
export const WRITING_OPTIONS = {
  format: READING_OPTIONS.format,
  ...likePublish(
    ...PLACE_NAMES,
    'site-url',
    'message',
    'commit-author',
    'fail-on',
    'timeout',
    'dry-run',
    'markdown',
    'json',
    'verbose',
  ),
} as const satisfies OptionTable;

/** The options of the command `import`. */
export const IMPORT_OPTIONS = {
  history: {
    kind: 'flag',
    help: 'Also import the files of previous versions',
    usual: 'false',
    on: 'both',
  },
  ...WRITING_OPTIONS,
} as const satisfies OptionTable;
