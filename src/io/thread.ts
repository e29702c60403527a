import { existsSync } from 'node:fs';
import os from 'node:os';
import { Worker } from 'node:worker_threads';

/** How many threads can run a program at once on this machine; none where the program does not exist. */
export function threadsFor(script: string): number {
  return existsSync(script) ? os.availableParallelism() : 0;
}

/**
 * Runs a program on a thread of its own to its end.
 *
 * @param script the program
 * @param workerData what it knows from the start
 * @param onMessage called with each message that it sends
 * @throws what the thread died of
 */
export function runThread(
  script: string,
  workerData: unknown,
  onMessage: (message: unknown) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData });
    worker.on('message', onMessage);
    worker.on('error', reject);
    worker.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`A thread ended with exit code ${code}.`));
    });
  });
}
