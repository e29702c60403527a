import { existsSync } from 'node:fs';
import os from 'node:os';
import { Worker } from 'node:worker_threads';

/** Returns how many threads can run a program at the same time; 0 if the program does not exist. */
export function threadsFor(script: string): number {
  return existsSync(script) ? os.availableParallelism() : 0;
}

/**
 * Runs a program to its end in a separate thread.
 *
 * @param script the program
 * @param workerData initial data for the program
 * @param onMessage called with each message that it sends
 * @throws the error that ended the thread
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
