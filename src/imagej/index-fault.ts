import { UserError } from '../model/user-error.js';

/** Where a damaged index most likely comes from, and the way back. */
const HINT =
  'Nothing was changed. Look at db.xml.gz where the site is stored; an earlier state of it is in the history of the branch.';

/** The site has an index that we do not understand: going on would erase what it says. */
export function indexFault(reason: string, cause?: unknown): UserError {
  return new UserError('index', `The site's index (db.xml.gz) cannot be read: ${reason}.`, {
    hint: HINT,
    cause,
  });
}
