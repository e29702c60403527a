import type { Format } from '../../formats/format.js';
import type { Inspection } from '../../model/artifact.js';
import type { Plan } from '../../model/plan.js';
import type { Problem } from '../../model/problem.js';
import { inBatches } from '../batches.js';
import { BATCH_FILES, failureProblem, fetchBatch, type FetchSource } from '../fetch-batch.js';
import type { TempFolders } from '../ports/files.js';
import type { Inspector } from '../ports/inspector.js';
import type { Progress, ProgressTask } from '../ports/log.js';
import type { NewArchive } from '../ports/new-archives.js';
import type { CopyWords } from '../stored-payloads.js';
import type { ExportedPayload } from './contents.js';
import { refuseErrors } from './refusal.js';

/** Limits for the copies that are on this machine at the same time. */
const BATCH = { maxFiles: BATCH_FILES, maxBytes: 256 * 1024 * 1024 };

/** What copies of payloads are made with. */
export interface PayloadPorts {
  readonly inspector: Inspector;
  readonly temp: TempFolders;
  readonly progress: Progress;
}

/**
 * Fetches the payloads in batches, and adds each to the archive.
 *
 * @returns the problems with previous versions, which are left out
 * @throws {UserError} `refused` if a current one is lost or damaged
 */
export async function addPayloads<Index, I extends Inspection, P extends Plan, O>(
  from: FetchSource,
  format: Format<Index, I, P, O>,
  files: readonly ExportedPayload[],
  add: NewArchive['add'],
  words: CopyWords,
  { inspector, temp, progress }: PayloadPorts,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const task = progress.start(
    'Writing files',
    files.reduce((sum, { payload: { size = 0 } }) => sum + size, 0),
  );
  const addBatch = async (batch: readonly ExportedPayload[], path: string) => {
    const fetched = await fetchBatch(
      from,
      batch.map(({ payload }) => payload),
      {
        format: format.name,
        folder: { path },
        onBytes: advance(task),
      },
      inspector,
    );
    problems.push(...fetched.failed.map((failed) => failureProblem(failed, words)));
    refuseErrors(problems);
    const locals = new Map(fetched.payloads.map((local) => [local.storedPath, local]));
    for (const { payload, name, isExecutable } of batch) {
      const local = locals.get(payload.storedPath);
      if (local) await add(name, local, isExecutable);
    }
  };
  for (const batch of inBatches(files, ({ payload }) => payload, BATCH)) {
    const folder = await temp.make();
    try {
      await addBatch(batch, folder.path);
    } finally {
      await folder.remove();
    }
  }
  task.done();
  return problems;
}

function advance(task: ProgressTask): (bytes: number) => void {
  return (bytes) => {
    task.advance(bytes);
  };
}
