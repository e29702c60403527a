/**
 * The use case that writes a site to an archive: as a backup with the index and all files under their stored names, or
 * with the current files under their real names. Each file is compared with the index, and the archive gets its name
 * when it is complete.
 *
 * @module
 */

import type { Format, SomeFormat } from '../../formats/format.js';
import type { Inspection } from '../../model/artifact.js';
import type { Exported } from '../../model/exported.js';
import type { Plan } from '../../model/plan.js';
import { errorsFirst, type Problem } from '../../model/problem.js';
import { renderSha256Sums, SHA256SUMS } from '../../model/sha256sums.js';
import { compareText } from '../../model/site-path.js';
import type { Log } from '../ports/log.js';
import type { NewArchive, NewArchives } from '../ports/new-archives.js';
import type { ReadableSite, SiteSource } from '../ports/site-source.js';
import { requireFormat } from '../read-index.js';
import { filesOfState, readState } from '../read-state.js';
import { lookFor, wantedPayloads, type StoredPayload } from '../stored-payloads.js';
import { addPayloads, type PayloadPorts } from './add-payloads.js';
import { applicationContents } from './application-contents.js';
import { backupContents } from './backup-contents.js';
import type { ExportedPayload } from './contents.js';
import { refuseErrors, wordsFor } from './refusal.js';
import type { ExportSettings } from './settings.js';

export interface ExportPorts extends PayloadPorts {
  readonly archives: NewArchives;
  readonly log: Log;
}

/**
 * Exports a site.
 *
 * @param formats the formats that the site may have; the first one whose index it has is used
 * @throws {UserError} `refused` if a current file is lost or damaged, or if a backup needs an index that was not stored;
 *   `usage` if the format has no folder of an application, or if the history does not list the moment; the archive is not
 *   written then
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
    const format = await requireFormat(site, formats, source, ports.log);
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
  const { kind, at, file, siteUrl = site.served?.url, usualUrl } = settings;
  const words = wordsFor(at, site);
  const isBackup = kind === 'backup';
  const state = await readState(format, site, at);
  const wanted = wantedPayloads(format, state.index, siteUrl, isBackup, words);
  const contents = isBackup
    ? await backupContents(format, site, state, wanted.payloads, words)
    : applicationContents(
        format,
        state.index,
        wanted.payloads,
        settings.platforms,
        siteUrl ?? usualUrl,
        words,
      );
  const stored = filesOfState(site, state);
  const found = await lookFor(
    stored,
    contents.payloads.map(({ payload }) => payload),
    words,
  );
  const problems: Problem[] = [...wanted.problems, ...contents.problems, ...found.problems];
  refuseErrors(problems);

  const sums = new Map<string, string>();
  const add: NewArchive['add'] = async (name, content, isExecutable) => {
    const sum = await archive.add(name, content, isExecutable);
    sums.set(name, sum);
    return sum;
  };
  for (const { path, bytes } of contents.head) await add(path, bytes, false);
  const files = foundFiles(contents.payloads, found.payloads);
  const lost = await addPayloads(stored, format, files, add, words, ports);
  problems.push(...lost);
  if (isBackup) await add(SHA256SUMS, Buffer.from(renderSha256Sums(sums)), false);
  const bytes = await archive.finish();
  return {
    file,
    kind,
    files: sums.size,
    bytes,
    elsewhere: wanted.elsewhere,
    channels: format.channels?.recorded(state.index) ?? [],
    problems: errorsFirst(problems),
  };
}

/** Returns the files that the place has, with their sizes, in the order of their names. */
function foundFiles(
  all: readonly ExportedPayload[],
  found: readonly StoredPayload[],
): readonly ExportedPayload[] {
  const known = new Map(found.map((payload) => [payload.storedPath, payload]));
  return all
    .flatMap((file) => {
      const payload = known.get(file.payload.storedPath);
      return payload ? [{ ...file, payload }] : [];
    })
    .sort((a, b) => compareText(a.name, b.name));
}
