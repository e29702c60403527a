import type { FormatName } from '../model/format-name.js';
import type { Payload } from '../model/plan.js';
import { inBatches } from './batches.js';
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

/** The copies stay until the end of the work, so the size of a batch does not matter. */
const BATCH = { maxFiles: BATCH_FILES, maxBytes: Number.POSITIVE_INFINITY };

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
  for (const batch of inBatches(wanted, (payload) => payload, BATCH)) {
    const fetched = await fetchBatch(from, batch, { format, folder, onBytes }, inspector);
    payloads.push(...fetched.payloads);
    failed.push(...fetched.failed);
  }
  task.done();
  return { payloads, failed };
}
