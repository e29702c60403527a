/**
 * Plans a publication to an ImageJ site: which files are new, changed, renamed, restored or obsolete, and the
 * timestamp. Applies that to the index.
 *
 * @module
 */

import { USUAL_REASONS } from '../../../model/change.js';
import type { SkippedFile, OtherSize, Payload } from '../../../model/plan.js';
import type { Problem } from '../../../model/problem.js';
import type { SitePath } from '../../../model/site-path.js';
import type { PlanRequest } from '../../format.js';
import { isCurrent, type ImageJInspection } from '../artifacts/inspect.js';
import { pomOf } from '../artifacts/pom.js';
import { checkDangers } from '../checks/dangers.js';
import { fileAndFolderProblems } from '../checks/file-and-folder.js';
import { checkPom } from '../checks/pom.js';
import { unversionedPath } from '../file-name.js';
import { recordsByComponent, type RecordMap } from '../index/record-map.js';
import type { PluginRecord, SiteIndex } from '../index/site-index.js';
import { storedPath } from '../index/stored-path.js';
import { compareNewPaths, placementOf } from '../layout.js';
import { checkPaths, placeArtifacts, type PlacedArtifact } from '../placement/place.js';
import type { ImageJOptions } from '../options.js';
import { type ImageJPlan, type ImageJChange, NO_METADATA } from '../change.js';
import { replacementFor } from './missing-payloads.js';
import { leftOutComponents, massRemoval, planRemovals } from './removals.js';
import { decideShadowing } from './shadow.js';
import { chooseTimestamp } from './choose-timestamp.js';

/** Inputs for planning a publication. */
export type ImageJPlanRequest = PlanRequest<SiteIndex, ImageJInspection, ImageJOptions>;

/** Plans a publication, and finds the problems that may forbid it (spec, sections 3, 4 and 6). */
export function planPublication(request: ImageJPlanRequest): ImageJPlan {
  const { index, missing, completeSite, options } = request;
  const records = recordsByComponent(index);
  const placed = placeArtifacts(request.artifacts, index);
  const artifacts = placed.artifacts;
  const problems: Problem[] = [...placed.problems, ...checkPaths(artifacts, index)];
  const published = new Set(artifacts.map((artifact) => unversionedPath(artifact.path)));
  const kept = completeSite ? leftOutComponents(completeSite.leftOut, records) : NO_PATHS;
  const removals = planRemovals(request.remove, completeSite !== undefined, records, published, kept);
  problems.push(...removals.problems);
  if (!options.allowMassRemoval) problems.push(...massRemoval(removals.records, index));

  const placedAt = new Map<string, PlacedArtifact>();
  const changes: ImageJChange[] = [];
  const skipped: SkippedFile[] = [];
  const restored: Payload[] = [];
  const otherSizes: OtherSize[] = [];
  let unchanged = 0;
  for (const placedArtifact of artifacts) {
    const decision = decideChange(placedArtifact, records, request);
    if (decision.kind === 'unchanged') {
      unchanged++;
      problems.push(...checkPom(placedArtifact, false));
      const record = records.get(unversionedPath(placedArtifact.path));
      const found = replacementFor(record, placedArtifact, missing);
      if (typeof found === 'string') restored.push(payloadOf(placedArtifact, found));
      else if (found) otherSizes.push(found);
    } else if (decision.kind === 'skip') skipped.push({ path: placedArtifact.path, site: decision.site });
    else if (decision.kind === 'change') {
      const { change } = decision;
      changes.push(change);
      placedAt.set(change.path, placedArtifact);
      problems.push(...checkPom(placedArtifact, true));
    }
    if ('problem' in decision && decision.problem) problems.push(decision.problem);
  }
  const dangers = checkDangers(changes, removals.records, index, request.upstream);
  // Not all at once: a call takes only some 100,000 arguments.
  for (const removal of removals.records) changes.push(removalOf(removal));
  const clashes = fileAndFolderProblems(changes, index, request.upstream);

  const ordered = inOrder(changes, index);
  const { timestamp, notices, problems: stampProblems } = chooseTimestamp(ordered, records, request);
  return {
    timestamp,
    changes: ordered,
    unchanged,
    skipped,
    payloads: [
      ...restored,
      ...ordered.flatMap((change): Payload[] => {
        const placedArtifact = placedAt.get(change.path);
        if (placedArtifact === undefined || change.kind === 'remove') return [];
        return [payloadOf(placedArtifact, storedPath(placedArtifact.path, timestamp))];
      }),
    ],
    restored: restored.map((payload) => payload.storedPath),
    otherSizes,
    notices: ordered.length > 0 ? notices : [],
    problems: [...problems, ...dangers, ...clashes, ...stampProblems],
    artifacts,
    missing,
  };
}

const NO_PATHS: ReadonlySet<string> = new Set();

/** What to do with an artifact. */
type Decision =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'change'; readonly change: ImageJChange }
  | { readonly kind: 'skip'; readonly site: string; readonly problem: Problem | undefined }
  | { readonly kind: 'refuse'; readonly problem: Problem };

/** Decides what happens to a file, by the tables of the specification (sections 6 and 8). */
function decideChange(
  placed: PlacedArtifact,
  records: RecordMap,
  { upstream, options: { onShadow }, siteName }: ImageJPlanRequest,
): Decision {
  const { path, inspection } = placed;
  const component = unversionedPath(path);
  const record = records.get(component);
  if (record?.current) {
    const kind = kindOfUpdate(record, placed);
    return kind === undefined
      ? { kind: 'unchanged' }
      : { kind: 'change', change: changeOf(placed, record, kind, []) };
  }
  const decision = decideShadowing({ path, component, inspection }, upstream, onShadow, siteName);
  switch (decision.kind) {
    case 'skip':
      return { kind: 'skip', site: decision.to.site.name, problem: decision.problem };
    case 'refuse':
      return { kind: 'refuse', problem: decision.problem };
    case 'publish': {
      const how: KindAndReason = record
        ? {
            kind: 'revive',
            reason: 'it was obsolete and is restored; users who no longer have it are not offered it',
          }
        : { kind: 'add', reason: decision.reason ?? USUAL_REASONS.added };
      return { kind: 'change', change: changeOf(placed, record, how, decision.inherits) };
    }
  }
}

/** @param stored path of the payload on the site, timestamp included */
function payloadOf({ path, artifact, inspection }: PlacedArtifact, stored: SitePath): Payload {
  const { file, modified } = artifact;
  const { size, checksum } = inspection;
  return { storedPath: stored, path, file, size, modified, checksum };
}

type KindAndReason = Pick<ImageJChange, 'kind' | 'reason'>;

/** Returns what happens to a file that the site has; `undefined` if it stays as it is. */
function kindOfUpdate(record: PluginRecord, { path, inspection }: PlacedArtifact): KindAndReason | undefined {
  if (isCurrent(record, inspection)) {
    return record.filename === path ? undefined : { kind: 'rename', reason: USUAL_REASONS.renamed };
  }
  const counted = [inspection.checksum, ...(inspection.historicalChecksums ?? [])];
  const isOld = record.previous.some((version) => counted.includes(version.checksum));
  return {
    kind: 'update',
    reason: isOld ? 'an earlier content is published again' : USUAL_REASONS.changed,
  };
}

function changeOf(
  { path, artifact, inspection, reason }: PlacedArtifact,
  record: PluginRecord | undefined,
  how: KindAndReason,
  inherits: readonly PluginRecord[],
): ImageJChange {
  const pom = pomOf(inspection);
  return {
    kind: how.kind,
    // If the user did not name a destination, the plan explains it.
    reason: reason === undefined ? how.reason : `${how.reason}; ${reason}`,
    path,
    ...(record && record.filename !== path ? { previousPath: record.filename } : {}),
    checksum: inspection.checksum,
    size: inspection.size,
    component: unversionedPath(path),
    placement: placementOf(path, artifact.executable),
    metadata: pom && 'pom' in pom ? pom.pom : NO_METADATA,
    coordinate: inspection.coordinate,
    inherits,
  };
}

function removalOf({ record, reason }: { record: PluginRecord; reason: string }): ImageJChange {
  return {
    kind: 'remove',
    path: record.filename,
    reason,
    component: unversionedPath(record.filename),
    placement: {
      executable: record.executable,
      platforms: record.platforms.map((platform) => platform.text),
    },
    metadata: NO_METADATA,
    coordinate: undefined,
    inherits: [],
  };
}

/** Sorts changes: files of the site in its order, then new ones (spec, sections 5 and 9.5). */
export function inOrder(changes: readonly ImageJChange[], index: SiteIndex): readonly ImageJChange[] {
  const rank = new Map(index.records.map((record, at) => [unversionedPath(record.filename), at]));
  const rankOf = (change: ImageJChange) => rank.get(change.component) ?? rank.size;
  return [...changes].sort((a, b) => rankOf(a) - rankOf(b) || compareNewPaths(a.path, b.path));
}
