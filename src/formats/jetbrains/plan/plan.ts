/**
 * Plans the changes of a plugin repository: new versions, withdrawn versions, and versions beyond `keep`. Applies a
 * plan to the index.
 *
 * @module
 */

import type { InspectedArtifact } from '../../../model/artifact.js';
import type { Payload } from '../../../model/plan.js';
import type { Problem } from '../../../model/problem.js';
import { compareText, type SitePath } from '../../../model/site-path.js';
import type { PlanRequest } from '../../format.js';
import type { PluginInspection } from '../descriptor/plugin-archive.js';
import { archivePathIn } from '../index/archive-path.js';
import type { Repository } from '../index/repository.js';
import type { JetBrainsOptions } from '../options.js';
import { newestBranchAt } from '../newest-branch.js';
import { compareVersions } from '../plugin-version.js';
import { signatureProblems } from './signature-checks.js';
import { placeOf, type ArchivePlaces } from './archive-place.js';
import { planArchive, duplicateVersions, checkContextOf, type PlannedArchive } from './planned-archives.js';
import { versionsAfter, type JetBrainsChange, type JetBrainsPlan } from './change.js';
import { addressProblems, documentTypeProblem, olderThanPublished, withoutNewest } from './checks.js';
import { elsewhereOf, noticeOfElsewhere, sameAddress } from './elsewhere.js';
import {
  archivesToRemove,
  beyondKept,
  noticeOfNothing,
  noticeOfOlder,
  noticeOfRemoved,
  removalsOf,
  withdrawalBeyond,
} from './removals.js';
import { publishedVersionOf, decideChange } from './decide-change.js';
import { variantProblems } from './variant-checks.js';

/** The input of a plan. */
export type JetBrainsPlanRequest = PlanRequest<Repository, PluginInspection, JetBrainsOptions>;

/** Plans a publication, and checks whether it is allowed (spec, sections 4 and 5). */
export function planRepository(request: JetBrainsPlanRequest): JetBrainsPlan {
  const { index, now, missing, siteUrl, options } = request;
  const { archiveUrl, keep } = options;
  const places: ArchivePlaces = { siteUrl, archiveUrl };
  const newestBranch = options.newestBranch ?? newestBranchAt(now);
  const problems: Problem[] = [];
  if (index.hadDocumentType) problems.push(documentTypeProblem());
  const context = checkContextOf(index, Math.max(newestBranch, newestBranchAt(now)));
  const all = [...request.artifacts].sort(byVersion).map((artifact) => planArchive(artifact, context));
  const leftOut = request.defaultFiles ? archivesToRemove(all, request.remove, index) : [];
  const checked = all.filter(({ planned }) => !planned || !leftOut.includes(planned));
  problems.push(...checked.flatMap((each) => each.problems));
  const archives = checked.flatMap(({ planned }) => planned ?? []);
  const isHere = (planned: PlannedArchive) =>
    placeOf(planned, publishedVersionOf(planned.descriptor, index.versions), places).path !== undefined;
  const needsAddress = places.archiveUrl === undefined ? checked.length > 0 : archives.some(isHere);
  problems.push(...addressProblems(places.siteUrl, needsAddress));
  problems.push(...duplicateVersions(archives));
  const current = index.versions.filter(({ state }) => state === 'offered');
  const steps: Step[] = [];
  const restored: Payload[] = [];
  let unchanged = 0;
  for (const planned of archives) {
    const decision = decideChange(planned, index, places);
    if (decision === undefined) unchanged++;
    else if ('problem' in decision) problems.push(decision.problem);
    else steps.push({ planned, change: decision });
    const lost = missing.size > 0 ? archiveLike(planned, index) : undefined;
    if (lost !== undefined && missing.has(lost)) restored.push(payloadOf(planned, lost));
  }
  const removals = removalsOf(request.remove, index, archives);
  problems.push(...removals.problems);
  const { kept, dropped, outdated } = divideByKeep(index, steps, removals.changes, keep);
  const changes = [...kept.map(({ change }) => change), ...removals.changes, ...outdated];
  for (const { planned } of kept) problems.push(...olderThanPublished(planned, current));
  const after = versionsAfter(index, changes);
  const elsewhere = kept.flatMap(({ change, planned }) => elsewhereOf(change, planned));
  problems.push(
    ...signatureProblems(
      kept.flatMap(({ planned, change }) => (change.kind === 'metadata' ? [] : planned)),
      current,
    ),
  );
  problems.push(...sameAddress(elsewhere, after));
  const ids = new Set(kept.map(({ change }) => change.published.entry.id));
  problems.push(...withoutNewest(after, ids, newestBranch));
  problems.push(
    ...variantProblems(
      kept.map(({ planned }) => planned),
      after,
    ),
  );
  return {
    timestamp: now,
    changes,
    unchanged,
    skipped: [],
    payloads: [
      ...kept.flatMap(({ planned, change }) =>
        change.kind === 'metadata' || change.published.archive?.path === undefined
          ? []
          : [payloadOf(planned, change.published.archive.path)],
      ),
      ...restored,
    ],
    elsewhere,
    restored: restored.map(({ storedPath }) => storedPath),
    // By now, clients have replaced the index from before the last publication.
    removals: changes.length === 0 ? [] : outdatedArchives(index, changes),
    notices: [
      ...noticeOfRemoved(leftOut),
      ...noticeOfOlder(
        dropped.map(({ planned }) => planned),
        keep,
      ),
      ...noticeOfElsewhere(elsewhere),
      ...noticeOfNothing(current, after),
    ],
    problems,
    newestBranch,
  };
}

/** Sorts by id, then oldest version first, so that the variants of a version are adjacent. */
function byVersion(
  { inspection: { descriptor: a } }: InspectedArtifact<PluginInspection>,
  { inspection: { descriptor: b } }: InspectedArtifact<PluginInspection>,
): number {
  return compareText(a?.id ?? '', b?.id ?? '') || compareVersions(a?.version ?? '', b?.version ?? '');
}

/** An archive with its planned change. */
interface Step {
  readonly planned: PlannedArchive;
  readonly change: JetBrainsChange;
}

/**
 * Separates the steps that `keep` retains from the others. A version that would be withdrawn at once is not published
 * at all, so that repeating the publication changes nothing.
 */
function divideByKeep(
  index: Repository,
  steps: readonly Step[],
  removals: readonly JetBrainsChange[],
  keep: number | undefined,
): {
  readonly kept: readonly Step[];
  readonly dropped: readonly Step[];
  /** The withdrawals of versions that were offered until now. */
  readonly outdated: readonly JetBrainsChange[];
} {
  const planned = steps.map(({ change }) => change);
  const beyond = beyondKept(versionsAfter(index, [...planned, ...removals]), keep);
  const kept = steps.filter(({ change }) => !beyond.has(change.published));
  const dropped = steps.filter(({ change }) => beyond.has(change.published));
  const added = new Set(planned.map(({ published }) => published));
  const outdated = [
    ...[...beyond].filter((version) => !added.has(version)),
    ...dropped.flatMap(({ change: { before } }) => (before?.state === 'offered' ? [before] : [])),
  ];
  return { kept, dropped, outdated: outdated.map((version) => withdrawalBeyond(version, keep)) };
}

function payloadOf({ artifact, inspection }: PlannedArchive, path: SitePath): Payload {
  const { file, modified } = artifact;
  const { size, checksum } = inspection;
  return { storedPath: path, path, file, size, modified, checksum };
}

/** Returns the archives of versions that were withdrawn before, unless another entry leads to them. */
function outdatedArchives(index: Repository, changes: readonly JetBrainsChange[]): readonly SitePath[] {
  const withdrawn = index.versions.filter(({ state }) => state === 'withdrawn');
  if (withdrawn.length === 0) return [];
  const needed = new Set(
    versionsAfter(index, changes).flatMap(({ entry, archive, borrowed }) =>
      borrowed ? [] : [archivePathIn(entry.url), archive?.path],
    ),
  );
  return withdrawn.flatMap(({ archive }) =>
    archive?.path !== undefined && !needed.has(archive.path) ? archive.path : [],
  );
}

/** Returns the path of the offered archive that has the same bytes as a planned one, or `undefined` if none does. */
function archiveLike(
  { descriptor, inspection }: PlannedArchive,
  { versions }: Repository,
): SitePath | undefined {
  const { id, version } = descriptor;
  const published = versions.find(({ entry, archive, state }) => {
    const isSame = archive?.checksum === inspection.checksum && archive.size === inspection.size;
    return isSame && state === 'offered' && entry.id === id && entry.version === version;
  });
  return published?.archive?.path;
}
