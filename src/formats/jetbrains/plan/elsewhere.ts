import type { FileElsewhere } from '../../../model/plan.js';
import type { Problem } from '../../../model/problem.js';
import type { PublishedVersion } from '../index/repository.js';
import type { PlannedArchive } from './planned-archives.js';
import type { JetBrainsChange } from './change.js';

/** Returns the archive of a change, if it is on another server and its address is new. */
export function elsewhereOf(
  { published, before }: JetBrainsChange,
  { artifact: { file }, inspection: { size } }: PlannedArchive,
): readonly FileElsewhere[] {
  const { entry, archive } = published;
  const isKnown = before?.state === 'offered' && before.entry.url === entry.url;
  return archive?.path !== undefined || isKnown ? [] : [{ url: entry.url, file, size }];
}

/**
 * Reports addresses that several archives would have.
 *
 * @param after all versions after the publication
 */
export function sameAddress(
  files: readonly FileElsewhere[],
  after: readonly PublishedVersion[],
): readonly Problem[] {
  const byUrl = new Map<string, Set<string>>();
  const wanted = new Set(files.map(({ url }) => url));
  for (const { entry, state } of after) {
    if (state !== 'offered' || !wanted.has(entry.url)) continue;
    const names = byUrl.get(entry.url) ?? new Set();
    byUrl.set(entry.url, names.add(`${entry.id} ${entry.version}`));
  }
  return [...byUrl]
    .filter(([, names]) => names.size > 1)
    .map(([url, names]) => ({
      severity: 'error',
      code: 'same-address',
      path: url,
      message: `${[...names].join(', ')} would have the same address, ${url}.`,
      hint: 'Use {id} and {version} in "archive-url" (--archive-url), or give the archives different names.',
    }));
}

/** Returns a notice that archives are not copied to the site. */
export function noticeOfElsewhere(files: readonly FileElsewhere[]): readonly string[] {
  const [first] = files;
  if (!first) return [];
  return files.length === 1
    ? [`The archive is not copied to the site: IDEs download it from ${first.url}`]
    : [
        `${files.length} archives are not copied to the site: IDEs download them from ${first.url} and similar addresses`,
      ];
}
