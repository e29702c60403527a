import type { Format, RenderedFile } from '../../formats/format.js';
import type { Inspection } from '../../model/artifact.js';
import type { Plan } from '../../model/plan.js';
import { SHA256SUMS } from '../../model/sha256sums.js';
import { compareText, parseSitePath, type SitePath } from '../../model/site-path.js';
import { UserError } from '../../model/user-error.js';
import type { ReadableSite } from '../ports/site-source.js';
import { filesOfState, type StateOfSite } from '../read-state.js';
import { unstorable, type CopyWords, type StoredPayload } from '../stored-payloads.js';
import type { Contents, ExportedPayload } from './contents.js';

/**
 * Returns the index, and all payloads under their stored names.
 *
 * @throws {UserError} `refused` if the index was not stored as it was then
 */
export async function backupContents<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  site: ReadableSite,
  state: StateOfSite<Index>,
  payloads: readonly StoredPayload[],
  words: CopyWords,
): Promise<Contents> {
  const head = await filesOfIndex(format, site, state);
  const taken = new Set([...head.map(({ path }) => path), SHA256SUMS]);
  return {
    head,
    payloads: payloads
      .filter(({ storedPath }) => !taken.has(storedPath))
      .map((payload): ExportedPayload => ({ payload, name: payload.storedPath, isExecutable: false })),
    problems: payloads
      .filter(({ storedPath }) => taken.has(storedPath))
      .map((payload) => unstorable(payload, `a backup has a file ${payload.storedPath} of its own`, words)),
  };
}

/** Returns all files of the index as they were stored: also those that are never read again. */
async function filesOfIndex<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  site: ReadableSite,
  state: StateOfSite<Index>,
): Promise<readonly RenderedFile[]> {
  const { index, files: known, publication } = state;
  if (!known)
    throw new UserError(
      'refused',
      'The index of that time is not stored in this place, and a backup needs it.',
      {
        hint: 'Choose a publication that "update-site history" lists with a commit, or write --kind application: the files of that time are known.',
      },
    );
  const named = [...format.indexPaths, ...(format.companionPaths?.(index) ?? [])];
  // The files at a commit are not listed.
  const listed = publication?.commit === undefined ? await listedFiles(format, site) : [];
  const stored = filesOfState(site, state);
  const files: RenderedFile[] = [];
  for (const path of new Set([...named, ...listed])) {
    const bytes = known.get(path) ?? (await stored.readFile(path));
    if (bytes) files.push({ path, bytes });
  }
  return files;
}

/** Returns the paths of all files that may belong to the index, if the place lists its files. */
async function listedFiles(
  { isIndexName }: Pick<Format<never, never, never, never>, 'isIndexName'>,
  site: ReadableSite,
): Promise<readonly SitePath[]> {
  const listed = (await site.listFiles?.()) ?? [];
  return listed
    .filter((name) => !name.includes('/') && isIndexName(name))
    .sort(compareText)
    .flatMap((name) => {
      const parsed = parseSitePath(name);
      return 'path' in parsed ? [parsed.path] : [];
    });
}
