import { printable } from '../../model/printable.js';
import { UserError } from '../../model/user-error.js';

/** A failed request to GitHub. */
export interface FailedRequest extends Error {
  /** HTTP status; `undefined` if no response arrived. */
  readonly status?: number | undefined;
  /** Whether GitHub asks for fewer requests. */
  readonly isRateLimit: boolean;
}

/**
 * Returns the error that explains to users why a request has failed.
 *
 * @param doing completes the sentence "GitHub refused to …"
 */
export function explain(failure: FailedRequest, doing: string): UserError {
  const words = printable(failure.message);
  const { status } = failure;
  const failed = (what: string, hint: string, code: 'remote' | 'permission' = 'remote') =>
    new UserError(code, `${what}.`, { hint, cause: failure });
  if (status === undefined)
    return failed(
      `GitHub could not be asked to ${doing}: ${words}`,
      'Run again later, and check githubstatus.com.',
    );
  const description = words === '' ? `${status}` : `${words} (${status})`;
  if (failure.isRateLimit)
    return failed(
      `GitHub refused to ${doing}: ${description}`,
      'There were too many requests. Run again later.',
    );
  if (status === 403)
    return failed(
      `GitHub refused to ${doing}: ${description}`,
      'The token lacks a permission.',
      'permission',
    );
  if (status === 401)
    return failed(
      `GitHub refused to ${doing}: ${description}`,
      'The token is invalid or has expired. Check the input "token".',
    );
  if (status >= 500)
    return failed(
      `GitHub failed to ${doing}: ${description}`,
      'Run again later, and check githubstatus.com.',
    );
  return failed(
    `GitHub refused to ${doing}: ${description}`,
    'Check the message and the permissions of the token.',
  );
}
