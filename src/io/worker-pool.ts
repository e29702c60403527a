import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Threads that answer requests, one at a time each. */
export interface WorkerPool {
  /** @throws what the thread threw: a defect, since faults of the data are answers */
  run(request: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** What a thread sends back. */
export type WorkerAnswer = { readonly answer: unknown } | { readonly defect: string };

/**
 * @param script the program of the threads: it answers each message with a {@link WorkerAnswer}
 * @param size how many threads
 * @param workerData what the threads know from the start
 */
export function createWorkerPool(script: string, size: number, workerData: unknown): WorkerPool {
  const idle: Worker[] = [];
  const waiting: ((worker: Worker) => void)[] = [];
  const workers = Array.from({ length: size }, () => new Worker(script, { workerData }));
  idle.push(...workers);

  const take = async (): Promise<Worker> => idle.pop() ?? new Promise((resolve) => waiting.push(resolve));
  const giveBack = (worker: Worker): void => {
    const next = waiting.shift();
    if (next) next(worker);
    else idle.push(worker);
  };

  return {
    async run(request) {
      const worker = await take();
      try {
        worker.postMessage(request);
        // Where the thread dies, `once` throws what it died of.
        const [message] = (await once(worker, 'message')) as [WorkerAnswer];
        if ('defect' in message) throw new Error(message.defect);
        return message.answer;
      } finally {
        giveBack(worker);
      }
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
