import type { Format, IndexFiles, RenderedFile } from '../../formats/format.js';
import type { Inspection } from '../../model/artifact.js';
import type { Plan } from '../../model/plan.js';
import { SHA256SUMS } from '../../model/sha256sums.js';
import { compareText, parseSitePath, type SitePath } from '../../model/site-path.js';
import type { ReadableSite } from '../ports/site-source.js';
import { unstorable, type StoredPayload } from '../stored-payloads.js';
import type { Contents, ExportedPayload } from './contents.js';
import { WORDS } from './refusal.js';

/** Returns the index, and all payloads under their stored names. */
export async function backupContents<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  site: ReadableSite,
  indexFiles: IndexFiles,
  index: Index,
  payloads: readonly StoredPayload[],
): Promise<Contents> {
  const head = await filesOfIndex(format, site, indexFiles, index);
  const taken = new Set([...head.map(({ path }) => path), SHA256SUMS]);
  return {
    head,
    payloads: payloads
      .filter(({ storedPath }) => !taken.has(storedPath))
      .map((payload): ExportedPayload => ({ payload, name: payload.storedPath, isExecutable: false })),
    problems: payloads
      .filter(({ storedPath }) => taken.has(storedPath))
      .map((payload) => unstorable(payload, `a backup has a file ${payload.storedPath} of its own`, WORDS)),
  };
}

/** Returns all files of the index as they are: also those that the index does not name, if the place lists its files. */
async function filesOfIndex<Index, I extends Inspection, P extends Plan, O>(
  { isIndexName, indexPaths, companionPaths }: Format<Index, I, P, O>,
  site: ReadableSite,
  known: IndexFiles,
  index: Index,
): Promise<readonly RenderedFile[]> {
  const listed = (await site.listFiles?.()) ?? [];
  const named: readonly SitePath[] = [...indexPaths, ...(companionPaths?.(index) ?? [])];
  const further = listed
    .filter((name) => !name.includes('/') && isIndexName(name) && !named.some((path) => path === name))
    .sort(compareText)
    .flatMap((name) => {
      const parsed = parseSitePath(name);
      return 'path' in parsed ? [parsed.path] : [];
    });
  const files: RenderedFile[] = [];
  for (const path of [...named, ...further]) {
    const bytes = known.get(path) ?? (await site.readFile(path));
    if (bytes) files.push({ path, bytes });
  }
  return files;
}
