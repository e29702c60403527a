import type { FormatName } from '../model/format-name.js';
import type { Payload } from '../model/plan.js';
import {
  BATCH_FILES,
  fetchBatch,
  type FailedPayload,
  type FetchedPayloads,
  type FetchSource,
  type FolderForCopies,
} from './fetch-batch.js';
import type { Inspector } from './ports/inspector.js';
import type { Progress } from './ports/log.js';
import type { StoredPayload } from './stored-payloads.js';

export interface FetchPorts {
  readonly inspector: Inspector;
  readonly progress: Progress;
}

/** Fetches payloads into a folder, and compares each with the index. */
export async function fetchPayloads(
  from: FetchSource,
  format: FormatName,
  wanted: readonly StoredPayload[],
  folder: FolderForCopies,
  { inspector, progress }: FetchPorts,
): Promise<FetchedPayloads> {
  const payloads: Payload[] = [];
  const failed: FailedPayload[] = [];
  const task = progress.start(
    'Fetching files',
    wanted.reduce((sum, { size = 0 }) => sum + size, 0),
  );
  const onBytes = (bytes: number) => {
    task.advance(bytes);
  };
  for (let at = 0; at < wanted.length; at += BATCH_FILES) {
    const batch = wanted.slice(at, at + BATCH_FILES);
    const fetched = await fetchBatch(from, batch, { format, folder, onBytes }, inspector);
    payloads.push(...fetched.payloads);
    failed.push(...fetched.failed);
  }
  task.done();
  return { payloads, failed };
}
