import type { FileElsewhere } from '../model/plan.js';
import type { Candidate } from './candidates.js';
import type { JetBrainsChange } from './plan.js';

/** The archive of a change, if it is on another server and its address is new. */
export function elsewhereOf(
  { published, before }: JetBrainsChange,
  { artifact: { file }, inspection: { size } }: Candidate,
): readonly FileElsewhere[] {
  const { entry, archive } = published;
  const isKnown = before?.state === 'offered' && before.entry.url === entry.url;
  return archive?.path !== undefined || isKnown ? [] : [{ url: entry.url, file, size }];
}

/** That archives are not copied to the site. */
export function noticeOfElsewhere(files: readonly FileElsewhere[]): readonly string[] {
  const [first] = files;
  if (!first) return [];
  return files.length === 1
    ? [`The archive is not copied to the site: IDEs get it from ${first.url}`]
    : [
        `${files.length} archives are not copied to the site: IDEs get them from ${first.url} and addresses like it`,
      ];
}
