import { UserError } from '../model/user-error.js';

/** What is wrong with an archive, in words, before the name of the file is known. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';

  /** @param kind `damaged` if Java does not read it either, `limit` if it exceeds one of our bounds */
  constructor(
    readonly kind: 'damaged' | 'limit',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Returns the error for the user: a fault becomes one that names the file, any other error stays as it is. */
export function asUserError(error: unknown, label: string): unknown {
  if (!(error instanceof ArchiveError)) return error;
  return error.kind === 'limit'
    ? new UserError('limit', `${label} is beyond what is read: ${error.message}.`, {
        hint: 'An archive like this is almost always damaged or hostile. If it is neither, please open an issue.',
        cause: error,
      })
    : new UserError('artifact', `${label} cannot be read: ${error.message}.`, {
        hint: 'Build it again, and check that it opens with "jar tf".',
        cause: error,
      });
}
