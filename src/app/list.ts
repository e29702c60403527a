import type { Format, SomeFormat } from '../formats/format.js';
import type { ListingRules } from '../formats/listing.js';
import type { Inspection } from '../model/artifact.js';
import type { FormatName } from '../model/format-name.js';
import type { DetailedFile, ListedFile, Listing } from '../model/listing.js';
import { suggestion } from '../model/near-matches.js';
import type { Plan } from '../model/plan.js';
import { UserError } from '../model/user-error.js';
import type { Log } from './ports/log.js';
import type { SiteSource } from './ports/site-source.js';
import { readIndexFiles, requireFormat } from './read-index.js';

export interface ListSettings {
  /** Whether to list also what clients are not offered. */
  readonly obsolete: boolean;
  /** Public address of the site, with a trailing slash; `undefined` if it is that of the place, or unknown. */
  readonly siteUrl: string | undefined;
}

/**
 * Lists the files of a site.
 *
 * @param formats the formats that the site may have; the first one whose index it has is used
 * @throws {UserError} if it cannot be read
 */
export async function listSite(
  source: SiteSource,
  formats: readonly SomeFormat[],
  { obsolete, siteUrl }: ListSettings,
  log: Log,
): Promise<Listing> {
  return withIndex(source, formats, siteUrl, log, ({ rules, index, url, about }): Listing => {
    const all: readonly ListedFile[] = rules.filesOf(index, url);
    const files = obsolete ? all : all.filter(({ isCurrent }) => isCurrent);
    return { ...about, files, hidden: all.length - files.length };
  });
}

/**
 * Returns all that the index states about one file.
 *
 * @param name with or without its version, and with or without its folder
 * @returns the file; several ones if they are variants of the same plugin
 * @throws {UserError} `refused` if it is not one file of the site
 */
export async function describeFile(
  source: SiteSource,
  formats: readonly SomeFormat[],
  name: string,
  { siteUrl }: Pick<ListSettings, 'siteUrl'>,
  log: Log,
): Promise<Listing<DetailedFile>> {
  return withIndex(source, formats, siteUrl, log, ({ rules, index, url, about }) => {
    const found = rules.find(index, name, url);
    if (found.status === 'found') return { ...about, files: found.files, hidden: 0 };
    throw found.status === 'ambiguous'
      ? severalFiles(name, found.names)
      : unknownFile(name, source, found.near);
  });
}

/** An index with what is necessary to list it. */
interface ListedIndex<Index> {
  readonly rules: ListingRules<Index>;
  readonly index: Index;
  readonly url: string | undefined;
  readonly about: { readonly format: FormatName; readonly site: string };
}

async function withIndex<R>(
  source: SiteSource,
  formats: readonly SomeFormat[],
  siteUrl: string | undefined,
  log: Log,
  use: <Index>(listed: ListedIndex<Index>) => R,
): Promise<R> {
  const { description } = source;
  log.detail(`Reading ${description}.`);
  const site = await source.open(false);
  const format = await requireFormat(site, formats, description);
  return format(
    async <Index, I extends Inspection, P extends Plan, O>(chosen: Format<Index, I, P, O>): Promise<R> => {
      const { name, listing } = chosen;
      if (!listing) throw new Error(`Sites of the format ${name} cannot be listed.`);
      const index = chosen.parseIndex(await readIndexFiles(site, chosen));
      const about = { format: name, site: description };
      return use({ rules: listing, index, url: siteUrl ?? site.served?.url, about });
    },
  );
}

/** Maximum number of names in a message. */
const MAX_NAMES = 10;

function severalFiles(name: string, names: readonly string[]): UserError {
  const more = names.length - MAX_NAMES;
  const list = names.slice(0, MAX_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
  return refusal(`Several files are called ${name}: ${list}.`, 'Write the whole path of one of them.');
}

function unknownFile(name: string, { description }: SiteSource, near: readonly string[]): UserError {
  return refusal(
    `The site does not have a file ${name}: ${description}.`,
    suggestion(near) || 'update-site list --obsolete lists all files.',
  );
}

function refusal(message: string, hint: string): UserError {
  const problem = { severity: 'error', code: 'unknown-file', message, hint } as const;
  return new UserError('refused', message, { hint, problems: [problem] });
}
