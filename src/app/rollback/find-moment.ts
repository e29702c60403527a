import type { Timestamp } from '../../model/timestamp.js';
import { UserError } from '../../model/user-error.js';
import type { PastIndex } from '../read-history.js';
import type { RollbackTarget } from './settings.js';

/** The publication to go back to. */
export interface Moment<Index> extends PastIndex<Index> {
  /** What going back undoes, if the user did not name the moment; one sentence each. */
  readonly notices: readonly string[];
}

/** The beginning of the commit message of a rollback. */
export const GO_BACK = 'Go back to';
/** Maximum length of the subject of a commit in a sentence, in characters. */
const MAX_SUBJECT = 100;
/** Minimum length of the beginning of a commit's name. */
const MIN_COMMIT = 7;

/**
 * Finds the publication to go back to. A timestamp or commit must be exactly as the history shows it: timestamps may be
 * hours ahead of the clock, so that a moment in between would be a guess.
 *
 * @param history the publications, newest first, which are read only as far as necessary
 * @throws {UserError} `usage` if the history does not list it, with the nearest ones
 */
export async function findMoment<Index>(
  history: AsyncIterable<PastIndex<Index>>,
  target: RollbackTarget,
): Promise<Moment<Index>> {
  const stamps: Timestamp[] = [];
  let last: PastIndex<Index> | undefined;
  for await (const past of history) {
    if (target !== 'last' && isNamed(past, target.to)) return { ...past, notices: [] };
    if (target === 'last' && last) return { ...past, notices: [undoing(last)] };
    last = past;
    stamps.push(...(past.timestamp === undefined ? [] : [past.timestamp]));
  }
  if (target === 'last')
    throw new UserError('usage', 'The history does not list an earlier publication.', {
      hint: 'To stop offering files, use "publish" with "--remove".',
    });
  throw new UserError('usage', `The history does not list a publication ${target.to}.`, {
    hint: hintFor(stamps, target.to),
  });
}

/** Returns the name of a publication in messages: its timestamp, or the beginning of its commit. */
export function nameOf({ timestamp, commit }: PastIndex<unknown>): string {
  return timestamp === undefined ? (commit ?? '').slice(0, 12) : String(timestamp);
}

/** States what is undone. Undoing a rollback is seldom intended: users repeat the command to go further back. */
function undoing(last: PastIndex<unknown>): string {
  const subject = last.subject ?? '';
  if (subject.startsWith(`${GO_BACK} `))
    return `The last publication went back to ${short(subject.slice(GO_BACK.length + 1))}, and this restores what was offered before that. To go further back, use "to" (--to).`;
  const named = subject === '' ? '' : `, "${short(subject)}"`;
  return `This undoes the publication ${nameOf(last)}${named}.`;
}

function short(text: string): string {
  return text.length > MAX_SUBJECT ? `${text.slice(0, MAX_SUBJECT)}…` : text;
}

function isNamed({ timestamp, commit }: PastIndex<unknown>, to: string): boolean {
  const isCommit = to.length >= MIN_COMMIT && /^[0-9a-f]+$/.test(to) && commit?.startsWith(to) === true;
  return isCommit || (timestamp !== undefined && String(timestamp) === to);
}

function hintFor(stamps: readonly Timestamp[], to: string): string {
  const near = /^\d{1,14}$/.test(to) ? neighboursOf(Number(to.padEnd(14, '0')), stamps) : [];
  const known =
    near.length === 0
      ? ''
      : `The nearest ${near.length === 1 ? 'one is' : 'ones are'} ${near.join(' and ')}. `;
  return `${known}"update-site history" lists all: write a timestamp or a commit exactly as it is printed there.`;
}

/** Returns the last timestamp before a moment, and the first one from then on, as far as they exist. */
function neighboursOf(moment: number, stamps: readonly Timestamp[]): readonly Timestamp[] {
  const sorted = [...stamps].sort((a, b) => a - b);
  const [earlier, later] = [
    sorted.findLast((stamp) => stamp < moment),
    sorted.find((stamp) => stamp >= moment),
  ];
  return [earlier, later].filter((stamp) => stamp !== undefined);
}
