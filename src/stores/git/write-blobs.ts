import { open } from 'node:fs/promises';
import { machineFault } from '../../io/machine-fault.js';
import { unexpected, type Git } from './git.js';

/** A file to write, and the object that is its content. */
export interface WantedBlob {
  readonly object: string;
  /** Absolute path. */
  readonly file: string;
  /** Size of the object in bytes. */
  readonly size: number;
}

/** The output of git, of which any number of bytes can be taken. */
type Take = (maxBytes: number) => Promise<Buffer>;

/** Maximum number of bytes that are taken at a time. */
const PIECE_BYTES = 1024 * 1024;

/**
 * Writes the contents of local objects to files, without keeping them in memory. One command sends all of them: a
 * process for each takes longer than reading most files.
 *
 * @param onBytes called with the number of bytes of each file that was written
 * @returns the times of the files, in milliseconds since 1970, by path
 * @throws {UserError} `machine` if the disk is full, for example
 */
export async function writeBlobs(
  git: Git,
  wanted: readonly WantedBlob[],
  onBytes?: (bytes: number) => void,
): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number>();
  if (wanted.length === 0) return times;
  const result = await git(['cat-file', '--batch'], {
    input: wanted.map(({ object }) => `${object}\n`).join(''),
    async readOutput(output) {
      const take = takerOf(output);
      for (const blob of wanted) {
        const header = Buffer.from(`${blob.object} blob ${blob.size}\n`);
        if (!(await isNext(take, header))) break;
        const time = await writeFile(take, blob);
        if (time === undefined || !(await isNext(take, Buffer.from('\n')))) break;
        times.set(blob.file, time);
        onBytes?.(blob.size);
      }
    },
  });
  if (times.size < wanted.length) throw unexpected('cat-file', result);
  return times;
}

/** Whether exactly these bytes are the next ones. */
async function isNext(take: Take, expected: Buffer): Promise<boolean> {
  for (let done = 0; done < expected.length;) {
    const bytes = await take(expected.length - done);
    if (bytes.length === 0 || !bytes.equals(expected.subarray(done, done + bytes.length))) return false;
    done += bytes.length;
  }
  return true;
}

/** Writes the next bytes to a file. Returns its time, or `undefined` if the output ends before. */
async function writeFile(take: Take, { file, size }: WantedBlob): Promise<number | undefined> {
  try {
    const handle = await open(file, 'w');
    try {
      for (let left = size; left > 0;) {
        const bytes = await take(Math.min(left, PIECE_BYTES));
        if (bytes.length === 0) return undefined;
        await handle.writeFile(bytes);
        left -= bytes.length;
      }
      return (await handle.stat()).mtimeMs;
    } finally {
      await handle.close();
    }
  } catch (error) {
    const fault = Object.assign(error as Error, { path: file });
    throw machineFault('A file of the site cannot be stored', fault) ?? fault;
  }
}

/** Returns a function that takes the next bytes, as many as have arrived, and none at the end. */
function takerOf(output: AsyncIterable<Buffer>): Take {
  const chunks = output[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  return async (maxBytes) => {
    while (rest.length === 0) {
      const next = await chunks.next();
      if (next.done === true) return rest;
      rest = next.value;
    }
    const taken = rest.subarray(0, maxBytes);
    rest = rest.subarray(taken.length);
    return taken;
  };
}
