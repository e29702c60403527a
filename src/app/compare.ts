/**
 * The use cases: compare two sites (this file), list the files of a site, compute checksums, show a comment and check
 * GitHub Pages, one file each; publish, verify, import, roll back and export, one folder each. They call formats through
 * their contract and effects through ports.
 *
 * @module
 */

import type { Format, IndexFiles, IndexFormat, SomeFormat } from '../formats/format.js';
import type { Inspection } from '../model/artifact.js';
import { emptyOutcome, type Outcome } from '../model/outcome.js';
import type { Plan } from '../model/plan.js';
import type { Problem } from '../model/problem.js';
import type { UpstreamSource } from '../model/upstream.js';
import { UserError } from '../model/user-error.js';
import type { Log } from './ports/log.js';
import type { ReadableSite, SiteSource } from './ports/site-source.js';
import type { UpstreamIndexes } from './ports/upstream-indexes.js';
import { readIndexFiles, requireFormat } from './read-index.js';
import { readState, unknownIn } from './read-state.js';
import { readUpstream, unreadable, type ReadUpstream } from './upstream.js';

/** A state of a site: the address or file of its index alone, or the whole site. */
export type SiteState =
  | { readonly kind: 'index'; readonly location: string }
  | {
      readonly kind: 'site';
      readonly source: SiteSource;
      /** A timestamp or commit as the history shows it; `undefined` for the current state. */
      readonly at: string | undefined;
    };

/**
 * Reports what changed between two states of a site.
 *
 * @param formats the formats that the sites may have; that of the first site counts, and without one, the first format
 * @throws {UserError} with all faults: `usage` if a history does not list the moment, or else `index` if a state cannot be
 *   read
 */
export async function compareSites(
  formats: readonly [SomeFormat, ...SomeFormat[]],
  before: SiteState,
  after: SiteState,
  indexes: UpstreamIndexes,
  log: Log,
): Promise<Outcome> {
  const sides = await Promise.all([
    open(before, 'the earlier state', formats, log),
    open(after, 'the later state', formats, log),
  ]);
  const format = sides.flatMap((side) => side.format ?? [])[0] ?? formats[0];
  return format((chosen) => compareAs(chosen, format, sides, indexes, log));
}

/** One of the two states, after its site was opened. */
interface Side {
  readonly about: UpstreamSource;
  /** Absent if only the index is read, or if the site cannot be read. */
  readonly site?: ReadableSite;
  /** The place of the site, for messages. */
  readonly description?: string;
  /** The moment, if it is not the current state. */
  readonly at?: string | undefined;
  readonly format?: SomeFormat;
  readonly problems: readonly Problem[];
}

async function open(
  state: SiteState,
  label: string,
  formats: readonly SomeFormat[],
  log: Log,
): Promise<Side> {
  if (state.kind === 'index')
    return { about: { name: label, label, location: state.location }, problems: [] };
  const { source, at } = state;
  const { description } = source;
  const about = { name: label, label, location: at === undefined ? description : `${description} at ${at}` };
  return orProblem(
    about,
    async () => {
      log.detail(`Reading ${description}.`);
      const site = await source.open(false);
      const format = await requireFormat(site, formats, source, log);
      return { about, site, description, at, format, problems: [] };
    },
    (problems) => ({ about, problems }),
  );
}

/** Does work on a state. If it cannot be read, returns a value with the problem, so that both states are reported. */
async function orProblem<T>(
  about: UpstreamSource,
  work: () => Promise<T>,
  otherwise: (problems: readonly Problem[], error: UserError) => T,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'cancelled') throw error;
    return otherwise([unreadable(about, error)], error);
  }
}

async function compareAs<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  someFormat: SomeFormat,
  sides: readonly [Side, Side],
  indexes: UpstreamIndexes,
  log: Log,
): Promise<Outcome> {
  const [before, after] = sides;
  // One after the other: two moments of one place share what has been fetched of it.
  const files = [
    await filesOf(before, format, someFormat, log),
    await filesOf(after, format, someFormat, log),
  ];
  const inBoth = (path: string) => files.every((one) => one.files?.has(path) === true);
  const read = await Promise.all(
    files.map((side) => {
      if (side.index) return Promise.resolve({ sites: [{ ...side.about, index: side.index }], problems: [] });
      if (side.files) return parseFiles(side, side.files, format, inBoth);
      return readUpstream(side.problems.length > 0 ? [] : [side.about], format, indexes, log);
    }),
  );
  const problems = [...files, ...read].flatMap((one) => one.problems);
  const [old, now] = read.map(({ sites: [site] }) => site);
  if (!old || !now) {
    const code = files.some(({ isUnknown }) => isUnknown) ? 'usage' : 'index';
    throw new UserError(code, 'The two indexes cannot be compared.', { problems });
  }
  const changes = format.compare(old.index, now.index);
  const notices = files.filter(({ index }) => index).map(({ about }) => unknownIn(about.location));
  return {
    ...emptyOutcome(format.name, 'comparison', now.location),
    changed: changes.length > 0,
    changes,
    problems,
    publishedBytes: changes.reduce((sum, { size }) => sum + (size ?? 0), 0),
    offers: format.compareOffers?.(old.index, now.index),
    diff: format.diff(old.index, now.index),
    ...(notices.length > 0 ? { notices } : {}),
  };
}

/** A state with the files of its index, or with an index that only a later one describes, if it can be read. */
type SideFiles<Index> = Pick<Side, 'about' | 'problems'> & {
  readonly files?: IndexFiles;
  readonly index?: Index;
  /** Set if the history of the place does not list the moment. */
  readonly isUnknown?: boolean;
};

async function filesOf<Index, I extends Inspection, P extends Plan, O>(
  { about, site, description = about.location, at, format: own, problems }: Side,
  format: Format<Index, I, P, O>,
  someFormat: SomeFormat,
  log: Log,
): Promise<SideFiles<Index>> {
  if (!site) return { about, problems };
  return orProblem<SideFiles<Index>>(
    about,
    async () => {
      // A site of another kind has no such index.
      if (own !== someFormat) await requireFormat(site, [someFormat], { description: about.location }, log);
      if (at === undefined) return { about, problems, files: await readIndexFiles(site, format) };
      const { files, index } = await readState(format, site, at);
      return { about, problems, ...(files ? { files } : { index }) };
    },
    (faults, { code }) => {
      const isUnknown = code === 'usage';
      // Either place may not list its moment.
      const named = faults.map((fault) => ({ ...fault, message: `In ${description}: ${fault.message}` }));
      return { about, problems: isUnknown ? named : faults, isUnknown };
    },
  );
}

/**
 * Parses the index of a site. Further files of an index, such as a history, count only if both states have them.
 * Otherwise the versions in it would be changes.
 */
async function parseFiles<Index>(
  { about }: SideFiles<Index>,
  files: IndexFiles,
  format: IndexFormat<Index>,
  inBoth: (path: string) => boolean,
): Promise<ReadUpstream<Index>> {
  const [main] = format.indexPaths;
  const counted = new Map([...files].filter(([path]) => path === main || inBoth(path)));
  return orProblem<ReadUpstream<Index>>(
    about,
    () => Promise.resolve({ sites: [{ ...about, index: format.parseIndex(counted, about) }], problems: [] }),
    (problems) => ({ sites: [], problems }),
  );
}
