import { sitePath, type SitePath } from '../../../model/site-path.js';
import { nameIn } from './document-slices.js';
import { HISTORY_PATH, renderHistory } from './history.js';
import { offersFor, offeredVersions } from './offers.js';
import { INDEX_PATH, type PublishedVersion, type Repository } from './repository.js';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** `updatePlugins-242.xml` */
function branchPath(branch: number): SitePath {
  return sitePath(`updatePlugins-${branch}.xml`);
}

/** Whether a file of this name is the index, or that of a branch. */
export function isIndexName(fileName: string): boolean {
  return /^updatePlugins.*\.xml$/.test(fileName);
}

/** `updatePlugins.xml` as text: all versions that some IDE can be offered. */
export function renderIndex(repository: Repository, offered = offeredVersions(repository.versions)): string {
  const entries = [...offered].filter(({ inside }) => inside === undefined);
  return renderDocument(repository, entries, repository.others);
}

/**
 * All files of the index, the same for the same repository: `updatePlugins.xml`, one file for each branch with each id
 * once, and the history (spec, section 4).
 */
export function renderRepository(
  repository: Repository,
): readonly { readonly path: SitePath; readonly bytes: Uint8Array }[] {
  const offered = offeredVersions(repository.versions);
  const file = (path: SitePath, text: string) => ({ path, bytes: Buffer.from(text, 'utf8') });
  return [
    ...repository.branches.map((branch) =>
      file(branchPath(branch), renderDocument(repository, offersFor(branch, offered), [])),
    ),
    file(
      HISTORY_PATH,
      renderHistory(repository, (version) => !offered.has(version)),
    ),
    file(INDEX_PATH, renderIndex(repository, offered)),
  ];
}

function renderDocument(
  repository: Repository,
  versions: Iterable<PublishedVersion>,
  others: readonly string[],
): string {
  const sources = [...[...versions].map(({ entry }) => entry.source), ...others];
  // Joined in one go: each string that is put together on the way is copied once more.
  return [renderHead(repository), ...sources.flatMap(partOf), `</${nameIn(repository.rootTag)}>\n`].join('');
}

/** What stands before the entries. */
export function renderHead({ prolog, rootTag }: Repository): string {
  return `${DECLARATION}${prolog === '' ? '' : `${prolog}\n`}${rootTag}\n`;
}

/** An entry, or something else in the root element, as it is written. */
export function renderPart(source: string): string {
  return partOf(source).join('');
}

function partOf(source: string): string[] {
  return ['  ', source, '\n'];
}
