import type { SiteUsage } from '../app/ports.js';
import type { Git } from './git.js';

/** Asks the host for the sizes of a commit's files by object name; undefined where it cannot tell. */
export type RemoteSizes = (commit: string) => Promise<ReadonlyMap<string, number> | undefined>;

/**
 * How much a commit holds. Sizes come from the tree: from objects that are here anyway, and else from the host, if it can tell; no
 * file is fetched for its size.
 */
export async function usageOf(
  git: Git,
  tip: string,
  remoteSizes: RemoteSizes | undefined,
): Promise<SiteUsage> {
  const tree = (await git(['ls-tree', '-r', '-z', '--full-tree', tip])).stdout.toString('utf8');
  const objects = tree.split('\0').flatMap((line) => /^\d+ blob ([0-9a-f]+)\t/.exec(line)?.[1] ?? []);
  const missing = new Set(
    (await git(['rev-list', '--objects', '--no-object-names', '--missing=print', '--no-walk', tip])).stdout
      .toString('utf8')
      .split('\n')
      .flatMap((line) => (line.startsWith('?') ? [line.slice(1)] : [])),
  );
  const sizes = new Map<string, number>();
  const here = [...new Set(objects)].filter((object) => !missing.has(object));
  const { stdout } = await git(['cat-file', '--batch-check=%(objectname) %(objectsize)'], {
    input: here.map((object) => `${object}\n`).join(''),
  });
  for (const line of stdout.toString('utf8').split('\n')) {
    const [object, size] = line.split(' ');
    if (object && size) sizes.set(object, Number(size));
  }
  const known = missing.size > 0 ? await remoteSizes?.(tip) : undefined;
  let bytes = 0;
  let unmeasured = 0;
  for (const object of objects) {
    const size = sizes.get(object) ?? known?.get(object);
    if (size === undefined) unmeasured++;
    else bytes += size;
  }
  return { bytes, unmeasured };
}
