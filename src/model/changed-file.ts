import { UserError } from './user-error.js';

const HINT = 'Nothing was published. Run again when no other program writes to the file.';

/**
 * Returns the error for files that changed after they were read.
 *
 * @param files their paths on this machine, at least one
 */
export function changedFiles(files: readonly string[]): UserError {
  const messages = files.map((file) => `${file} has changed while it was being published.`);
  if (messages.length === 1) return new UserError('artifact', messages[0] as string, { hint: HINT });
  return new UserError('artifact', `${files.length} files have changed while they were being published.`, {
    problems: files.map((path, at) => ({
      severity: 'error',
      code: 'artifact',
      path,
      message: messages[at] as string,
      hint: HINT,
    })),
  });
}
