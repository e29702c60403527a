import type { CopyWords } from '../stored-payloads.js';

/** What messages about an import call the site. */
export const WORDS: CopyWords = {
  place: 'the old place',
  site: 'the old site',
  again: 'Then import again.',
  without:
    'The import goes on without it. Users are not offered it, but the site cannot be rolled back to it.',
};
