import type { FileSources } from '../../app/ports/files.js';
import type {
  AnalyzeRequest,
  AnalyzeResult,
  ChecksumRequest,
  ComputedChecksum,
  InspectRequest,
  InspectResult,
} from '../../app/ports/inspector.js';
import { readRequested } from './read-file.js';

export type FileRequest = InspectRequest | AnalyzeRequest | ChecksumRequest;
export type FileResult = InspectResult | AnalyzeResult | ComputedChecksum;

/** Files to be read by several threads, each of which takes the next one when it is free. */
export interface SharedWork {
  readonly cwd: string;
  readonly requests: readonly FileRequest[];
  /** Counts in shared memory how many were taken. */
  readonly taken: Int32Array<SharedArrayBuffer>;
}

/** What came of one file. */
export interface SharedAnswer {
  /** Position of the request. */
  readonly at: number;
  readonly result: FileResult;
}

export function createSharedWork(cwd: string, requests: readonly FileRequest[]): SharedWork {
  return { cwd, requests, taken: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) };
}

/** Takes files and reads them until none is left. */
export async function readShared(
  { requests, taken }: SharedWork,
  sources: FileSources,
  onAnswer: (answer: SharedAnswer) => Promise<void>,
): Promise<void> {
  for (;;) {
    const at = Atomics.add(taken, 0, 1);
    const request = requests[at];
    if (request === undefined) return;
    await onAnswer({ at, result: await readRequested(request, sources) });
  }
}

/** Leaves nothing to take: the other threads end after what they are at. */
export function abandon({ taken, requests }: SharedWork): void {
  Atomics.store(taken, 0, requests.length);
}
