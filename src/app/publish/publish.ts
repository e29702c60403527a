/**
 * The use case of publication and preview: collect files, read the site, inspect, plan, check, render, publish.
 * After a lost race, it starts again with the new state of the site. The other files contain its steps.
 *
 * @module
 */

import type { Format } from '../../formats/format.js';
import type { Inspection } from '../../model/artifact.js';
import { count, describeBytes } from '../../model/humanize.js';
import type { Outcome, SiteSize } from '../../model/outcome.js';
import type { Plan } from '../../model/plan.js';
import { withLevels } from '../../model/problem-levels.js';
import type { Problem } from '../../model/problem.js';
import { timestampOf } from '../../model/timestamp.js';
import { commitMessage } from '../../report/commit-message.js';
import type { Runtime } from '../ports/log.js';
import type { Publication, SiteBudget, SiteSnapshot, SiteStore, SiteUsage } from '../ports/site-store.js';
import type { UpstreamIndexes } from '../ports/upstream-indexes.js';
import type { FilesElsewhere, PublishedDates } from '../ports/web-servers.js';
import { unservedFiles } from '../unserved.js';
import { readUpstream } from '../upstream.js';
import { checkBudget } from '../budget.js';
import { publicationBelow } from '../channel-folder.js';
import { describeChannel, followingChannels, recordChannels } from '../channels.js';
import { collectArtifacts } from './collect.js';
import { createElsewhereCheck } from './elsewhere.js';
import { watchDeployment } from './last-seen.js';
import { checkMissing, missingPayloads } from './missing-payloads.js';
import { obstacleProblems } from '../obstacles.js';
import { otherSiteProblems } from './other-sites.js';
import { outcomeOf } from './outcome.js';
import { createPlanner, type PreparationPorts } from './prepare.js';
import { MAX_ATTEMPTS, tooManyRaces, waitAfterLostRace } from './races.js';
import { channelMoment, readSite } from './read-site.js';
import { setUpSite } from './set-up.js';
import type { Settings } from './settings.js';
import { verifyPayloads } from '../verify-payloads.js';

export interface PublishPorts extends PreparationPorts {
  readonly store: SiteStore;
  readonly upstream: UpstreamIndexes;
  readonly dates: PublishedDates;
  readonly elsewhere: FilesElsewhere;
  readonly runtime: Runtime;
}

/**
 * Publishes, or previews a publication: collects the artifacts, reads them and the index of the site, plans, and
 * carries out the plan in one step. If another run has changed the site in the meantime, it plans again from the
 * new state.
 *
 * @returns the result of the run; if its problems include errors, nothing was written
 * @throws {UserError} if the artifacts or the site cannot be read, or the site cannot be written
 */
export function publish(settings: Settings, ports: PublishPorts): Promise<Outcome> {
  return settings.chosenFormat((format, options) =>
    settings.empty
      ? setUpSite(format, options, settings, ports)
      : publishAs(format, options, settings, ports),
  );
}

async function publishAs<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  options: O,
  settings: Settings,
  ports: PublishPorts,
): Promise<Outcome> {
  const { store, runtime, log } = ports;
  const lastSeenIn = watchDeployment(settings, format, ports.dates);
  const [collected, upstream] = await Promise.all([
    collectArtifacts(settings, format, ports.files, log),
    readUpstream(settings.upstream, format, ports.upstream, log),
  ]);
  let otherSites: readonly Problem[] | undefined;
  const checkElsewhere = createElsewhereCheck(settings, ports.elsewhere);
  const { channel } = settings;
  const where = describeChannel(store.description, channel);
  const planFor = createPlanner(settings, format, options, collected, upstream, ports);

  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    log.detail(`Reading ${where}.`);
    const site = await store.open(!settings.preview);
    const now = runtime.now();
    const moment = channelMoment(settings, now);
    const { snapshot, isFirst, channels, stored, above } = await readSite(
      site,
      channel,
      store,
      moment,
      format,
      options,
    );
    if (snapshot.isNew || (isFirst && channel !== undefined))
      log.info(`No site exists in ${where} yet: this is the first publication.`);
    otherSites ??= isFirst
      ? await otherSiteProblems(snapshot, where, format.indexPaths[0], new Set(channels.keys()))
      : [];
    const index = above ? above.channel : stored;
    const missing = await missingPayloads(snapshot, format.payloadsOf(index));
    const prepared = await planFor({
      index,
      snapshot,
      now: moment.now,
      isGiven: settings.timestamp !== undefined,
      clock: timestampOf(now),
      // Users cannot have read a site that does not exist yet.
      lastSeen: isFirst ? undefined : await lastSeenIn(snapshot, now),
      missing,
    });
    const plan: P = prepared.isComplete
      ? prepared.plan
      : { ...prepared.plan, changes: [], skipped: [], payloads: [], restored: [], notices: [] };
    const size = await sizeOf(store, snapshot, plan, () => format.storedSizes(index));
    const after =
      plan.changes.length === 0 ? index : recordChannels(format, format.apply(index, plan), channels);
    const following = followingChannels(channels, after, format, moment, options);
    const isOnlyFollowing = above?.isChanged === true && plan.changes.length === 0;
    const broughtUpToDate = isOnlyFollowing && channel !== undefined ? [channel] : following.names;
    const found = [
      ...prepared.problems,
      ...(above?.problems ?? following.problems),
      ...otherSites,
      ...(await checkElsewhere(prepared.problems, plan)),
      ...checkMissing(missing, format.payloadsOf(after), plan),
      ...(await obstacleProblems(snapshot, plan.payloads)),
      ...unservedFiles(snapshot, plan.payloads),
      ...budgetProblems(store, size, plan),
    ];
    const problems = withLevels(found, settings.config?.config.problems ?? {});
    const outcome = outcomeOf(settings, where, plan, problems, {
      broughtUpToDate,
      changes: format.explain(plan.changes, stored, after),
      offers: format.compareOffers?.(stored, after),
      siteSize: store.budget && size && siteSizeOf(size, store.budget, plan),
      diff: settings.wantsDiff ? format.diff(stored, after) : undefined,
    });
    if (settings.preview || !outcome.changed) return outcome;

    // The index already names payloads that are stored again under their old names, so it does not change.
    const isIndexChanged = plan.changes.length > 0 || isOnlyFollowing;
    const indexFiles = [...(isIndexChanged ? format.renderIndex(after) : []), ...following.files];
    const what = `${count(plan.payloads.length, 'file')} (${describeBytes(outcome.publishedBytes)})`;
    log.info(`Writing ${what}${indexFiles.length === 0 ? '' : ' and the index'} to ${where}.`);
    const publication: Publication = {
      payloads: plan.payloads,
      restored: plan.restored ?? [],
      verify: (copies) => verifyPayloads(copies, settings.format, ports.inspector, ports.progress),
      removals: plan.removals ?? [],
      indexFiles,
      message: settings.message ?? commitMessage(plan.changes, plan.restored, broughtUpToDate),
      date: runtime.now(),
    };
    const whole =
      channel === undefined ? publication : publicationBelow(publication, channel, above?.record ?? []);
    const result = await store.publish(site, whole);
    if (result.status === 'published') return { ...outcome, commit: result.commit };
    await waitAfterLostRace(attempt, runtime, log);
  }
  throw tooManyRaces(store);
}

/** Returns the current size of the site; `undefined` if it does not matter. */
async function sizeOf(
  store: SiteStore,
  snapshot: SiteSnapshot,
  plan: Plan,
  stated: () => ReadonlyMap<string, number>,
): Promise<SiteUsage | undefined> {
  return store.budget && snapshot.usage && plan.payloads.length > 0 ? snapshot.usage(stated()) : undefined;
}

function budgetProblems(store: SiteStore, size: SiteUsage | undefined, plan: Plan): readonly Problem[] {
  return size ? checkBudget(store.budget, size, plan.payloads) : [];
}

function siteSizeOf({ bytes, unmeasured }: SiteUsage, budget: SiteBudget, { payloads }: Plan): SiteSize {
  const added = payloads.reduce((sum, { size }) => sum + size, 0);
  return { bytes: bytes + added, unmeasured, maxBytes: budget.maxSiteBytes };
}
