import type { Format } from '../formats/format.js';
import type { Inspection } from '../model/artifact.js';
import type { PastPublication } from '../model/past-publication.js';
import type { Plan } from '../model/plan.js';
import { UserError } from '../model/user-error.js';
import type { PastState, ReadableSite, SitePast } from './ports/site-source.js';
import { readIndexFiles } from './read-index.js';

/** A publication of the past, with the index after it. */
export interface PastIndex<Index> extends PastPublication {
  readonly index: Index;
  /** Whether this is the index as it was stored, not only what a later one tells of it. */
  readonly isExact: boolean;
}

/**
 * Reads the publications of a site, newest first: from the history of the place, or else as far as the index tells.
 *
 * @param limit maximum number of publications
 * @throws {UserError} `index` if the index cannot be read
 */
export async function readHistory<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  site: ReadableSite,
  limit: number,
): Promise<readonly PastIndex<Index>[]> {
  if (site.past) return storedHistory(format, site.past, limit);
  return indexedHistory(format, format.parseIndex(await readIndexFiles(site, format)), limit);
}

async function storedHistory<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  past: SitePast,
  limit: number,
): Promise<readonly PastIndex<Index>[]> {
  const [main] = format.indexPaths;
  // One more, because each is compared with the one before it.
  const states = await past.statesOf(main, limit + 1);
  const ids = states.map(({ id }) => id);
  const files = await Promise.all(format.indexPaths.map((path) => past.readAt(ids, path)));
  const empty = format.parseIndex(new Map());
  const read = states.map((state, at) => {
    const found = format.indexPaths.flatMap((path, which) => {
      const bytes = files[which]?.[at];
      return bytes ? [[path, bytes] as const] : [];
    });
    return { state, index: readable(format, new Map(found)) };
  });
  const stored = read.slice(0, limit).flatMap(({ state, index }, at): PastIndex<Index>[] => {
    // A state that cannot be read cannot be returned to.
    if (index === undefined) return [];
    const before = read[at + 1]?.index ?? empty;
    return [pastOf(format, state, before, index)];
  });
  // The first state may be that of an import, whose index tells of publications in another place.
  const oldest = read.length > limit ? undefined : read.at(-1)?.index;
  const earlier = oldest === undefined ? [] : indexedHistory(format, oldest, limit).slice(1);
  return [...stored, ...earlier].slice(0, limit);
}

function readable<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  files: ReadonlyMap<string, Uint8Array>,
): Index | undefined {
  try {
    return format.parseIndex(files);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function pastOf<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  { id, date, author, subject }: PastState,
  before: Index,
  index: Index,
): PastIndex<Index> {
  const [newest] = format.rollback?.publicationsOf(index) ?? [];
  const [earlier] = format.rollback?.publicationsOf(before) ?? [];
  return {
    timestamp: newest === earlier ? undefined : newest,
    date,
    commit: id,
    author,
    subject,
    changes: format.compare(before, index),
    index,
    isExact: true,
  };
}

function indexedHistory<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  index: Index,
  limit: number,
): readonly PastIndex<Index>[] {
  const { rollback } = format;
  if (!rollback) return [];
  const stamps = rollback.publicationsOf(index);
  const after = (at: number) => {
    const stamp = stamps[at];
    return stamp === undefined ? format.parseIndex(new Map()) : rollback.stateAfter(index, stamp);
  };
  return stamps.slice(0, limit).map((timestamp, at) => {
    const then = at === 0 ? index : after(at);
    return {
      timestamp,
      date: undefined,
      commit: undefined,
      author: undefined,
      subject: undefined,
      changes: format.compare(after(at + 1), then),
      index: then,
      isExact: at === 0,
    };
  });
}
