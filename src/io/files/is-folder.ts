import { stat } from 'node:fs/promises';
import path from 'node:path';

/** Whether a path is a folder, or a link to one. */
export async function isFolder(cwd: string, file: string): Promise<boolean> {
  return stat(path.resolve(cwd, file)).then(
    (kind) => kind.isDirectory(),
    () => false,
  );
}
