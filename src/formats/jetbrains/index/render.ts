import { sitePath, type SitePath } from '../../../model/site-path.js';
import { nameIn } from './document-slices.js';
import { HISTORY_PATH, renderHistory } from './history.js';
import { offersFor, offeredVersions } from './offers.js';
import { INDEX_PATH, type PublishedVersion, type Repository } from './repository.js';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** `updatePlugins-242.xml` */
export function branchPath(branch: number): SitePath {
  return sitePath(`updatePlugins-${branch}.xml`);
}

/** Returns the paths of the files of all branches. */
export function branchPaths({ branches }: Repository): readonly SitePath[] {
  return branches.map(branchPath);
}

/** Whether a file with this name is the index or the file of a branch. */
export function isIndexName(fileName: string): boolean {
  return /^updatePlugins.*\.xml$/.test(fileName);
}

/** Renders `updatePlugins.xml`, with all versions that some IDE can be offered. */
export function renderIndex(repository: Repository, offered = offeredVersions(repository.versions)): string {
  const entries = [...offered].filter(({ inside }) => inside === undefined);
  return renderDocument(repository, entries, repository.others);
}

/**
 * Renders all files of the index: `updatePlugins.xml`, a file for each branch with each id once, and the history
 * (spec, section 4). The same repository always yields the same files.
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
  // Joined at once, because each intermediate string would be copied.
  return [renderHead(repository), ...sources.flatMap(partOf), `</${nameIn(repository.rootTag)}>\n`].join('');
}

/** Renders everything before the entries. */
export function renderHead({ prolog, rootTag }: Repository): string {
  return `${DECLARATION}${prolog === '' ? '' : `${prolog}\n`}${rootTag}\n`;
}

/** Renders an entry or another child of the root element. */
export function renderPart(source: string): string {
  return partOf(source).join('');
}

function partOf(source: string): string[] {
  return ['  ', source, '\n'];
}
