import { compareMavenVersions, snapshotVersion } from '../../../maven/version.js';
import type { Problem } from '../../../model/problem.js';
import { baseName } from '../../../model/site-path.js';
import { versionOf } from '../file-name.js';
import type { ImageJChange } from '../change.js';

/**
 * Checks the version in the name of a published file (spec, section 6).
 *
 * @param isRelease whether the workflow runs for a tag
 */
export function checkVersion(change: ImageJChange, isRelease: boolean): readonly Problem[] {
  return [...snapshot(change, isRelease), ...older(change)];
}

function snapshot({ path }: ImageJChange, isRelease: boolean): Problem[] {
  const version = versionOf(path);
  const isStamped = version !== undefined && snapshotVersion(version) !== version;
  if (!isStamped && !baseName(path).includes('-SNAPSHOT')) return [];
  return [
    isRelease
      ? {
          severity: 'warning',
          code: 'snapshot-on-tag',
          path,
          message: `${path} is a SNAPSHOT, but this run publishes a release.`,
          hint: 'Set the release version before the build.',
        }
      : {
          severity: 'warning',
          code: 'snapshot',
          path,
          message: isStamped
            ? `${path} is a SNAPSHOT (its version contains the time of the build): a state of the code between two releases.`
            : `${path} is a SNAPSHOT: users cannot find out which state of the code they have.`,
          hint: 'Publish releases, or keep snapshots on a site of their own.',
        },
  ];
}

function older({ path, previousPath, reason }: ImageJChange): Problem[] {
  const version = versionOf(path);
  const before = previousPath === undefined ? undefined : versionOf(previousPath);
  if (version === undefined || before === undefined || compareSnapshots(version, before) >= 0) return [];
  return [
    {
      severity: 'warning',
      code: 'older-version',
      path,
      message: `${path} replaces ${previousPath ?? ''}, which has a higher version (${reason}).`,
      hint: 'If that is not intended, check which build is published, and publish the newer one again.',
    },
  ];
}

/** Compares versions in Maven's order. Deployed snapshots come before the release, ordered by their time. */
function compareSnapshots(a: string, b: string): number {
  const [versionA, versionB] = [snapshotVersion(a), snapshotVersion(b)];
  const order = compareMavenVersions(versionA, versionB);
  const areBothStamped = versionA !== a && versionB !== b;
  return order === 0 && areBothStamped ? compareMavenVersions(a, b) : order;
}
