import { stat } from 'node:fs/promises';
import path from 'node:path';
import { changedFiles } from '../../model/changed-file.js';

/**
 * Checks by size and time that a file has not changed since it was read. This finds most changes before anything is
 * copied; only the checksum of the copy finds all of them.
 *
 * @throws {UserError} `artifact` if it has changed
 */
export async function requireUnchanged(
  cwd: string,
  { file, size, modified }: { file: string; size: number; modified: number },
): Promise<void> {
  const now = await stat(path.resolve(cwd, file)).catch(() => undefined);
  if (!now?.isFile() || now.size !== size || now.mtimeMs !== modified) throw changedFiles([file]);
}
