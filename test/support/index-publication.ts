import type { Publication } from '../../src/app/ports/site-store.js';
import { sitePath } from '../../src/model/site-path.js';

/** Creates a publication that only writes the index, with the text as its content and as the commit message. */
export function indexPublication(text: string, date = new Date('2026-01-02T03:04:05Z')): Publication {
  return {
    payloads: [],
    restored: [],
    verify: () => Promise.resolve(),
    removals: [],
    indexFiles: [{ path: sitePath('db.xml.gz'), bytes: Buffer.from(text) }],
    message: text,
    date,
  };
}
