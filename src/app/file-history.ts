import type { Format } from '../formats/format.js';
import type { Inspection } from '../model/artifact.js';
import type { Change } from '../model/change.js';
import type { DetailedFile } from '../model/listing.js';
import type { PastPublication } from '../model/past-publication.js';
import type { Plan } from '../model/plan.js';
import type { SitePath } from '../model/site-path.js';
import type { ReadableSite } from './ports/site-source.js';
import { readHistory, withoutIndex } from './read-history.js';
import type { StateOfSite } from './read-state.js';

/**
 * Returns the stored publications that changed some files, newest first, up to the given state.
 *
 * @returns `undefined` for a place that does not keep earlier states
 */
export async function publicationsOf<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  site: ReadableSite,
  { publication: last }: StateOfSite<Index>,
  files: readonly DetailedFile[],
): Promise<readonly PastPublication[] | undefined> {
  if (!site.past) return undefined;
  const isOfFile = changesOf(files);
  const found: PastPublication[] = [];
  let isReached = last === undefined;
  for await (const past of readHistory(format, site)) {
    isReached ||= past.commit === last?.commit && past.timestamp === last?.timestamp;
    const changes = past.changes.filter(isOfFile);
    // Without a commit, only the index records it.
    if (isReached && past.commit !== undefined && changes.length > 0) found.push(withoutIndex(past, changes));
  }
  return found;
}

/** Returns whether a change is one of these files, under any of their names. */
function changesOf(files: readonly DetailedFile[]): (change: Change) => boolean {
  const names = new Set(
    files.flatMap(({ path, plugin, details: { previousVersions } }) => [
      path,
      ...previousVersions.map((version) => version.path),
      ...(plugin ? [plugin.id] : []),
    ]),
  );
  return ({ path, previousPath, details }) =>
    [path, previousPath, details?.subject].some((name) => name !== undefined && names.has(name));
}

/**
 * Finds out which stored files of some files exist.
 *
 * @returns by path; empty for a web address, which would need a request for each version
 */
export async function presenceOf<Index, I extends Inspection, P extends Plan, O>(
  { verification }: Format<Index, I, P, O>,
  site: ReadableSite,
  { index }: StateOfSite<Index>,
  siteUrl: string | undefined,
  files: readonly DetailedFile[],
): Promise<ReadonlyMap<string, boolean>> {
  if (site.served) return new Map();
  const named = new Set(
    files.flatMap(({ details: { payload, previousVersions } }) => [
      payload,
      ...previousVersions.map((version) => version.payload),
    ]),
  );
  const paths = (verification?.payloadsOf(index, siteUrl) ?? []).flatMap(
    ({ name, storedPath }): readonly SitePath[] =>
      storedPath !== undefined && named.has(name) ? [storedPath] : [],
  );
  const states = await site.statFiles(paths);
  return new Map(
    paths.flatMap((path, at) => {
      const status = states[at]?.status;
      return status === 'there' || status === 'missing' ? [[path, status === 'there']] : [];
    }),
  );
}
