/**
 * Restores what a plugin repository offered earlier by a new publication: versions that were published since are
 * withdrawn, and versions that were withdrawn since are offered again, with their earlier entries. IDEs never install a
 * lower version, so those that have a version that was withdrawn keep it.
 *
 * @module
 */

import type { NeededPayload, RollbackPlan, RollbackRequest, RollbackRules } from '../../rollback.js';
import { formatNumber } from '../../../model/humanize.js';
import type { Problem } from '../../../model/problem.js';
import { listed, offeredVersions } from '../index/offers.js';
import { MAX_ROOT_TAG } from '../index/parse.js';
import { INDEX_PATH, type PublishedVersion, type Repository } from '../index/repository.js';
import { noticeOfNothing } from '../plan/removals.js';
import { createLocator } from '../verify/locate.js';
import { noticesOfBack, noticesOfChannel, noticesOfElsewhere, noticesOfGone } from './notices.js';
import { contentKey, restoredVersions, restoreRepository, type Restored } from './restore.js';

/** Restores earlier states of plugin repositories. Their indexes do not record earlier publications. */
export const ROLLBACK: RollbackRules<Repository> = {
  plan: planRollback,
  apply: restoreRepository,
};

function planRollback({ now, then, moment, siteUrl }: RollbackRequest<Repository>): RollbackPlan {
  const restored = restoredVersions(now, then);
  const after = restoreRepository(now, then);
  const offered = [...offeredVersions(after.versions)];
  const isOffered = has(offered);
  const wasOffered = has(offeredVersions(listed(now).versions));
  const current = now.versions.filter(({ state }) => state === 'offered');
  const isKnown = has(current);
  // Versions that are superseded in the current index are not read: no IDE is offered them.
  const back = restored.filter(({ version }) => !(isOffered(version) ? wasOffered : isKnown)(version));
  const shown = back.filter(({ version }) => isOffered(version));
  const stays = has(after.versions.filter(({ state }) => state === 'offered'));
  const gone = current.filter((version) => !version.borrowed && !stays(version));
  const locate = createLocator(then, siteUrl);
  return {
    timestamp: moment.now,
    needed: neededFor(back, locate),
    notices: [
      ...noticesOfGone(gone, offered),
      ...noticesOfBack(shown.map(({ version }) => version)),
      ...noticesOfElsewhere(shown.flatMap((one) => locate(one.then)?.url ?? [])),
      ...noticesOfChannel(now, then),
      ...noticeOfNothing(current, after.versions),
    ],
    problems: problemsOfRoot(after),
  };
}

/** Reports a root element that could not be read again: it has the earlier attributes, and the prefixes of both states. */
function problemsOfRoot({ rootTag }: Repository): readonly Problem[] {
  if (rootTag.length <= MAX_ROOT_TAG) return [];
  return [
    {
      severity: 'error',
      code: 'limit',
      path: INDEX_PATH,
      message: `The root tag of ${INDEX_PATH} would have ${formatNumber(rootTag.length)} characters, because it declares the prefixes of both states; at most ${formatNumber(MAX_ROOT_TAG)} are read.`,
      hint: `Remove prefixes (xmlns:…) that nothing uses from the root element of the current ${INDEX_PATH}, and run again.`,
    },
  ];
}

/** Returns the archives of versions on the site, each once. */
function neededFor(
  versions: readonly Restored[],
  locate: ReturnType<typeof createLocator>,
): readonly NeededPayload[] {
  const needed = new Map<string, NeededPayload>();
  for (const { then, version } of versions) {
    const from = locate(then)?.storedPath;
    if (from === undefined) continue;
    const { path: storedPath = from, checksum, size } = version.archive ?? {};
    const checksums = checksum === undefined ? [] : [checksum];
    needed.set(storedPath, { from, storedPath, path: storedPath, checksums, size });
  }
  return [...needed.values()];
}

/** Returns a function that finds out whether a version with the same archive in the same place is among some versions. */
function has(versions: Iterable<PublishedVersion>): (version: PublishedVersion) => boolean {
  const keys = new Set([...versions].map(contentKey));
  return (version) => keys.has(contentKey(version));
}
