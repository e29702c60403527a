import type { RemoteSizes, SiteUsage } from '../../app/ports/site-store.js';
import { unexpected, type Git } from './git.js';
import type { Tree } from './tree.js';

/** Sources for the sizes of files that are not available locally. */
export interface SizeSources {
  /** Sizes from the site's index, by path on the site, in bytes. */
  readonly stated: ReadonlyMap<string, number>;
  /** Folder of the site on the branch, with a slash at its end; empty for the root. */
  readonly folder: string;
  readonly remoteSizes: RemoteSizes | undefined;
}

/**
 * Measures the files of a commit. Sizes come from local objects, then from the host, then from the index. No file
 * is fetched for its size.
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

/** Returns the sizes of all local objects, by name, in bytes. A query for any other object would fetch it. */
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
