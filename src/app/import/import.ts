/**
 * The use case that brings an existing site to another place: the index as it is, and the files under the same names,
 * each compared with the index. Everything is checked before the first file is fetched, and written in one step.
 *
 * @module
 */

import type { Format, SomeFormat } from '../../formats/format.js';
import type { Inspection } from '../../model/artifact.js';
import { count, describeBytes } from '../../model/humanize.js';
import { emptyOutcome, type Outcome } from '../../model/outcome.js';
import type { Plan } from '../../model/plan.js';
import type { Problem } from '../../model/problem.js';
import type { SitePath } from '../../model/site-path.js';
import { UserError } from '../../model/user-error.js';
import { failureProblem } from '../fetch-batch.js';
import { fetchPayloads, type FetchPorts } from '../fetch-payloads.js';
import { obstacleProblems } from '../obstacles.js';
import type { CopyFolder } from '../ports/files.js';
import type { Log, Runtime } from '../ports/log.js';
import type { ReadableSite, SiteSource } from '../ports/site-source.js';
import type { SiteStore } from '../ports/site-store.js';
import { readIndexFiles, requireFormat } from '../read-index.js';
import { refusalOf } from '../refusal.js';
import { unservedFiles } from '../unserved.js';
import { lookFor } from '../stored-payloads.js';
import { verifyPayloads } from '../verify-payloads.js';
import { channelNotices } from './channel-notices.js';
import { budgetProblems, lackingIn } from './new-place.js';
import type { ImportSettings } from './settings.js';
import { readSites, type SiteToImport } from './sites.js';
import { wordsFor } from './words.js';

export interface ImportPorts extends FetchPorts {
  readonly store: SiteStore;
  /**
   * Opens the folder for copies of a site, which stays after a failure.
   *
   * @param key identifies the site and its state
   */
  readonly copies: (key: readonly Uint8Array[]) => Promise<CopyFolder>;
  readonly runtime: Pick<Runtime, 'now'>;
  readonly log: Log;
}

/**
 * Imports a site.
 *
 * @param formats the formats that the site may have; the first one whose index it has is used
 * @returns the outcome; if its problems include errors, nothing was written
 * @throws {UserError} if a place cannot be read or written, or if the new one already has another site
 */
export async function importSite(
  source: SiteSource,
  formats: readonly SomeFormat[],
  settings: ImportSettings,
  ports: ImportPorts,
): Promise<Outcome> {
  ports.log.detail(`Reading ${source.description}.`);
  const from = await source.open(false);
  const format = await requireFormat(from, formats, source, ports.log);
  return format((chosen) => importAs(chosen, source.description, from, settings, ports));
}

async function importAs<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  where: string,
  from: ReadableSite,
  settings: ImportSettings,
  ports: ImportPorts,
): Promise<Outcome> {
  const { store, log } = ports;
  const { preview, history, failOn, siteUrl } = settings;
  const words = wordsFor(from);
  const stored = await readIndexFiles(from, format);
  const index = format.parseIndex(stored);
  const base: Outcome = {
    ...emptyOutcome(format.name, preview ? 'preview' : 'publication', store.description),
    siteUrl,
    isMove: true,
  };
  const old = { where, from, stored, index };
  const sites = await readSites(format, old, { history, siteUrl, now: ports.runtime.now(), words });
  if (!sites) return { ...base, refusal: 'errors', problems: [NO_SITE_URL] };

  const to = await store.open(!preview);
  const { added, missing, replaced } = await lackingIn(format, store, to, sites);
  const isThere = added.length === 0;
  const found = await lookFor(from, [...added.flatMap((site) => site.payloads), ...missing], words);
  const problems = [
    ...sites.flatMap((site) => site.problems),
    ...found.problems,
    ...(await budgetProblems(store, to, found.payloads)),
    ...(await obstacleProblems(to, found.payloads)),
    ...unservedFiles(to, found.payloads),
  ];
  const isChanged = !isThere || found.payloads.length > 0;
  const about = (payloads: readonly Stored[]): Partial<Outcome> => ({
    changes: added.flatMap(({ changes }) => changes),
    changed: isChanged,
    notices: [
      noticeOf(where, payloads, sites),
      ...replaced.map((place) => replacing(place, format.clientsCompareStamps)),
      ...channelNotices(format.channels, old, sites),
    ],
    ...(isThere ? { restored: payloads.map(({ storedPath }) => storedPath) } : {}),
  });
  const refusal = refusalOf(problems, failOn);
  if (refusal) return { ...base, refusal, problems };
  if (preview || !isChanged) return { ...base, ...about(found.payloads), problems };

  log.info(`Fetching ${count(found.payloads.length, 'file')} from ${where}.`);
  const folder = await ports.copies([
    Buffer.from(where),
    ...sites.flatMap((site) => [...site.stored.values()]),
  ]);
  const fetched = await fetchPayloads(from, format.name, found.payloads, folder, ports);
  const all = [...problems, ...fetched.failed.map((failed) => failureProblem(failed, words))];
  const late = refusalOf(all, failOn);
  if (late) return { ...base, refusal: late, problems: all };

  const { payloads } = fetched;
  if (isThere && payloads.length === 0) {
    await folder.remove();
    return { ...base, ...about([]), changed: false, problems: all };
  }
  const paths = payloads.map(({ storedPath }) => storedPath);
  const restored = new Set<string>(missing.map(({ storedPath }) => storedPath));
  log.info(`Writing ${count(payloads.length, 'file')} to ${store.description}.`);
  const result = await store.publish(to, {
    payloads,
    restored: paths.filter((path) => restored.has(path)),
    verify: (copies) => verifyPayloads(copies, format.name, ports.inspector, ports.progress),
    removals: [],
    indexFiles: added.flatMap((site) => site.rendered),
    message: settings.message ?? messageOf(where, payloads, isThere),
    date: ports.runtime.now(),
  });
  if (result.status !== 'published') throw otherRun(store.description);
  await folder.remove();
  return {
    ...base,
    ...about(payloads),
    problems: all,
    commit: result.commit,
    publishedFiles: paths,
    publishedBytes: payloads.reduce((sum, { size }) => sum + size, 0),
  };
}

/** The index of the format contains the address of the site. */
const NO_SITE_URL: Problem = {
  severity: 'error',
  code: 'no-site-url',
  message: 'The public address of the new place is unknown, but the index must contain it.',
  hint: 'Set it with "site-url" (--site-url).',
};

/** A payload, with its size in bytes if it is known. */
interface Stored {
  readonly storedPath: SitePath;
  readonly size?: number | undefined;
}

function noticeOf(where: string, payloads: readonly Stored[], sites: readonly SiteToImport[]): string {
  const elsewhere = sites.reduce((sum, site) => sum + site.elsewhere, 0);
  const bytes = payloads.reduce((sum, { size = 0 }) => sum + size, 0);
  const rest =
    elsewhere === 0
      ? ''
      : ` ${count(elsewhere, 'file on another server stays', 'files on other servers stay')} there.`;
  return `From ${where}: ${count(payloads.length, 'file')} (${describeBytes(bytes)}), under the same names.${rest}`;
}

/** Returns a notice about an empty site, of which users may already have read the index. */
function replacing(description: string, clientsCompareStamps = false): string {
  const rest = clientsCompareStamps
    ? ' Users who have already added it must choose the files themselves: clients select only files that are newer than the index that they have read.'
    : '';
  return `The empty site that was in ${description} is replaced.${rest}`;
}

function messageOf(where: string, payloads: readonly unknown[], isThere: boolean): string {
  return isThere
    ? `Complete the import of the site\n\n${count(payloads.length, 'file')} from ${where}\n`
    : `Import the site\n\nFrom ${where}\n`;
}

function otherRun(description: string): UserError {
  return new UserError('race', `Another run changed ${description} during the import.`, {
    hint: 'Nothing was written. Run again: files that were fetched are kept.',
  });
}
