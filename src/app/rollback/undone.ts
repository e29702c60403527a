import { shortened } from '../../model/humanize.js';
import { nameOf } from '../find-moment.js';
import type { PastIndex } from '../read-history.js';

/** The beginning of the commit message of a rollback. */
export const GO_BACK = 'Go back to';
/** Maximum length of the subject of a commit in a sentence, in characters. */
const MAX_SUBJECT = 100;

/** Returns a sentence about the publication that is undone. Undoing a rollback is seldom intended: users repeat the command to go further back. */
export function undoing(last: PastIndex<unknown>): string {
  const subject = last.subject ?? '';
  if (subject.startsWith(`${GO_BACK} `))
    return `The last publication went back to ${shortened(subject.slice(GO_BACK.length + 1), MAX_SUBJECT)}, and this restores what was offered before that. To go further back, use "to" (--to).`;
  const named = subject === '' ? '' : `, "${shortened(subject, MAX_SUBJECT)}"`;
  return `This undoes the publication ${nameOf(last)}${named}.`;
}
