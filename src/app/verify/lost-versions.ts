import type { Format } from '../../formats/format.js';
import type { ListedVersion, VerificationRules } from '../../formats/verification.js';
import type { Inspection } from '../../model/artifact.js';
import { judged, skipped, type Check, type Finding } from '../../model/check.js';
import { count } from '../../model/humanize.js';
import type { Plan } from '../../model/plan.js';
import { UserError } from '../../model/user-error.js';
import type { Progress } from '../ports/log.js';
import type { PastState, SitePast } from '../ports/site-source.js';
import { MAX_STATES, readableStates } from '../read-history.js';
import type { VerifySettings } from './settings.js';

/** Number of digits of a commit that are shown. */
const COMMIT_DIGITS = 12;

/**
 * Checks whether the index still lists all versions that earlier states of it listed.
 *
 * @param past `undefined` if the place does not keep earlier states
 */
export async function lostVersions<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  rules: Pick<VerificationRules<Index>, 'versionsOf'>,
  past: SitePast | undefined,
  { previous }: Pick<VerifySettings, 'previous'>,
  progress: Progress,
): Promise<Check> {
  if (previous !== 'content')
    return skipped('lost-versions', 'Earlier states of the index are read only with --history.');
  if (!past)
    return skipped(
      'lost-versions',
      'This place does not keep earlier states of the index: name the branch that the site is published from.',
    );
  try {
    return judged(
      'lost-versions',
      await findLost(format, rules, past, progress),
      (versions) => `The index has lost ${count(versions, 'version')} that users may have installed.`,
    );
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'cancelled') throw error;
    const reason = `The earlier states of the index cannot be read: ${error.message}`;
    return { name: 'lost-versions', status: 'failed', reason, findings: [] };
  }
}

async function findLost<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  { versionsOf }: Pick<VerificationRules<Index>, 'versionsOf'>,
  past: SitePast,
  progress: Progress,
): Promise<readonly Finding[]> {
  const states = await past.statesOf(format.indexPaths, MAX_STATES);
  const task = progress.start('Reading earlier states', states.length, 'states');
  const seen = new Set<string>();
  const lost: Finding[] = [];
  let later: PastState | undefined;
  // Newest first, so that the first state that lists a version is the last one before it was lost.
  for await (const { state, index } of readableStates(format, past, states)) {
    for (const version of versionsOf(index)) {
      if (seen.has(version.key)) continue;
      seen.add(version.key);
      if (later && version.isTemporary !== true) lost.push(findingOf(version, later));
    }
    later = state;
    task.advance(1);
  }
  task.done();
  return lost;
}

function findingOf({ name }: ListedVersion, { id }: PastState): Finding {
  return { path: name, message: `the commit ${id.slice(0, COMMIT_DIGITS)} has removed it from the index` };
}
