import type { Format, IndexFiles, IndexFormat } from '../../formats/format.js';
import type { Inspection } from '../../model/artifact.js';
import type { Plan } from '../../model/plan.js';
import type { Problem } from '../../model/problem.js';
import { joinSitePath } from '../../model/site-path.js';
import { UserError } from '../../model/user-error.js';
import { checkBudget } from '../budget.js';
import { snapshotBelow } from '../channel-folder.js';
import { describeChannel } from '../channels.js';
import type { SiteSnapshot, SiteStore } from '../ports/site-store.js';
import { areSameFiles, parseIfReadable, readIndexFiles } from '../read-index.js';
import { requireNoPayloads } from '../require-no-payloads.js';
import type { StoredPayload } from '../stored-payloads.js';
import type { SiteToImport } from './sites.js';

/** What the new place lacks of a site and its channels. */
interface Lacking {
  /** The site and channels without an index there. */
  readonly added: readonly SiteToImport[];
  /** Payloads of the others, whose import is completed. */
  readonly missing: readonly StoredPayload[];
  /** Descriptions of places with an empty site, which is replaced. */
  readonly replaced: readonly string[];
}

/**
 * Finds out what the new place lacks of a site and its channels.
 *
 * @throws {UserError} `site` if it has another site, or `index` if it has one that has lost its index
 */
export async function lackingIn<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  store: SiteStore,
  to: SiteSnapshot,
  sites: readonly SiteToImport[],
): Promise<Lacking> {
  const added: SiteToImport[] = [];
  const missing: StoredPayload[] = [];
  const replaced: string[] = [];
  for (const site of sites) {
    const { folder, payloads } = site;
    const place = folder === undefined ? to : snapshotBelow(to, folder);
    const description = describeChannel(store.description, folder);
    const present = await requireNoOtherSite(format, place, site, description);
    if (present === 'same site') {
      missing.push(...(await missingIn(to, payloads)));
      continue;
    }
    const isEmpty = present === 'empty site';
    await requireNoPayloads(
      store,
      place,
      format,
      description,
      isEmpty ? 'does not list any file' : 'is missing',
    );
    if (isEmpty) replaced.push(description);
    added.push(site);
  }
  return { added, missing, replaced };
}

/** What the new place has: nothing, an empty site, or this one, so that an import is completed. */
type Present = 'nothing' | 'empty site' | 'same site';

/**
 * Requires that the new place does not have another site with content.
 *
 * @throws {UserError} `site` if it has one
 */
async function requireNoOtherSite<Index>(
  format: IndexFormat<Index>,
  place: SiteSnapshot,
  { folder, rendered }: SiteToImport,
  description: string,
): Promise<Present> {
  const existing = await readIndexFiles(place, format);
  if (existing.size === 0) return 'nothing';
  const [main] = format.indexPaths;
  const path = folder === undefined ? main : joinSitePath(folder, main);
  const [theirs, ours] = [existing.get(main), rendered.find((file) => file.path === path)];
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
async function missingIn(
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
