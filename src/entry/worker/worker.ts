/**
 * Threads that read artifacts: the program of a thread (this file), the work that it shares with the main thread, and the
 * inspector that starts it.
 *
 * @module
 */

import { parentPort, workerData } from 'node:worker_threads';
import { createFileSources } from '../../io/files/file-sources.js';
import { readShared, type SharedWork } from './shared-work.js';

/** The program of a thread that reads files: it takes them until none is left. */
const work = workerData as SharedWork;

await readShared(work, createFileSources(work.cwd), (answer) => {
  parentPort?.postMessage(answer);
  return Promise.resolve();
});
