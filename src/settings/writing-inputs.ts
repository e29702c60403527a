import type { OptionTable } from '../model/option.js';
import { NOTATIONS_MARKDOWN } from '../stores/locations.js';
import { IMPORT_OPTIONS, likePublish } from './import-options.js';
import { PUBLISH_OPTIONS } from './options.js';
import { PLACE_NAMES, READING_OPTIONS } from './reading-options.js';

/** The inputs of all actions that change a site without artifacts. */
const WRITING_INPUTS = {
  'dry-run': {
    kind: 'flag',
    help: 'Only show what would change, and write nothing',
    usual: 'true',
    on: 'action',
  },
  ...likePublish(...PLACE_NAMES, 'site-url', 'message', 'fail-on', 'timeout'),
  format: { ...READING_OPTIONS.format, on: 'action' },
  token: {
    ...PUBLISH_OPTIONS.token,
    help: 'Token for the repository of the site. Changing it requires `contents: write`',
  },
} as const satisfies OptionTable;

/** The inputs of the action `rollback/`. */
export const ROLLBACK_INPUTS = {
  to: {
    kind: 'text',
    help: 'Offer again what the site offered after this publication: its timestamp or commit, or `last` to undo the last publication. Without it, the step fails, and the job summary lists the publications',
    on: 'action',
  },
  ...WRITING_INPUTS,
} as const satisfies OptionTable;

/** The inputs of the action `import/`. */
export const IMPORT_INPUTS = {
  from: {
    kind: 'text',
    help: `The site to import: ${NOTATIONS_MARKDOWN}`,
    on: 'action',
  },
  history: IMPORT_OPTIONS.history,
  ...WRITING_INPUTS,
} as const satisfies OptionTable;
