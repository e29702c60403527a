import { UserError } from '../model/user-error.js';

/** The reason why an archive is refused, without the name of the file. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';

  /** @param kind `damaged` if Java does not read it either, `limit` if it exceeds one of our limits */
  constructor(
    readonly kind: 'damaged' | 'limit',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Converts an archive error to an error for the user that names the file. Returns any other error unchanged. */
export function asUserError(error: unknown, label: string): unknown {
  if (!(error instanceof ArchiveError)) return error;
  return error.kind === 'limit'
    ? new UserError('limit', `${label} exceeds a limit: ${error.message}.`, {
        hint: 'An archive like this is almost always damaged or hostile. If it is neither, please open an issue.',
        cause: error,
      })
    : new UserError('artifact', `${label} cannot be read: ${error.message}.`, {
        hint: 'Build it again, and check that it opens with "jar tf".',
        cause: error,
      });
}
