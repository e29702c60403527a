import type { RemoteSizes, SiteUsage } from '../../app/ports/site-store.js';
import { unexpected, type Git } from './git.js';
import type { Tree } from './tree.js';

/** Where the sizes of files come from that are not at hand. */
export interface SizeSources {
  /** What the site's index says, by path on the site, in bytes. */
  readonly stated: ReadonlyMap<string, number>;
  /** Folder of the site on the branch, with a slash at its end; empty for the root. */
  readonly folder: string;
  readonly remoteSizes: RemoteSizes | undefined;
}

/**
 * How much a commit holds. Sizes come from the tree: of objects that are here anyway they are known, for the others
 * the host is asked, and last the index. No file is fetched for its size.
 */
export async function usageOf(git: Git, tip: string, tree: Tree, sources: SizeSources): Promise<SiteUsage> {
  const files = [...tree].flatMap(([path, { object, kind }]) =>
    kind === 'repository' ? [] : [{ object, path }],
  );
  const here = await localSizes(git);
  const hosts = files.every(({ object }) => here.has(object)) ? undefined : await sources.remoteSizes?.(tip);
  let bytes = 0;
  let unmeasured = 0;
  for (const { object, path } of files) {
    const stated = path.startsWith(sources.folder)
      ? sources.stated.get(path.slice(sources.folder.length))
      : undefined;
    const size = here.get(object) ?? hosts?.get(object) ?? stated;
    if (size === undefined) unmeasured++;
    else bytes += size;
  }
  return { bytes, unmeasured };
}

/** The sizes of all objects that are here, by name, in bytes. To ask for one that is not here would fetch it. */
export async function localSizes(git: Git): Promise<ReadonlyMap<string, number>> {
  const format = '--batch-check=%(objectname) %(objectsize)';
  const listed = await git(['cat-file', '--batch-all-objects', '--unordered', '--buffer', format]);
  const lines = listed.stdout.toString('utf8').split('\n');
  if (lines.pop() !== '') throw unexpected('cat-file', listed);
  return new Map(
    lines.map((line): [string, number] => {
      const [, object, size] = /^([0-9a-f]{40,64}) (\d+)$/.exec(line) ?? [];
      if (object === undefined) throw unexpected('cat-file', listed);
      return [object, Number(size)];
    }),
  );
}
