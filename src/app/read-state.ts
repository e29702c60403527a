import type { Format, IndexFiles } from '../formats/format.js';
import type { Inspection } from '../model/artifact.js';
import type { Plan } from '../model/plan.js';
import type { Timestamp } from '../model/timestamp.js';
import { UserError } from '../model/user-error.js';
import { findMoment } from './find-moment.js';
import type { ReadableSite, StoredFiles } from './ports/site-source.js';
import { readHistory } from './read-history.js';
import { readIndexFiles } from './read-index.js';

/** The index of a site, now or at an earlier moment. */
export interface StateOfSite<Index> {
  readonly index: Index;
  /** The files of the index as they were stored; `undefined` if it was concluded from a later index. */
  readonly files: IndexFiles | undefined;
  /** The publication of an earlier moment, as far as the history shows it; absent for the current state. */
  readonly publication?: {
    readonly timestamp: Timestamp | undefined;
    readonly commit: string | undefined;
  };
}

/**
 * Reads the index of a site.
 *
 * @param at a timestamp or commit as the history shows it; `undefined` for the current state
 * @throws {UserError} `index` if the index cannot be read, `usage` if the history does not list the moment
 */
export async function readState<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  site: ReadableSite,
  at: string | undefined,
): Promise<StateOfSite<Index>> {
  if (at === undefined) {
    const files = await readIndexFiles(site, format);
    return { index: format.parseIndex(files), files };
  }
  if (!site.past && !/^\d+$/.test(at))
    throw new UserError('usage', `The commit ${at} is not known: this place does not have commits.`, {
      hint: 'Write a timestamp as "update-site history" prints it, or name the branch that the site is published from.',
    });
  const { index, files, timestamp, commit } = await findMoment(readHistory(format, site), { to: at });
  const state = { index, files, publication: { timestamp, commit } };
  if (files || timestamp === undefined) return state;
  return { ...state, index: format.rollback?.moments?.withoutLater(index, timestamp) ?? index };
}

/** Returns the files of a state: those of that time if the place keeps them, or else the current ones. */
export function filesOfState(
  site: ReadableSite,
  { publication }: StateOfSite<unknown>,
): StoredFiles & Pick<ReadableSite, 'isHere'> {
  const commit = publication?.commit;
  return site.past && commit !== undefined ? site.past.at(commit) : site;
}

/**
 * Returns a sentence about what is not known of a state that only a later index describes.
 *
 * @param state the state, in words
 */
export function unknownIn(state: string): string {
  return `Only a later index describes ${state}: of files that have changed since, it does not contain the earlier descriptions, authors, dependencies and sizes.`;
}
