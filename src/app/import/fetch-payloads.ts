import type { FormatName } from '../../model/format-name.js';
import type { Payload } from '../../model/plan.js';
import type { Problem } from '../../model/problem.js';
import { BATCH_FILES, fetchBatch, type FetchedPayloads } from '../fetch-batch.js';
import type { CopyFolder } from '../ports/files.js';
import type { Inspector } from '../ports/inspector.js';
import type { Progress } from '../ports/log.js';
import type { ReadableSite } from '../ports/site-source.js';
import type { CopyWords, StoredPayload } from '../stored-payloads.js';

/** What messages about an import call the site. */
export const WORDS: CopyWords = {
  place: 'the old place',
  site: 'the old site',
  again: 'Then import again.',
  without:
    'The import goes on without it. Users are not offered it, but the site cannot be rolled back to it.',
};

export interface FetchPorts {
  readonly inspector: Inspector;
  readonly progress: Progress;
}

/** Fetches payloads, and compares each with the index. */
export async function fetchPayloads(
  from: ReadableSite,
  format: FormatName,
  wanted: readonly StoredPayload[],
  folder: CopyFolder,
  { inspector, progress }: FetchPorts,
): Promise<FetchedPayloads> {
  const payloads: Payload[] = [];
  const problems: Problem[] = [];
  const task = progress.start(
    'Fetching files',
    wanted.reduce((sum, { size = 0 }) => sum + size, 0),
  );
  const onBytes = (bytes: number) => {
    task.advance(bytes);
  };
  for (let at = 0; at < wanted.length; at += BATCH_FILES) {
    const batch = wanted.slice(at, at + BATCH_FILES);
    const fetched = await fetchBatch(from, batch, { format, words: WORDS, folder, onBytes }, inspector);
    payloads.push(...fetched.payloads);
    problems.push(...fetched.problems);
  }
  task.done();
  return { payloads, problems };
}
