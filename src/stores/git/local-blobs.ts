import type { FetchOptions, FileState, LocalFile, Unavailable } from '../../app/ports/site-source.js';
import type { SitePath } from '../../model/site-path.js';
import { fetchMissing, objectsOf } from './blobs.js';
import type { Git } from './git.js';
import { onBranch, type Tree, type TreeOptions } from './tree.js';
import { localSizes } from './usage.js';
import { writeBlobs, type WantedBlob } from './write-blobs.js';

/**
 * Finds out which files of the site a commit has, without fetching them. Sizes are known only of objects that are
 * available locally.
 *
 * @returns one state per path, in the same order
 */
export async function statBlobs(
  git: Git,
  options: TreeOptions,
  tree: Tree,
  paths: readonly string[],
  onDone?: () => void,
): Promise<readonly FileState[]> {
  const objects = objectsOf(tree, options, paths);
  const sizes = await localSizes(git);
  return paths.map((file) => {
    onDone?.();
    const object = objects.get(file);
    return object === undefined
      ? unavailable(tree, options, file)
      : { status: 'there', size: sizes.get(object) };
  });
}

/**
 * Writes files of the site at a commit into a folder. Those that are not available locally are fetched together.
 *
 * @returns one file per path, in the same order
 */
export async function fetchBlobs(
  git: Git,
  options: TreeOptions,
  tree: Tree,
  paths: readonly SitePath[],
  { fileFor, maxBytesEach, onBytes }: FetchOptions,
): Promise<readonly LocalFile[]> {
  const objects = objectsOf(tree, options, paths);
  const sizes = await fetchMissing(git, new Set(objects.values()), options.timeoutMs);
  const found = paths.map((one): WantedBlob | Unavailable => {
    const object = objects.get(one);
    if (object === undefined) return unavailable(tree, options, one);
    const size = sizes.get(object);
    if (size === undefined) return { status: 'failed', reason: 'the remote does not provide it' };
    return size > maxBytesEach
      ? { status: 'failed', reason: `it has ${size} bytes; at most ${maxBytesEach} are read` }
      : { object, file: fileFor(one), size };
  });
  const times = await writeBlobs(
    git,
    found.filter((one) => 'object' in one),
    onBytes,
  );
  return found.map((one): LocalFile => {
    if (!('object' in one)) return one;
    const { file, size } = one;
    return { status: 'there', file, size, modified: times.get(file) ?? 0 };
  });
}

function unavailable(tree: Tree, options: TreeOptions, file: string): Unavailable {
  return tree.has(onBranch(options, file))
    ? { status: 'failed', reason: 'it is a link or a submodule, not a file' }
    : { status: 'missing' };
}
