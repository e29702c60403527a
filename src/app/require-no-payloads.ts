import type { IndexFormat, PayloadRules } from '../formats/format.js';
import { UserError } from '../model/user-error.js';
import type { SiteSnapshot, SiteStore } from './ports/site-store.js';

/** Distinguishes the files of a site from other files. */
type SiteFiles = Pick<IndexFormat<unknown>, 'indexPaths'> & Pick<PayloadRules<unknown>, 'isStoredPath'>;

/**
 * Requires that a site whose index is missing or empty does not contain payloads. Otherwise it has lost its index, and
 * continuing would lose the history of every file.
 *
 * @param fault of the main file of the index, as the end of a clause
 */
export async function requireNoPayloads(
  store: SiteStore,
  snapshot: SiteSnapshot,
  format: SiteFiles,
  where: string,
  fault: 'is missing' | 'does not list any file' = 'is missing',
): Promise<void> {
  if (snapshot.isNew || !store.isAtomic) return;
  const [main] = format.indexPaths;
  const paths = await snapshot.listFiles();
  // Another site in a folder below has its own payloads.
  const sites = paths.flatMap((path) => (path.endsWith(`/${main}`) ? [path.slice(0, -main.length)] : []));
  const orphan = paths.find(
    (path) => format.isStoredPath(path) && !sites.some((folder) => path.startsWith(folder)),
  );
  if (orphan === undefined) return;
  throw new UserError('index', `${main} ${fault}, but ${where} contains payloads such as ${orphan}.`, {
    hint: 'Nothing was changed. Restore the index from the history of the branch; for a new site, choose another branch or directory.',
  });
}
