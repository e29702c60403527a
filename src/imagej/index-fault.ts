import { UserError } from '../model/user-error.js';

/** What is wrong with an index, in words; whose index it is, is for the caller to say. */
export class IndexFault extends Error {
  override readonly name = 'IndexFault';

  constructor(reason: string, cause?: unknown) {
    super(reason, cause === undefined ? undefined : { cause });
  }
}

/** Where the index of an upstream site was read. */
export interface IndexOrigin {
  readonly name: string;
  readonly location: string;
}

/**
 * Says whose index it is that cannot be read: going on would erase what the site's own says, or shadow what an
 * upstream site has.
 *
 * @param origin the upstream site; undefined for the site that is published to
 */
export function indexError(fault: IndexFault, origin: IndexOrigin | undefined): UserError {
  const [whose, hint] = origin
    ? [
        `The index of the upstream site ${origin.name} (${origin.location})`,
        'Nothing was changed. Check the address; without this site, leave "upstream" (--upstream) for it out, or say "none".',
      ]
    : [
        "The site's index (db.xml.gz)",
        'Nothing was changed. Look at db.xml.gz where the site is stored; an earlier state of it is in the history of the branch.',
      ];
  return new UserError('index', `${whose} cannot be read: ${fault.message}.`, { hint, cause: fault });
}
