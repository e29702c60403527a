import { describeSource, type UpstreamSource } from '../../../model/upstream.js';
import { UserError } from '../../../model/user-error.js';

/** Reports why an index cannot be read, in a clause. The caller adds which index it is. */
export class IndexError extends Error {
  override readonly name = 'IndexError';

  constructor(reason: string, cause?: unknown) {
    super(reason, cause === undefined ? undefined : { cause });
  }
}

/**
 * Returns the error for the user, with the name of the site. Continuing would erase the records of the site, or shadow
 * the files of an upstream site.
 *
 * @param origin the site that was read; `undefined` for the target site
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
    return 'Nothing was changed. Check the stored db.xml.gz. If the site is a branch, its history contains earlier versions.';
  return origin.label === undefined
    ? 'Nothing was changed. Check the URL. To publish without this site, delete it from "upstream" (--upstream), or use "none".'
    : 'Give the URL of a site or the path of an index file, db.xml.gz or the unpacked db.xml.';
}
