import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { AnalyzeResult, ComputedChecksum, InspectResult, Inspector } from '../../app/ports/inspector.js';
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

/** Below this, starting threads takes longer than reading the files, in bytes. */
const WORTH_THREADS_BYTES = 3 * 1024 * 1024;

/**
 * Reads files on all cores where that pays, this thread being one of them. Each thread has one file at a time, so that
 * what is held in memory does not grow with their number.
 *
 * @param cwd where relative paths start
 * @param script the program of the further threads; where it does not exist, none is started
 */
export function createInspector(cwd: string, script = workerScript()): Inspector {
  return {
    inspectAll: (requests, onDone) => readAll<InspectResult>(requests, onDone, cwd, script),
    analyzeAll: (requests, onDone) => readAll<AnalyzeResult>(requests, onDone, cwd, script),
    checksumAll: (requests, onDone) => readAll<ComputedChecksum>(requests, onDone, cwd, script),
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

  // The largest first: one that comes last would keep a single core busy while the others wait.
  const order = requests.map((_, at) => at).sort((a, b) => sizeAt(b) - sizeAt(a));
  const work = createSharedWork(
    cwd,
    order.flatMap((at) => requests[at] ?? []),
  );
  const results: Result[] = [];
  const keep = ({ at, result }: SharedAnswer) => {
    const original = order[at] as number;
    results[original] = result as Result;
    onDone(sizeAt(original));
  };
  function sizeAt(at: number): number {
    return requests[at]?.size ?? 0;
  }

  const others = Array.from({ length: Math.max(0, threads - 1) }, () =>
    runThread(script, work, (message) => {
      keep(message as SharedAnswer);
    }),
  );
  const here = readShared(work, createFileSources(cwd), async (answer) => {
    keep(answer);
    // Lets signals, progress and the answers of other threads through between two files.
    await setImmediate();
  });
  try {
    await Promise.all([here, ...others]);
  } finally {
    abandon(work);
  }
  return results;
}

/** Beside the running program in `dist/`; put together so that the bundler leaves it alone. */
function workerScript(): string {
  return fileURLToPath(import.meta.url.replace(/[^/]*$/, 'worker.js'));
}
