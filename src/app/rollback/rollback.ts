/**
 * The use case that undoes publications: a new publication that offers what the site offered at an earlier moment. The
 * index never moves back.
 *
 * @module
 */

import type { Format, SomeFormat } from '../../formats/format.js';
import type { RollbackRules } from '../../formats/rollback.js';
import type { Inspection } from '../../model/artifact.js';
import { emptyOutcome, type Outcome } from '../../model/outcome.js';
import type { Plan } from '../../model/plan.js';
import type { PlanMoment } from '../../model/plan-moment.js';
import { timestampOf } from '../../model/timestamp.js';
import { UserError } from '../../model/user-error.js';
import { commitMessage } from '../../report/commit-message.js';
import { checkBudget } from '../budget.js';
import { followedAbove, followingChannels, NO_CHANNELS, readChannels } from '../channels.js';
import type { FetchPorts } from '../fetch-payloads.js';
import { findMoment, nameOf, type FoundMoment } from '../find-moment.js';
import { obstacleProblems } from '../obstacles.js';
import type { TempFolder, TempFolders } from '../ports/files.js';
import type { Log, Runtime } from '../ports/log.js';
import type { Publication, SiteSnapshot, SiteStore } from '../ports/site-store.js';
import { readHistory } from '../read-history.js';
import { readIndexFiles, requireFormat } from '../read-index.js';
import { refusalOf } from '../refusal.js';
import { unservedFiles } from '../unserved.js';
import { planUnused } from '../used-timestamps.js';
import { verifyPayloads } from '../verify-payloads.js';
import { fetchNeeded } from './fetch-needed.js';
import type { RollbackSettings } from './settings.js';
import { GO_BACK, undoing } from './undone.js';

export interface RollbackPorts extends FetchPorts {
  readonly store: SiteStore;
  readonly temp: TempFolders;
  readonly runtime: Pick<Runtime, 'now'>;
  readonly log: Log;
}

/**
 * Goes back to an earlier state of a site.
 *
 * @param formats the formats that the site may have; the first one whose index it has is used
 * @returns the outcome; if its problems include errors, nothing was written
 * @throws {UserError} `usage` if the history does not list the state, or another one if the place cannot be read or written
 */
export async function rollBack(
  formats: readonly SomeFormat[],
  settings: RollbackSettings,
  ports: RollbackPorts,
): Promise<Outcome> {
  const { store } = ports;
  const site = await store.open(!settings.preview);
  const format = await requireFormat(site, formats, store, ports.log);
  return format((chosen) => rollBackAs(chosen, site, settings, ports));
}

async function rollBackAs<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  site: SiteSnapshot,
  settings: RollbackSettings,
  ports: RollbackPorts,
): Promise<Outcome> {
  const { store, temp, log } = ports;
  const rules = requireRules(format, site, store.description);
  const then = await findMoment(readHistory(format, site), settings.target);
  const files = await readIndexFiles(site, format);
  const stored = format.parseIndex(files);
  const now = await followedAbove(site, files, stored, format, timestampOf(ports.runtime.now()));
  const folder = await temp.make();
  try {
    const request = { format, rules, site, stored, now, then, settings, ports };
    const { outcome, publication } = await prepare(request, folder);
    if (settings.preview || !publication) return outcome;
    log.info(`Going back to ${nameOf(then)} in ${store.description}.`);
    const result = await store.publish(site, publication);
    if (result.status === 'published') return { ...outcome, commit: result.commit };
    throw new UserError('race', `Another run changed ${store.description} during the rollback.`, {
      hint: 'Nothing was changed. Look at the history again: the last publication may be another one now.',
    });
  } finally {
    await folder.remove();
  }
}

/** @throws {UserError} `usage` if sites of this format cannot be rolled back, or not in this place */
function requireRules<Index, I extends Inspection, P extends Plan, O>(
  { rollback: rules, name }: Format<Index, I, P, O>,
  site: SiteSnapshot,
  description: string,
): RollbackRules<Index> {
  if (!rules)
    throw new UserError('usage', `Sites of the format ${name} cannot be rolled back.`, {
      hint: 'Publish the earlier files again with a higher version.',
    });
  if (rules.moments || site.past) return rules;
  throw new UserError('usage', `Earlier states of ${description} are not known.`, {
    hint: `An index of the format ${name} does not record them, so only a site on a branch of a git repository can be rolled back. Publish the earlier files again with a higher version.`,
  });
}

interface Restoration<Index, I extends Inspection, P extends Plan, O> {
  readonly format: Format<Index, I, P, O>;
  readonly rules: RollbackRules<Index>;
  readonly site: SiteSnapshot;
  /** The index as it is stored. */
  readonly stored: Index;
  /** The same; for a channel, with everything that the site above offers. */
  readonly now: Index;
  readonly then: FoundMoment<Index>;
  readonly settings: RollbackSettings;
  readonly ports: RollbackPorts;
}

/** Returns what the rollback changes, and the publication that does so, if it changes something. Writes nothing. */
async function prepare<Index, I extends Inspection, P extends Plan, O>(
  { format, rules, site, stored, now, then, settings, ports }: Restoration<Index, I, P, O>,
  folder: TempFolder,
): Promise<{ readonly outcome: Outcome; readonly publication: Publication | undefined }> {
  const { store, runtime } = ports;
  const { siteUrl } = settings;
  const date = runtime.now();
  const { index, isExact } = then;
  const plan = await planUnused(format, site, [now, index], momentOf(settings, date), (moment) =>
    rules.plan({ now, then: index, isExact, moment, siteUrl }),
  );
  const { timestamp } = plan;
  const fetched = await fetchNeeded(site, then.commit, format.name, plan.needed, folder, ports);
  const { payloads } = fetched;
  const after = rules.apply(now, index, timestamp, fetched.contents);
  // Without the contents, the changes would have wrong sizes.
  const isWhole = fetched.problems.length === 0;
  const changes = isWhole ? format.explain(format.compare(stored, after), stored, after) : [];
  const channels = changes.length > 0 ? await readChannels(site, format) : NO_CHANNELS;
  const following = followingChannels(channels, after, format, { now: timestamp, siteUrl }, undefined);
  const usage =
    store.budget && payloads.length > 0 ? await site.usage?.(format.storedSizes(stored)) : undefined;
  const problems = [
    ...plan.problems,
    ...fetched.problems,
    ...following.problems,
    ...(await obstacleProblems(site, payloads)),
    ...unservedFiles(site, payloads),
    ...(usage ? checkBudget(store.budget, usage, payloads) : []),
  ];
  const refusal = refusalOf(problems, settings.failOn);
  const changed = changes.length > 0 && !refusal;
  const { last } = then;
  const offersSame = (earlier: Index) =>
    last !== undefined &&
    format.compare(earlier, last.index).every(({ details }) => details?.isSameForUsers === true);
  const undone =
    changes.length > 0 && last ? [await undoing(last, readHistory(format, site), offersSame)] : [];
  const notices = [...undone, ...plan.notices];
  const outcome: Outcome = {
    ...emptyOutcome(format.name, settings.preview ? 'preview' : 'publication', store.description),
    changed,
    refusal,
    timestamp: changed ? timestamp : undefined,
    siteUrl,
    changes,
    problems,
    publishedFiles: changed ? payloads.map(({ storedPath }) => storedPath) : [],
    publishedBytes: changed ? payloads.reduce((sum, { size }) => sum + size, 0) : 0,
    ...(changed && following.names.length > 0 ? { broughtUpToDate: following.names } : {}),
    ...(notices.length > 0 && (settings.preview || !refusal) ? { notices } : {}),
    offers: isWhole ? format.compareOffers?.(stored, after) : undefined,
    diff: isWhole ? format.diff(stored, after) : undefined,
  };
  if (!changed) return { outcome, publication: undefined };
  const message = `${GO_BACK} ${nameOf(then)}\n\n${bodyOf(commitMessage(changes, [], following.names))}`;
  const publication: Publication = {
    payloads,
    restored: [],
    verify: (copies) => verifyPayloads(copies, format.name, ports.inspector, ports.progress),
    // Clients may still use the index from before the rollback.
    removals: [],
    indexFiles: [...format.renderIndex(after), ...following.files],
    message: settings.message ?? message,
    date,
  };
  return { outcome, publication };
}

/** The rollback of a site needs no leads: it has no files that users have never had. */
function momentOf({ timestamp }: RollbackSettings, date: Date): PlanMoment {
  const clock = timestampOf(date);
  return { now: timestamp ?? clock, isGiven: timestamp !== undefined, clock, lastSeen: undefined };
}

/** Returns a commit message without its first line. */
function bodyOf(message: string): string {
  return message.slice(message.indexOf('\n\n') + 2);
}
