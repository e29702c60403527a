import type { Format, IndexFiles } from '../formats/format.js';
import type { Inspection } from '../model/artifact.js';
import type { Change } from '../model/change.js';
import { MAX_PAST_PUBLICATIONS, type PastPublication } from '../model/past-publication.js';
import type { Plan } from '../model/plan.js';
import type { PastState, ReadableSite, SitePast } from './ports/site-source.js';
import { areSameFiles, parseIfReadable, readIndexFiles } from './read-index.js';

/** A publication of the past, with the index after it. */
export interface PastIndex<Index> extends PastPublication {
  readonly index: Index;
  /** Whether this is the index as it was stored, not concluded from a later one. */
  readonly isExact: boolean;
  /** The files of the index as they were stored; `undefined` if it is not exact. */
  readonly files: IndexFiles | undefined;
}

/** How a history ends. */
interface HistoryEnd {
  /** Whether the site does not have earlier publications than these. */
  readonly isComplete: boolean;
}

/** Returns a publication without its index, which may be large, and with only these changes. */
export function withoutIndex(
  { timestamp, date, commit, author, subject }: PastPublication,
  changes: readonly Change[],
): PastPublication {
  return { timestamp, date, commit, author, subject, changes };
}

/** Maximum number of stored states to look back: the publications, and the state before the last of them. */
export const MAX_STATES = MAX_PAST_PUBLICATIONS + 1;
/** Number of states that are read together. */
const BATCH_STATES = 25;

/**
 * Reads the publications of a site, newest first: from the history of the place, or else as far as the index shows them. Reads
 * only as far as the caller asks for more, because a history can contain hundreds of large indexes.
 *
 * @returns at its end, whether that is the end of the history, or the limit for stored states
 * @throws {UserError} `index` if the index cannot be read
 */
export async function* readHistory<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  site: ReadableSite,
): AsyncGenerator<PastIndex<Index>, HistoryEnd> {
  if (site.past) return yield* storedHistory(format, site.past);
  const files = await readIndexFiles(site, format);
  yield* indexedHistory(format, format.parseIndex(files), files);
  return { isComplete: true };
}

async function* storedHistory<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  past: SitePast,
): AsyncGenerator<PastIndex<Index>, HistoryEnd> {
  const states = await past.statesOf(format.indexPaths, MAX_STATES);
  let later: StoredIndex<Index> | undefined;
  let first: StoredIndex<Index> | undefined;
  for await (const stored of readableStates(format, past, states)) {
    if (later) {
      const publication = pastOf(format, later, stored.index);
      if (publication.changes.length > 0) first = later;
      if (!isOnlyRecord(format, publication, stored.index)) yield publication;
    }
    later = stored;
  }
  // Without the state before it, the changes of the last state are not known.
  const isComplete = states.length < MAX_STATES;
  if (!later || !isComplete) return { isComplete };
  const oldest = pastOf(format, later, format.parseIndex(new Map()));
  yield oldest;
  // The first publication may be an import, whose index records publications in another place.
  const { index, files } = oldest.changes.length > 0 ? later : (first ?? later);
  const [, ...earlier] = indexedHistory(format, index, files);
  yield* earlier;
  return { isComplete };
}

/** Whether a state only records a channel in its site, because of the first publication to the channel. */
function isOnlyRecord<Index, I extends Inspection, P extends Plan, O>(
  { channels }: Format<Index, I, P, O>,
  { changes, index }: PastIndex<Index>,
  before: Index,
): boolean {
  const recorded = (site: Index) => channels?.recorded(site).join('/');
  return changes.length === 0 && recorded(index) !== recorded(before);
}

/** A stored state with its index. */
export interface StoredIndex<Index> {
  readonly state: PastState;
  readonly index: Index;
  readonly files: IndexFiles;
}

/**
 * Reads the index in each state, but not again if it is the same as in the next one. Leaves out states without one that
 * can be read: a site cannot return to them.
 */
export async function* readableStates<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  past: SitePast,
  states: readonly PastState[],
): AsyncGenerator<StoredIndex<Index>, void> {
  let newer: StoredIndex<Index> | undefined;
  for (let from = 0; from < states.length; from += BATCH_STATES) {
    const batch = states.slice(from, from + BATCH_STATES);
    const ids = batch.map(({ id }) => id);
    const files = await Promise.all(format.indexPaths.map((path) => past.readAt(ids, path)));
    for (const [at, state] of batch.entries()) {
      const found = format.indexPaths.flatMap((path, which) => {
        const bytes = files[which]?.[at];
        return bytes ? [[path, bytes] as const] : [];
      });
      const stored = new Map(found);
      if (files[0]?.[at] === undefined) continue;
      const index =
        newer && areSameFiles(newer.files, stored) ? newer.index : parseIfReadable(format, stored);
      if (index === undefined) continue;
      newer = { state, index, files: stored };
      yield newer;
    }
  }
}

function pastOf<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  { state: { id, date, author, subject }, index, files }: StoredIndex<Index>,
  before: Index,
): PastIndex<Index> {
  const publicationsOf = format.rollback?.moments?.publicationsOf;
  const known = new Set(publicationsOf?.(before));
  return {
    // The newest timestamp of all may be that of an earlier publication, which was ahead of the clock.
    timestamp: publicationsOf?.(index).find((timestamp) => !known.has(timestamp)),
    date,
    commit: id,
    author,
    subject,
    changes: format.compare(before, index),
    index,
    isExact: true,
    files,
  };
}

function* indexedHistory<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  index: Index,
  files: IndexFiles,
): Generator<PastIndex<Index>, void> {
  const moments = format.rollback?.moments;
  if (!moments) return;
  const stamps = moments.publicationsOf(index);
  let then = index;
  for (const [at, timestamp] of stamps.entries()) {
    const earlier = stamps[at + 1];
    const before = earlier === undefined ? format.parseIndex(new Map()) : moments.stateAfter(index, earlier);
    yield {
      timestamp,
      date: undefined,
      commit: undefined,
      author: undefined,
      subject: undefined,
      changes: format.compare(before, then),
      index: then,
      isExact: at === 0,
      files: at === 0 ? files : undefined,
    };
    then = before;
  }
}
