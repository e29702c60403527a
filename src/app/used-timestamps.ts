import type { Format } from '../formats/format.js';
import type { Inspection } from '../model/artifact.js';
import type { Plan } from '../model/plan.js';
import type { PlanMoment } from '../model/plan-moment.js';
import { dateOf, nextTimestamp, type Timestamp } from '../model/timestamp.js';
import type { ReadableSite } from './ports/site-source.js';
import { readableStates } from './read-history.js';

/** Maximum number of stored states to look back: a timestamp is ahead of the clock only for some hours. */
const MAX_STATES = 25;

/**
 * Plans a publication with a timestamp that the site has not used, even if its index has lost the version, as after
 * `git revert`. Caches and clients may still know the stored name with this timestamp for the lost content.
 *
 * Reads the earlier states only if the planned timestamp is ahead of the clock and one second after a version.
 * Otherwise, it is that of the clock, or so late because of the time of the last commit, and earlier states have only
 * earlier ones.
 *
 * @param indexes of the states whose versions the plan takes into account
 * @param makePlan called again if the timestamp has been used
 */
export async function planUnused<Index, I extends Inspection, P extends Plan, O, Planned extends Stamped>(
  format: Format<Index, I, P, O>,
  { past }: Pick<ReadableSite, 'past'>,
  indexes: readonly Index[],
  moment: PlanMoment,
  makePlan: (moment: PlanMoment) => Planned | Promise<Planned>,
): Promise<Planned> {
  const plan = await makePlan(moment);
  const { timestamp } = plan;
  const publicationsOf = format.rollback?.moments?.publicationsOf;
  if (!past || !publicationsOf || timestamp <= moment.clock) return plan;
  const isNext = (stamp: Timestamp) => nextTimestamp(stamp) === timestamp;
  if (!indexes.some((index) => publicationsOf(index).some(isNext))) return plan;
  const used = new Set<Timestamp>();
  const states = await past.statesOf(format.indexPaths, MAX_STATES);
  for await (const { index } of readableStates(format, past, states))
    for (const stamp of publicationsOf(index)) if (dateOf(stamp) !== undefined) used.add(stamp);
  return used.has(timestamp) ? makePlan({ ...moment, used }) : plan;
}

/** A plan, as far as its timestamp is concerned. */
interface Stamped {
  readonly timestamp: Timestamp;
}
