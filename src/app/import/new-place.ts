import type { Format, IndexFiles, IndexFormat, RenderedFile } from '../../formats/format.js';
import type { Inspection } from '../../model/artifact.js';
import type { Plan } from '../../model/plan.js';
import type { Problem } from '../../model/problem.js';
import { UserError } from '../../model/user-error.js';
import { checkBudget } from '../budget.js';
import type { SiteSnapshot, SiteStore } from '../ports/site-store.js';
import { areSameFiles, parseIfReadable, readIndexFiles } from '../read-index.js';
import type { StoredPayload } from '../stored-payloads.js';

/**
 * Returns the index for the new place: byte for byte the old one, unless it contains the address of the site.
 *
 * @returns `undefined` if the index needs the new address, which is not known
 */
export function renderFor<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  index: Index,
  files: IndexFiles,
  oldUrl: string | undefined,
  siteUrl: string | undefined,
): readonly RenderedFile[] | undefined {
  if (format.relocate)
    return siteUrl === undefined ? undefined : format.renderIndex(format.relocate(index, oldUrl, siteUrl));
  return format.indexPaths.flatMap((path) => {
    const bytes = files.get(path);
    return bytes ? [{ path, bytes }] : [];
  });
}

/** What the new place has: nothing, an empty site, or this one, so that an import is completed. */
type Present = 'nothing' | 'empty site' | 'same site';

/**
 * Requires that the new place does not have another site with content.
 *
 * @throws {UserError} `site` if it has one
 */
export async function requireNoOtherSite<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  to: SiteSnapshot,
  rendered: readonly RenderedFile[],
  description: string,
): Promise<Present> {
  const existing = await readIndexFiles(to, format);
  if (existing.size === 0) return 'nothing';
  const [main] = format.indexPaths;
  const [theirs, ours] = [existing.get(main), rendered.find(({ path }) => path === main)];
  if (theirs && ours && Buffer.from(theirs).equals(ours.bytes)) return 'same site';
  if (theirs && isEmptySite(format, existing)) return 'empty site';
  throw new UserError('site', `There is already another site in ${description}.`, {
    hint: 'Nothing was changed: an import never overwrites a site. Choose an empty branch or folder. If the site there was imported before, one of the two has changed since.',
  });
}

/** Whether an index is that of a site to which nothing was ever published, without content of other tools. */
function isEmptySite<Index>(format: IndexFormat<Index>, files: IndexFiles): boolean {
  const index = parseIfReadable(format, files);
  if (index === undefined) return false;
  const rendered = (one: Index) => new Map(format.renderIndex(one).map(({ path, bytes }) => [path, bytes]));
  return areSameFiles(rendered(index), rendered(format.parseIndex(new Map())));
}

/** Returns the payloads that the new place does not have yet. */
export async function missingIn(
  to: SiteSnapshot,
  wanted: readonly StoredPayload[],
): Promise<readonly StoredPayload[]> {
  const states = await to.statFiles(wanted.map(({ storedPath }) => storedPath));
  return wanted.filter((_, at) => states[at]?.status !== 'there');
}

/** Checks the size limits of the new place, if they and its present size are known. */
export async function budgetProblems(
  { budget }: SiteStore,
  to: SiteSnapshot,
  payloads: readonly StoredPayload[],
): Promise<readonly Problem[]> {
  const usage = budget && (await to.usage?.(new Map()));
  if (!usage) return [];
  return checkBudget(
    budget,
    usage,
    payloads.map(({ storedPath, size = 0 }) => ({ storedPath, size })),
  );
}
