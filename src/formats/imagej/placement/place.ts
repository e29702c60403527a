/**
 * Places artifacts in the application folder: by the path that the user named, by the files of the site, or by the
 * contents of the jar. Refuses wrong places.
 *
 * @module
 */

import type { Artifact, InspectedArtifact } from '../../../model/artifact.js';
import type { Problem } from '../../../model/problem.js';
import { baseName, parseSitePath, type SitePath } from '../../../model/site-path.js';
import type { ImageJInspection } from '../artifacts/inspect.js';
import { unversionedPath } from '../file-name.js';
import { recordsByComponent } from '../index/record-map.js';
import type { SiteIndex } from '../index/site-index.js';
import { reservedReason } from '../names.js';
import { upstreamFiles, type Upstream } from '../upstream.js';
import { checkPlaces } from './checks.js';
import { destinationProblems } from './destination-checks.js';
import { destinationOf } from './destination.js';

/** An artifact with its path on the site. */
export interface PlacedArtifact {
  readonly artifact: Artifact;
  readonly inspection: ImageJInspection;
  readonly path: SitePath;
  /** Why it is published there; `undefined` if the user decided it. */
  readonly reason: string | undefined;
}

/**
 * Returns the path under which to read an artifact, and the current checksums of that path on the site, or else on the
 * upstream sites.
 */
export function readingOf(
  artifact: Artifact,
  index: SiteIndex,
  upstream: Upstream,
): { sitePath: string; knownChecksums: readonly string[] } {
  const fileName = fileNameOf(artifact);
  const sitePath = artifact.destination ?? destinationOf(fileName, index, undefined)?.path ?? fileName;
  const component = unversionedPath(sitePath);
  const own = recordsByComponent(index).get(component)?.current;
  const known = own ? [own] : upstreamFiles(component, upstream).map(({ record }) => record.current);
  return { sitePath, knownChecksums: known.flatMap((version) => version?.checksum ?? []) };
}

/** Gives every artifact its place. If the user did not name one, it is found from the file. */
export function placeArtifacts(
  inspected: readonly InspectedArtifact<ImageJInspection>[],
  index: SiteIndex,
): { artifacts: readonly PlacedArtifact[]; problems: readonly Problem[] } {
  const artifacts: PlacedArtifact[] = [];
  const problems: Problem[] = [];
  for (const { artifact, inspection } of inspected) {
    if (artifact.destination !== undefined) {
      artifacts.push({ artifact, inspection, path: artifact.destination, reason: artifact.reason });
      continue;
    }
    const fileName = fileNameOf(artifact);
    const found = destinationOf(fileName, index, inspection);
    const checked = found && parseSitePath(found.path);
    if (!found || !checked || 'reason' in checked) {
      problems.push(
        nowhere(artifact.file, fileName, checked && 'reason' in checked ? checked.reason : undefined),
      );
      continue;
    }
    if (found.problem) problems.push(found.problem);
    artifacts.push({ artifact, inspection, path: checked.path, reason: found.reason });
  }
  return { artifacts, problems };
}

function fileNameOf(artifact: Artifact): string {
  return baseName(artifact.file.replaceAll('\\', '/'));
}

function nowhere(file: string, fileName: string, reason: string | undefined): Problem {
  return {
    severity: 'error',
    code: 'no-destination',
    path: file,
    message: `No destination was found for ${file}${reason === undefined ? '' : `: ${reason}`}.`,
    hint: `Name the destination, for example "${fileName} => lib/".`,
  };
}

/** Checks the places of the artifacts (spec, sections 3 and 4). */
export function checkPaths(artifacts: readonly PlacedArtifact[], index: SiteIndex): readonly Problem[] {
  const problems: Problem[] = [];
  const places: string[] = [];
  const byComponent = new Map<string, PlacedArtifact[]>();
  for (const placed of artifacts) {
    const { path } = placed;
    const faults = reservedReason(path) === undefined ? destinationProblems(placed, index) : [];
    problems.push(...faults);
    if (faults.length === 0) places.push(path);
    const component = unversionedPath(path);
    const group = byComponent.get(component);
    if (group) group.push(placed);
    else byComponent.set(component, [placed]);
  }
  problems.push(...checkPlaces(places, index));
  for (const [component, group] of byComponent)
    if (group.length > 1) problems.push(severalVersions(component, group));
  return problems;
}

function severalVersions(component: string, group: readonly PlacedArtifact[]): Problem {
  const files = group.map(({ path, artifact }) => `${path} (${artifact.file})`).join(', ');
  return {
    severity: 'error',
    code: 'several-versions',
    path: component,
    message: `${group.length} artifacts are versions of the same file, ${component}: ${files}.`,
    hint: 'Publish only one of them: delete the others, or use a narrower pattern.',
  };
}
