import { count } from '../../model/humanize.js';
import { errorsFirst, hasErrors, type Problem } from '../../model/problem.js';
import { UserError } from '../../model/user-error.js';
import type { ReadableSite } from '../ports/site-source.js';
import type { CopyWords } from '../stored-payloads.js';

/**
 * Returns what messages about payloads call the site and the work.
 *
 * @param at the moment that is exported; `undefined` for the current state
 */
export function wordsFor(at: string | undefined, { remedy }: Pick<ReadableSite, 'remedy'>): CopyWords {
  return at === undefined
    ? { ...NOW, remedy }
    : { ...NOW, past: 'Choose another moment, as "update-site history" lists them.' };
}

const NOW: CopyWords = {
  place: 'the site',
  site: 'the site',
  again: 'Then export again.',
  without:
    'The backup does not contain it. Users are not offered it, but the site cannot be rolled back to it.',
};

/** @throws {UserError} `refused`, with all problems, if one of them is an error */
export function refuseErrors(problems: readonly Problem[]): void {
  if (!hasErrors(problems)) return;
  const errors = problems.filter(({ severity }) => severity === 'error');
  throw new UserError('refused', `The site cannot be exported: ${count(errors.length, 'error')}.`, {
    problems: errorsFirst(problems),
  });
}
