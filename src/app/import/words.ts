import type { ReadableSite } from '../ports/site-source.js';
import type { CopyWords } from '../stored-payloads.js';

/** Returns what messages about an import call the site. */
export function wordsFor({ remedy }: Pick<ReadableSite, 'remedy'>): CopyWords {
  return { ...WORDS, remedy };
}

const WORDS: CopyWords = {
  place: 'the old place',
  site: 'the old site',
  again: 'Then import again.',
  without:
    'The import goes on without it. Users are not offered it, but the site cannot be rolled back to it.',
};
