import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type {
  AnalyzeResult,
  ComputedChecksum,
  InspectResult,
  Inspector,
  VerifyResult,
} from '../../app/ports/inspector.js';
import { createFileSources } from '../../io/files/file-sources.js';
import { runThread, threadsFor } from '../../io/thread.js';
import {
  abandon,
  createSharedWork,
  readShared,
  type FileRequest,
  type FileResult,
  type SharedAnswer,
} from './shared-work.js';

/** Minimum size for threads, in bytes: starting them takes longer than reading smaller files. */
const WORTH_THREADS_BYTES = 3 * 1024 * 1024;

/**
 * Creates an inspector that reads files on all cores if that is faster, including this thread. Each thread has one file
 * at a time, so memory use does not grow with the number of files.
 *
 * @param cwd the folder that paths are relative to
 * @param script the program of the other threads; if it does not exist, none is started
 */
export function createInspector(cwd: string, script = workerScript()): Inspector {
  return {
    inspectAll: (requests, onDone) => readAll<InspectResult>(requests, onDone, cwd, script),
    analyzeAll: (requests, onDone) => readAll<AnalyzeResult>(requests, onDone, cwd, script),
    checksumAll: (requests, onDone) => readAll<ComputedChecksum>(requests, onDone, cwd, script),
    verifyAll: (requests, onDone) => readAll<VerifyResult>(requests, onDone, cwd, script),
  };
}

async function readAll<Result extends FileResult>(
  requests: readonly FileRequest[],
  onDone: (bytes: number) => void,
  cwd: string,
  script: string,
): Promise<readonly Result[]> {
  const bytes = requests.reduce((sum, { size }) => sum + size, 0);
  const threads = bytes < WORTH_THREADS_BYTES ? 1 : Math.min(threadsFor(script), requests.length);

  // The largest first: at the end, a large file would keep one core busy while the others wait.
  const order = requests.map((_, at) => at).sort((a, b) => sizeAt(b) - sizeAt(a));
  const work = createSharedWork(
    cwd,
    order.flatMap((at) => requests[at] ?? []),
  );
  const results: Result[] = [];
  const record = ({ at, result }: SharedAnswer) => {
    const original = order[at] as number;
    results[original] = result as Result;
    onDone(sizeAt(original));
  };
  function sizeAt(at: number): number {
    return requests[at]?.size ?? 0;
  }

  const others = Array.from({ length: Math.max(0, threads - 1) }, () =>
    runThread(script, work, (message) => {
      record(message as SharedAnswer);
    }),
  );
  const here = readShared(work, createFileSources(cwd), async (answer) => {
    record(answer);
    // Lets signals, progress and the results of other threads through between two files.
    await setImmediate();
  });
  try {
    await Promise.all([here, ...others]);
  } finally {
    abandon(work);
  }
  return results;
}

/** Returns the script beside the running program in `dist/`. Built at run time so that the bundler ignores it. */
function workerScript(): string {
  return fileURLToPath(import.meta.url.replace(/[^/]*$/, 'worker.js'));
}
