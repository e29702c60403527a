/**
 * Threads that read artifacts: the program of a thread (this file), the work that the threads share, and the
 * inspector that starts them.
 *
 * @module
 */

import { parentPort, workerData } from 'node:worker_threads';
import { createFileSources } from '../../io/files/file-sources.js';
import { readShared, type SharedWork } from './shared-work.js';

/** The files to read. */
const work = workerData as SharedWork;

await readShared(work, createFileSources(work.cwd), (answer) => {
  parentPort?.postMessage(answer);
  return Promise.resolve();
});
