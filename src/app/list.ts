import type { Format, SomeFormat } from '../formats/format.js';
import type { ListingRules } from '../formats/listing.js';
import type { Inspection } from '../model/artifact.js';
import { listNames } from '../model/humanize.js';
import type { FileListing, ListedFile, Listing } from '../model/listing.js';
import { suggestion } from '../model/near-matches.js';
import type { Plan } from '../model/plan.js';
import { UserError } from '../model/user-error.js';
import { presenceOf, publicationsOf } from './file-history.js';
import type { Log } from './ports/log.js';
import type { ReadableSite, SiteSource } from './ports/site-source.js';
import { requireFormat } from './read-index.js';
import { readState, type StateOfSite } from './read-state.js';

export interface ListSettings {
  /** A timestamp or commit as the history shows it; `undefined` for the current state. */
  readonly at: string | undefined;
  /** Whether to list also what clients are not offered. */
  readonly obsolete: boolean;
  /** Public address of the site, with a trailing slash; `undefined` if it is that of the place, or unknown. */
  readonly siteUrl: string | undefined;
}

/**
 * Lists the files of a site.
 *
 * @param formats the formats that the site may have; the first one whose index it has is used
 * @throws {UserError} if it cannot be read, `usage` if the history does not list the moment
 */
export async function listSite(
  source: SiteSource,
  formats: readonly SomeFormat[],
  settings: ListSettings,
  log: Log,
): Promise<Listing> {
  return withState(source, formats, settings, log, ({ rules, state, url, about }): Listing => {
    const all: readonly ListedFile[] = rules.filesOf(state.index, url);
    const files = settings.obsolete ? all : all.filter(({ isCurrent }) => isCurrent);
    return { ...about, files, hidden: all.length - files.length };
  });
}

/**
 * Returns all that is known about one file: what the index states, which of its stored files exist, and the stored
 * publications that changed it.
 *
 * @param name with or without its version, and with or without its folder
 * @returns the file; several ones if they are variants of the same plugin
 * @throws {UserError} `refused` if it is not one file of the site, `usage` if the history does not list the moment
 */
export async function describeFile(
  source: SiteSource,
  formats: readonly SomeFormat[],
  name: string,
  settings: Omit<ListSettings, 'obsolete'>,
  log: Log,
): Promise<FileListing> {
  return withState(source, formats, settings, log, async ({ rules, format, site, state, url, about }) => {
    const found = rules.find(state.index, name, url);
    if (found.status === 'ambiguous') throw severalFiles(name, found.names);
    if (found.status === 'unknown') throw unknownFile(name, source, found.near);
    const { files } = found;
    return {
      ...about,
      files,
      hidden: 0,
      presence: await presenceOf(format, site, state, url, files),
      publications: await publicationsOf(format, site, state, files),
    };
  });
}

/** A state of a site with what is necessary to list it. */
interface ListedState<Index, I extends Inspection, P extends Plan, O> {
  readonly rules: ListingRules<Index>;
  readonly format: Format<Index, I, P, O>;
  readonly site: ReadableSite;
  readonly state: StateOfSite<Index>;
  readonly url: string | undefined;
  readonly about: Pick<Listing, 'format' | 'site' | 'at' | 'isExact'>;
}

async function withState<R>(
  source: SiteSource,
  formats: readonly SomeFormat[],
  { at, siteUrl }: Pick<ListSettings, 'at' | 'siteUrl'>,
  log: Log,
  use: <Index, I extends Inspection, P extends Plan, O>(
    listed: ListedState<Index, I, P, O>,
  ) => R | Promise<R>,
): Promise<R> {
  const { description } = source;
  log.detail(`Reading ${description}.`);
  const site = await source.open(false);
  const format = await requireFormat(site, formats, source, log);
  return format(
    async <Index, I extends Inspection, P extends Plan, O>(chosen: Format<Index, I, P, O>): Promise<R> => {
      const { name, listing } = chosen;
      if (!listing) throw new Error(`Sites of the format ${name} cannot be listed.`);
      const state = await readState(chosen, site, at);
      const about = { format: name, site: description, at, isExact: state.files !== undefined };
      return use({ rules: listing, format: chosen, site, state, url: siteUrl ?? site.served?.url, about });
    },
  );
}

function severalFiles(name: string, names: readonly string[]): UserError {
  return refusal(
    `Several files are called ${name}: ${listNames(names)}.`,
    'Write the whole path of one of them.',
  );
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
