import type { FileSources } from '../../app/ports/files.js';
import type {
  AnalyzeRequest,
  AnalyzeResult,
  ChecksumRequest,
  ComputedChecksum,
  InspectRequest,
  InspectResult,
  VerifyRequest,
  VerifyResult,
} from '../../app/ports/inspector.js';
import { readRequested } from './read-file.js';

export type FileRequest = InspectRequest | AnalyzeRequest | ChecksumRequest | VerifyRequest;
export type FileResult = InspectResult | AnalyzeResult | ComputedChecksum | VerifyResult;

/** Files that several threads read. Each thread takes the next file when it is free. */
export interface SharedWork {
  readonly cwd: string;
  readonly requests: readonly FileRequest[];
  /** Number of taken files, in shared memory. */
  readonly taken: Int32Array<SharedArrayBuffer>;
}

/** The result of one file. */
export interface SharedAnswer {
  /** Position of the request. */
  readonly at: number;
  readonly result: FileResult;
}

export function createSharedWork(cwd: string, requests: readonly FileRequest[]): SharedWork {
  return { cwd, requests, taken: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) };
}

/** Takes and reads files until none is left. */
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

/** Marks all files as taken: the other threads end after their current file. */
export function abandon({ taken, requests }: SharedWork): void {
  Atomics.store(taken, 0, requests.length);
}
