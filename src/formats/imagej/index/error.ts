import { describeSource, type UpstreamSource } from '../../../model/upstream.js';
import { UserError } from '../../../model/user-error.js';

/** What is wrong with an index, in words; whose index it is, is for the caller to say. */
export class IndexError extends Error {
  override readonly name = 'IndexError';

  constructor(reason: string, cause?: unknown) {
    super(reason, cause === undefined ? undefined : { cause });
  }
}

/**
 * Says whose index it is that cannot be read: going on would erase what the site's own says, or shadow what an
 * upstream site has.
 *
 * @param origin the site that was looked at; undefined for the site that is published to
 */
export function indexError(fault: IndexError, origin: UpstreamSource | undefined): UserError {
  const whose = origin ? `The index of ${describeSource(origin)}` : "The site's index (db.xml.gz)";
  return new UserError('index', `${whose} cannot be read: ${fault.message}.`, {
    hint: hintFor(origin),
    cause: fault,
  });
}

function hintFor(origin: UpstreamSource | undefined): string {
  if (!origin)
    return 'Nothing was changed. Look at db.xml.gz where the site is stored; an earlier state of it is in the history of the branch.';
  return origin.label === undefined
    ? 'Nothing was changed. Check the address; without this site, leave "upstream" (--upstream) for it out, or say "none".'
    : 'Name the address of a site, or a file: db.xml.gz, or what it unpacks to.';
}
