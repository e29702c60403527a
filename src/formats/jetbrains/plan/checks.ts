import type { Problem } from '../../../model/problem.js';
import { isNothing, meetsBranch, releaseOf } from '../build-number.js';
import { offeredVersions } from '../index/offers.js';
import { INDEX_PATH, type PublishedVersion } from '../index/repository.js';
import { compareVersions } from '../plugin-version.js';
import { commonVersion, NO_SYSTEM } from '../system.js';
import type { PlannedArchive } from './planned-archives.js';

/** What is wrong with the address of the site, where the index is going to name it. */
export function addressProblems(siteUrl: string | undefined, isNeeded: boolean): readonly Problem[] {
  if (!isNeeded) return [];
  if (siteUrl === undefined)
    return [
      {
        severity: 'error',
        code: 'no-site-url',
        message: 'The public address of the site is not known, and the index must name it.',
        hint: 'Give it with "site-url" (--site-url).',
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
      hint: 'Whoever sits between could send IDEs any plugin. GitHub Pages serves https: choose "Enforce HTTPS" there, or give "site-url".',
    },
  ];
}

/** That the index had a document type, which nothing that is written has. */
export function documentTypeProblem(): Problem {
  return {
    severity: 'warning',
    code: 'document-type',
    path: INDEX_PATH,
    message: `${INDEX_PATH} has a document type (<!DOCTYPE …>), so IDEs since 2025 refuse the whole file.`,
    hint: 'A publication that changes something writes the file without it. Nothing else in the file depends on it.',
  };
}

/** A version that sorts below one that is published, or is the same for IDEs. */
export function olderThanPublished(
  { descriptor: { id, version, systems }, path }: PlannedArchive,
  current: readonly PublishedVersion[],
): readonly Problem[] {
  const others = current.filter(
    ({ entry }) =>
      entry.id === id &&
      // A variant is not older than the archive for all systems, and the other way round.
      commonVersion(entry.version) !== commonVersion(version) &&
      (entry.systems & systems) !== NO_SYSTEM &&
      !isNothing(entry.range),
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
        ? `${id} ${version} is the same version as ${higher} for IDEs, which is published.`
        : `${id} ${version} sorts below ${higher}, which is published.`,
      hint: `Users who have ${higher} are not offered it${isSame ? '' : ', and IDEs that are compatible with both are not either'}.`,
    },
  ];
}

/** Published plugins that the newest IDEs are not offered. */
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
      message: `No version of ${id} is for the newest IDEs, ${releaseOf(newestBranch)} (branch ${newestBranch}).`,
      hint: 'Test it there and raise until-build, or leave until-build out.',
    }));
}
