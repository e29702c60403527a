import type { Problem } from '../../../model/problem.js';
import { isEmptyRange, meetsBranch, releaseOf } from '../build-number.js';
import { offeredVersions } from '../index/offers.js';
import { INDEX_PATH, type PublishedVersion } from '../index/repository.js';
import { compareVersions } from '../plugin-version.js';
import { commonVersion, NO_SYSTEM } from '../system.js';
import type { PlannedArchive } from './planned-archives.js';

/** Checks the address of the site, if the index needs it. */
export function addressProblems(siteUrl: string | undefined, isNeeded: boolean): readonly Problem[] {
  if (!isNeeded) return [];
  if (siteUrl === undefined)
    return [
      {
        severity: 'error',
        code: 'no-site-url',
        message: 'The public address of the site is unknown, but the index must contain it.',
        hint: 'Set it with "site-url" (--site-url).',
      },
    ];
  const { protocol, hostname } = new URL(siteUrl);
  if (protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]')
    return [];
  return [
    {
      severity: 'error',
      code: 'insecure-url',
      path: siteUrl,
      message: `The address of the site, ${siteUrl}, does not begin with https://.`,
      hint: 'Without https, an attacker in the network could send any plugin to IDEs. Choose "Enforce HTTPS" in the settings of GitHub Pages, or set "site-url" (--site-url).',
    },
  ];
}

/** Reports the document type of an index. Indexes are written without one. */
export function documentTypeProblem(): Problem {
  return {
    severity: 'warning',
    code: 'document-type',
    path: INDEX_PATH,
    message: `${INDEX_PATH} has a document type (<!DOCTYPE …>), so IDEs since 2025 refuse the whole file.`,
    hint: 'The next publication that changes something removes it. Nothing else in the file depends on it.',
  };
}

/** Reports a version that is lower than a published one, or that IDEs consider equal. */
export function olderThanPublished(
  { descriptor: { id, version, systems }, path }: PlannedArchive,
  current: readonly PublishedVersion[],
): readonly Problem[] {
  const others = current.filter(
    ({ entry }) =>
      entry.id === id &&
      // A variant is not older than the archive for all systems, and vice versa.
      commonVersion(entry.version) !== commonVersion(version) &&
      (entry.systems & systems) !== NO_SYSTEM &&
      !isEmptyRange(entry.range),
  );
  const higher = others.find(({ entry }) => compareVersions(version, entry.version) <= 0)?.entry.version;
  if (higher === undefined) return [];
  const isSame = compareVersions(version, higher) === 0;
  return [
    {
      severity: 'warning',
      code: 'older-version',
      path,
      message: isSame
        ? `IDEs consider ${id} ${version} the same version as ${higher}, which is already published.`
        : `${id} ${version} is lower than ${higher}, which is already published.`,
      hint: `Users who have ${higher} are not offered it${isSame ? '' : ', nor are IDEs that are compatible with both versions'}.`,
    },
  ];
}

/** Reports published plugins that the newest IDEs are not offered. */
export function withoutNewest(
  after: readonly PublishedVersion[],
  ids: ReadonlySet<string>,
  newestBranch: number,
): readonly Problem[] {
  const offered = new Set(
    [...offeredVersions(after)]
      .filter(({ entry }) => meetsBranch(entry.range, newestBranch))
      .map(({ entry }) => entry.id),
  );
  return [...ids]
    .filter((id) => !offered.has(id))
    .map((id) => ({
      severity: 'warning',
      code: 'newest-branch',
      path: id,
      message: `No version of ${id} supports the newest IDEs, ${releaseOf(newestBranch)} (branch ${newestBranch}).`,
      hint: 'Test the plugin there and raise until-build, or leave until-build out.',
    }));
}
