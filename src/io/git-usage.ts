import type { SiteUsage } from '../app/ports.js';
import { entriesIn, type Git } from './git.js';

/** Asks the host for the sizes of a commit's files by object name; undefined if it cannot. */
export type RemoteSizes = (commit: string) => Promise<ReadonlyMap<string, number> | undefined>;

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
export async function usageOf(git: Git, tip: string, sources: SizeSources): Promise<SiteUsage> {
  const tree = await git(['ls-tree', '-r', '-z', '--full-tree', tip]);
  const files = entriesIn('ls-tree', tree).flatMap((line) => {
    const [, object, path] = /^\d+ blob ([0-9a-f]+)\t([\s\S]+)$/.exec(line) ?? [];
    return object === undefined || path === undefined ? [] : [{ object, path }];
  });
  const missing = await missingObjects(git, tip);
  const here = await sizesOf(
    git,
    new Set(files.map(({ object }) => object).filter((object) => !missing.has(object))),
  );
  const hosts = missing.size > 0 ? await sources.remoteSizes?.(tip) : undefined;
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

/** The objects of a commit that were left out of the fetch. Asking for them in any other way would fetch them. */
export async function missingObjects(git: Git, tip: string): Promise<ReadonlySet<string>> {
  const { stdout } = await git([
    'rev-list',
    '--objects',
    '--no-object-names',
    '--missing=print',
    '--no-walk',
    tip,
  ]);
  const lines = stdout.toString('utf8').split('\n');
  return new Set(lines.flatMap((line) => (line.startsWith('?') ? [line.slice(1)] : [])));
}

/** The sizes of objects that are here, by name, in bytes. */
export async function sizesOf(git: Git, objects: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> {
  const { stdout } = await git(['cat-file', '--batch-check=%(objectname) %(objectsize)'], {
    input: [...objects].map((object) => `${object}\n`).join(''),
  });
  const lines = stdout.toString('utf8').trim().split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [object, size] = line.split(' ');
      return object && size ? [[object, Number(size)]] : [];
    }),
  );
}
