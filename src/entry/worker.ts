import { parentPort, workerData } from 'node:worker_threads';
import { inspectFile } from '../app/inspect.js';
import type { InspectRequest } from '../app/ports.js';
import { createFileSources } from '../io/files.js';
import type { WorkerAnswer } from '../io/worker-pool.js';

/** The program of a thread that reads artifacts. */
const sources = createFileSources((workerData as { cwd: string }).cwd);

parentPort?.on('message', (request: InspectRequest) => {
  inspectFile(request, sources).then(
    (answer) => {
      reply({ answer });
    },
    (error: unknown) => {
      reply({ defect: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    },
  );
});

function reply(message: WorkerAnswer): void {
  parentPort?.postMessage(message);
}
