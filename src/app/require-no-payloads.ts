import type { IndexFormat, PayloadRules } from '../formats/format.js';
import { UserError } from '../model/user-error.js';
import type { SiteSnapshot, SiteStore } from './ports/site-store.js';

/** Distinguishes the files of a site from other files. */
type SiteFiles = Pick<IndexFormat<unknown>, 'indexPaths'> & Pick<PayloadRules<unknown>, 'isStoredPath'>;

/**
 * Requires that a site whose index is missing or empty does not contain payloads. Otherwise it has lost its index, and
 * continuing would lose the history of every file. A place that writes files one by one may have payloads of an
 * interrupted publication.
 *
 * @param fault of the main file of the index, as the end of a clause
 * @throws {UserError} `index` if it contains some
 */
export async function requireNoPayloads(
  store: SiteStore,
  snapshot: SiteSnapshot,
  format: SiteFiles,
  where: string,
  fault: 'is missing' | 'does not list any file' = 'is missing',
): Promise<void> {
  if (!store.isAtomic) return;
  const hint =
    'Nothing was changed. Restore the index from the history of the branch; for a new site, choose another branch or directory.';
  await refusePayloads(snapshot, format, `${format.indexPaths[0]} ${fault}, but ${where}`, hint);
}

/**
 * Requires that a place that writes files one by one does not contain payloads before it gets an empty site. An
 * interrupted publication is completed by repeating it, without an empty site.
 *
 * @throws {UserError} `index` if it contains some
 */
export async function requireNothingStored(
  snapshot: SiteSnapshot,
  format: SiteFiles,
  where: string,
): Promise<void> {
  const hint =
    'Nothing was changed. Restore the index from a copy of the site. If its first publication was interrupted, repeat that without "empty" (--empty). For a new site, choose another folder.';
  await refusePayloads(snapshot, format, `${format.indexPaths[0]} is missing, but ${where}`, hint);
}

async function refusePayloads(
  snapshot: SiteSnapshot,
  { indexPaths: [main], isStoredPath }: SiteFiles,
  fault: string,
  hint: string,
): Promise<void> {
  if (snapshot.isNew) return;
  const paths = await snapshot.listFiles();
  // Another site in a folder below has its own payloads.
  const sites = paths.flatMap((path) => (path.endsWith(`/${main}`) ? [path.slice(0, -main.length)] : []));
  const orphan = paths.find((path) => isStoredPath(path) && !sites.some((folder) => path.startsWith(folder)));
  if (orphan === undefined) return;
  throw new UserError('index', `${fault} contains payloads such as ${orphan}.`, { hint });
}
