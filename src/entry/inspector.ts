import { existsSync } from 'node:fs';
import os from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inspectFile } from '../app/inspect.js';
import type { InspectRequest, InspectResult, Inspector } from '../app/ports.js';
import { createFileSources } from '../io/files.js';
import { createWorkerPool } from '../io/worker-pool.js';

/** Below this, starting threads takes longer than reading the artifacts, in bytes. */
const WORTH_THREADS_BYTES = 3 * 1024 * 1024;

/**
 * Reads artifacts on all cores where that pays, else one after the other. Each thread has one artifact at a time, so
 * that what is held in memory does not grow with their number.
 *
 * @param cwd where relative paths start
 * @param script the program of the threads; where it does not exist, no thread is started
 */
export function createInspector(cwd: string, script = workerScript()): Inspector {
  return {
    async inspectAll(requests, onDone) {
      const bytes = requests.reduce((sum, { size }) => sum + size, 0);
      const threads = Math.min(os.availableParallelism(), requests.length);
      if (threads < 2 || bytes < WORTH_THREADS_BYTES || !existsSync(script)) {
        return inspectHere(cwd, requests, onDone);
      }
      return inspectOnThreads(cwd, script, threads, requests, onDone);
    },
  };
}

async function inspectHere(
  cwd: string,
  requests: readonly InspectRequest[],
  onDone: (bytes: number) => void,
): Promise<InspectResult[]> {
  const sources = createFileSources(cwd);
  const results: InspectResult[] = [];
  for (const request of requests) {
    results.push(await inspectFile(request, sources));
    onDone(request.size);
    // Lets signals and progress through between two artifacts.
    await setImmediate();
  }
  return results;
}

async function inspectOnThreads(
  cwd: string,
  script: string,
  threads: number,
  requests: readonly InspectRequest[],
  onDone: (bytes: number) => void,
): Promise<InspectResult[]> {
  const pool = createWorkerPool(script, threads, { cwd });
  try {
    const results: InspectResult[] = [];
    // The largest first: one that comes last would keep a single core busy while the others wait.
    const order = requests
      .map((request, at) => ({ request, at }))
      .sort((a, b) => b.request.size - a.request.size);
    await Promise.all(
      order.map(async ({ request, at }) => {
        results[at] = (await pool.run(request)) as InspectResult;
        onDone(request.size);
      }),
    );
    return results;
  } finally {
    await pool.close();
  }
}

/** Beside the running program in `dist/`; put together so that the bundler leaves it alone. */
function workerScript(): string {
  return fileURLToPath(import.meta.url.replace(/[^/]*$/, 'worker.js'));
}
