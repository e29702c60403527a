import { parentPort, workerData } from 'node:worker_threads';
import { createFileSources } from '../io/files.js';
import { inspectShared, type SharedWork } from './shared-work.js';

/** The program of a thread that reads artifacts: it takes them until none is left. */
const work = workerData as SharedWork;

await inspectShared(work, createFileSources(work.cwd), (answer) => {
  parentPort?.postMessage(answer);
  return Promise.resolve();
});
