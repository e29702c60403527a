import { shortened } from '../../model/humanize.js';
import { nameOf } from '../find-moment.js';
import type { PastIndex } from '../read-history.js';

/** The beginning of the commit message of a rollback. */
export const GO_BACK = 'Go back to';
/** Maximum length of the subject of a commit in a sentence, in characters. */
const MAX_SUBJECT = 100;
/** Maximum number of earlier publications with which the last one is compared. */
const MAX_COMPARED = 25;

/**
 * Returns a sentence about the publication that is undone. Undoing a rollback is seldom intended: users repeat the command
 * to go further back. A rollback with a message of the user, or on a place without commits, is recognized by what it offers.
 *
 * @param history the publications, newest first, which are read only as far as necessary
 * @param offersSame whether an earlier index offers the same as that of the publication
 */
export async function undoing<Index>(
  last: PastIndex<Index>,
  history: AsyncIterable<PastIndex<Index>>,
  offersSame: (earlier: Index) => boolean,
): Promise<string> {
  const subject = last.subject ?? '';
  const restored = subject.startsWith(`${GO_BACK} `)
    ? shortened(subject.slice(GO_BACK.length + 1), MAX_SUBJECT)
    : await restoredBy(last, history, offersSame);
  if (restored !== undefined)
    return `The last publication went back to ${restored}, and this restores what was offered before that. To go further back, use "to" (--to).`;
  const named = subject === '' ? '' : `, "${shortened(subject, MAX_SUBJECT)}"`;
  return `This undoes the publication ${nameOf(last)}${named}.`;
}

/** Returns the name of the newest earlier publication that offered the same; `undefined` if none of them did. */
async function restoredBy<Index>(
  last: PastIndex<Index>,
  history: AsyncIterable<PastIndex<Index>>,
  offersSame: (earlier: Index) => boolean,
): Promise<string | undefined> {
  let compared: number | undefined;
  for await (const past of history) {
    if (compared === undefined) {
      if (past.commit === last.commit && past.timestamp === last.timestamp) compared = 0;
      continue;
    }
    if (offersSame(past.index)) return nameOf(past);
    if (++compared === MAX_COMPARED) return undefined;
  }
  return undefined;
}
