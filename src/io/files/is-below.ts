import { realpath } from 'node:fs/promises';
import path from 'node:path';

/** Whether a file is in a folder or below it, by their real locations. The file itself does not have to exist. */
export async function isBelow(cwd: string, file: string, folder: string): Promise<boolean> {
  const [parent, root] = await Promise.all(
    [path.dirname(path.resolve(cwd, file)), path.resolve(cwd, folder)].map((one) =>
      realpath(one).catch(() => undefined),
    ),
  );
  if (parent === undefined || root === undefined) return false;
  const way = path.relative(root, parent);
  return way.split(path.sep)[0] !== '..' && !path.isAbsolute(way);
}
