import { open } from 'node:fs/promises';
import type { FetchOptions, FileState, LocalFile } from '../../app/ports/site-source.js';
import type { SitePath } from '../../model/site-path.js';
import { fetchMissing, objectsOf } from './blobs.js';
import type { Git } from './git.js';
import { onBranch, type Tree, type TreeOptions } from './tree.js';
import { localSizes } from './usage.js';

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
    return object === undefined ? absent(tree, options, file) : { status: 'there', size: sizes.get(object) };
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
  const files: LocalFile[] = [];
  for (const one of paths) {
    const object = objects.get(one);
    const size = object === undefined ? undefined : sizes.get(object);
    if (object === undefined) files.push(absent(tree, options, one));
    else if (size === undefined) files.push({ status: 'failed', reason: 'the remote does not provide it' });
    else if (size > maxBytesEach)
      files.push({ status: 'failed', reason: `it has ${size} bytes; at most ${maxBytesEach} are read` });
    else {
      const file = fileFor(one);
      files.push({ status: 'there', file, size, modified: await writeBlob(git, object, file) });
    }
    onBytes?.(size ?? 0);
  }
  return files;
}

/**
 * Writes the content of an object to a file, without keeping it in memory.
 *
 * @returns the time of the file, in milliseconds since 1970
 */
async function writeBlob(git: Git, object: string, file: string): Promise<number> {
  const handle = await open(file, 'w');
  try {
    await git(['cat-file', 'blob', object], { outputTo: handle.fd });
    return (await handle.stat()).mtimeMs;
  } finally {
    await handle.close();
  }
}

function absent(tree: Tree, options: TreeOptions, file: string): FileState & LocalFile {
  return tree.has(onBranch(options, file))
    ? { status: 'failed', reason: 'it is a link or a submodule, not a file' }
    : { status: 'missing' };
}
