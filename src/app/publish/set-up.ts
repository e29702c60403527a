import type { Format } from '../../formats/format.js';
import type { Inspection } from '../../model/artifact.js';
import { emptyOutcome, type Outcome } from '../../model/outcome.js';
import type { Plan } from '../../model/plan.js';
import { withLevels } from '../../model/problem-levels.js';
import { SET_UP_MESSAGE } from '../../report/commit-message.js';
import type { Log, Runtime } from '../ports/log.js';
import type { SiteStore } from '../ports/site-store.js';
import { refusalOf } from '../refusal.js';
import { requireNothingStored } from '../require-no-payloads.js';
import { publicationBelow } from '../channel-folder.js';
import { describeChannel, recordChannels } from '../channels.js';
import { otherSiteProblems } from './other-sites.js';
import { MAX_ATTEMPTS, tooManyRaces, waitAfterLostRace } from './races.js';
import { channelMoment, readSite } from './read-site.js';
import type { Settings } from './settings.js';

/**
 * Sets up an empty site: writes its index, so that users can already add its address. A site that exists stays as it
 * is, so that a workflow may repeat this.
 *
 * @returns the result of the run; if its problems include errors, nothing was written
 * @throws {UserError} if the site cannot be read or written, or has lost its index
 */
export async function setUpSite<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  options: O,
  settings: Settings,
  { store, runtime, log }: { readonly store: SiteStore; readonly runtime: Runtime; readonly log: Log },
): Promise<Outcome> {
  const { channel, config, preview } = settings;
  const where = describeChannel(store.description, channel);
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    log.detail(`Reading ${where}.`);
    const site = await store.open(!preview);
    const date = runtime.now();
    const moment = channelMoment(settings, date);
    const state = await readSite(site, channel, store, moment, format, options);
    const { snapshot, isFirst, channels, stored, above } = state;
    if (isFirst && !store.isAtomic) await requireNothingStored(snapshot, format, where);
    const others = isFirst
      ? await otherSiteProblems(snapshot, where, format.indexPaths[0], new Set(channels.keys()))
      : [];
    const problems = withLevels([...(config?.problems ?? []), ...others], config?.config.problems ?? {});
    const refusal = refusalOf(problems, settings.failOn);
    const outcome: Outcome = {
      ...emptyOutcome(settings.format, preview ? 'preview' : 'publication', where),
      isSetUp: true,
      changed: isFirst && !refusal,
      refusal,
      siteUrl: settings.siteUrl,
      siteName: config?.config.name,
      siteDescription: config?.config.description,
      problems,
    };
    if (preview || !outcome.changed) return outcome;
    const publication = {
      payloads: [],
      restored: [],
      verify: () => Promise.resolve(),
      removals: [],
      // A channel begins with the offer of its site.
      indexFiles: format.renderIndex(above ? above.channel : recordChannels(format, stored, channels)),
      message: settings.message ?? SET_UP_MESSAGE,
      date,
    };
    log.info(`Writing the index to ${where}.`);
    const whole =
      channel === undefined ? publication : publicationBelow(publication, channel, above?.record ?? []);
    const result = await store.publish(site, whole);
    if (result.status === 'published') return { ...outcome, commit: result.commit };
    await waitAfterLostRace(attempt, runtime, log);
  }
  throw tooManyRaces(store);
}
