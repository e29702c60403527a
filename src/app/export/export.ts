/**
 * The use case that writes a site to an archive: as a backup with the index and all files under their stored names, or
 * with the current files under their real names. Each file is compared with the index, and the archive gets its name
 * when it is complete.
 *
 * @module
 */

import type { Format, IndexFiles, RenderedFile, SomeFormat } from '../../formats/format.js';
import type { Inspection } from '../../model/artifact.js';
import type { Exported } from '../../model/exported.js';
import { count } from '../../model/humanize.js';
import type { Plan } from '../../model/plan.js';
import { errorsFirst, hasErrors, type Problem } from '../../model/problem.js';
import { renderSha256Sums, SHA256SUMS } from '../../model/sha256sums.js';
import { compareText, parseSitePath } from '../../model/site-path.js';
import { UserError } from '../../model/user-error.js';
import { BATCH_FILES, fetchBatch } from '../fetch-batch.js';
import type { TempFolders } from '../ports/files.js';
import type { Inspector } from '../ports/inspector.js';
import type { Log, Progress, ProgressTask } from '../ports/log.js';
import type { NewArchive, NewArchives } from '../ports/new-archives.js';
import type { ReadableSite, SiteSource } from '../ports/site-source.js';
import { readIndexFiles, requireFormat } from '../read-index.js';
import { lookFor, wantedPayloads, type CopyWords, type StoredPayload } from '../stored-payloads.js';
import { installedFiles, type ExportedPayload } from './installed-files.js';
import { readmeName } from './readme-name.js';
import type { ExportSettings } from './settings.js';

/** Maximum size of the copies that are on this machine at the same time, unless a single file is larger. */
const MAX_BATCH_BYTES = 256 * 1024 * 1024;
/** Size of a file of unknown size for this bound, in bytes. */
const ASSUMED_BYTES = 1024 * 1024;

const WORDS: CopyWords = {
  place: 'the site',
  site: 'the site',
  again: 'Then export again.',
  without:
    'The backup does not contain it. Users are not offered it, but the site cannot be rolled back to it.',
};

export interface ExportPorts {
  readonly archives: NewArchives;
  readonly inspector: Inspector;
  readonly temp: TempFolders;
  readonly log: Log;
  readonly progress: Progress;
}

/**
 * Exports a site.
 *
 * @param formats the formats that the site may have; the first one whose index it has is used
 * @throws {UserError} `refused` if a current file is lost or damaged, `usage` if the format has no folder of an
 *   application; the archive is not written then
 */
export async function exportSite(
  source: SiteSource,
  formats: readonly SomeFormat[],
  settings: ExportSettings,
  ports: ExportPorts,
): Promise<Exported> {
  const archive = await ports.archives.create(settings.file, settings.force);
  try {
    ports.log.detail(`Reading ${source.description}.`);
    const site = await source.open(false);
    const format = await requireFormat(site, formats, source.description);
    return await format((chosen) => exportAs(chosen, site, archive, settings, ports));
  } finally {
    await archive.discard();
  }
}

async function exportAs<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  site: ReadableSite,
  archive: NewArchive,
  settings: ExportSettings,
  ports: ExportPorts,
): Promise<Exported> {
  const { kind, file, siteUrl = site.served?.url, usualUrl } = settings;
  const isBackup = kind === 'backup';
  const indexFiles = await readIndexFiles(site, format);
  const index = format.parseIndex(indexFiles);
  const wanted = wantedPayloads(format, index, siteUrl, isBackup, WORDS);
  const chosen = isBackup
    ? backupFiles(wanted.payloads)
    : installedFiles(format, index, wanted.payloads, settings);
  const found = await lookFor(
    site,
    chosen.files.map(({ payload }) => payload),
    WORDS,
  );
  const problems: Problem[] = [...wanted.problems, ...chosen.problems, ...found.problems];
  refuseErrors(problems);

  const sums = new Map<string, string>();
  const add: NewArchive['add'] = async (name, content, isExecutable) => {
    const sum = await archive.add(name, content, isExecutable);
    sums.set(name, sum);
    return sum;
  };
  const first = isBackup
    ? await filesOfIndex(format, site, indexFiles)
    : [readmeOf(format, chosen.files, siteUrl ?? usualUrl)];
  for (const { path, bytes } of first) await add(path, bytes, false);
  const sizes = new Map(found.payloads.map(({ storedPath, size }) => [storedPath, size]));
  const files = chosen.files
    .filter(({ payload }) => sizes.has(payload.storedPath))
    .map((one) => ({ ...one, payload: { ...one.payload, size: sizes.get(one.payload.storedPath) } }))
    .sort((a, b) => compareText(a.name, b.name));
  const lost = await addPayloads(site, format, files, add, ports);
  problems.push(...lost);
  if (isBackup) await add(SHA256SUMS, Buffer.from(renderSha256Sums(sums)), false);
  const bytes = await archive.finish();
  return {
    file,
    kind,
    files: sums.size,
    bytes,
    elsewhere: wanted.elsewhere,
    problems: errorsFirst(problems),
  };
}

/** Returns all payloads under their stored names. */
function backupFiles(payloads: readonly StoredPayload[]): {
  readonly files: readonly ExportedPayload[];
  readonly problems: readonly Problem[];
} {
  const files = payloads.map((payload) => ({ payload, name: payload.storedPath, isExecutable: false }));
  return { files, problems: [] };
}

/** Returns all files of the index as they are: also those that are never read again, if the place lists its files. */
async function filesOfIndex<Index, I extends Inspection, P extends Plan, O>(
  { isIndexName, indexPaths }: Format<Index, I, P, O>,
  site: ReadableSite,
  known: IndexFiles,
): Promise<readonly RenderedFile[]> {
  const listed = (await site.listFiles?.()) ?? [];
  const further = listed
    .filter((name) => !name.includes('/') && isIndexName(name) && !indexPaths.some((path) => path === name))
    .sort(compareText)
    .flatMap((name) => {
      const parsed = parseSitePath(name);
      return 'path' in parsed ? [parsed.path] : [];
    });
  const files: RenderedFile[] = [];
  for (const path of [...indexPaths, ...further]) {
    const bytes = known.get(path) ?? (await site.readFile(path));
    if (bytes) files.push({ path, bytes });
  }
  return files;
}

/** Returns the text that explains to users how to get updates. */
function readmeOf<Index, I extends Inspection, P extends Plan, O>(
  { application }: Format<Index, I, P, O>,
  files: readonly ExportedPayload[],
  siteUrl: string | undefined,
): RenderedFile {
  const path = readmeName(
    siteUrl,
    files.map(({ name }) => name),
  );
  return { path, bytes: Buffer.from(application?.readme(siteUrl) ?? '') };
}

/**
 * Fetches the payloads in batches, and adds each to the archive.
 *
 * @returns the problems with previous versions, which are left out
 */
async function addPayloads<Index, I extends Inspection, P extends Plan, O>(
  site: ReadableSite,
  format: Format<Index, I, P, O>,
  files: readonly ExportedPayload[],
  add: NewArchive['add'],
  { inspector, temp, progress }: ExportPorts,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const task = progress.start(
    'Writing files',
    files.reduce((sum, { payload: { size = 0 } }) => sum + size, 0),
  );
  const addBatch = async (batch: readonly ExportedPayload[], path: string) => {
    const fetched = await fetchBatch(
      site,
      batch.map(({ payload }) => payload),
      {
        format: format.name,
        words: WORDS,
        folder: { path, present: () => Promise.resolve(undefined) },
        onBytes: advance(task),
      },
      inspector,
    );
    problems.push(...fetched.problems);
    refuseErrors(problems);
    const locals = new Map(fetched.payloads.map((local) => [local.storedPath, local]));
    for (const { payload, name, isExecutable } of batch) {
      const local = locals.get(payload.storedPath);
      if (local) await add(name, local, isExecutable);
    }
  };
  for (const batch of batchesOf(files)) {
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

function batchesOf(files: readonly ExportedPayload[]): readonly (readonly ExportedPayload[])[] {
  const batches: ExportedPayload[][] = [];
  let bytes = 0;
  for (const file of files) {
    const { size = ASSUMED_BYTES } = file.payload;
    const last = batches.at(-1);
    if (last && last.length < BATCH_FILES && bytes + size <= MAX_BATCH_BYTES) {
      last.push(file);
      bytes += size;
    } else {
      batches.push([file]);
      bytes = size;
    }
  }
  return batches;
}

function refuseErrors(problems: readonly Problem[]): void {
  if (!hasErrors(problems)) return;
  const errors = problems.filter(({ severity }) => severity === 'error');
  throw new UserError('refused', `The site cannot be exported: ${count(errors.length, 'error')}.`, {
    problems: errorsFirst(problems),
  });
}
