import type { ReadLimits } from '../../app/ports/site-store.js';
import type { Git } from './git.js';
import { onBranch, type Tree, type TreeOptions } from './tree.js';
import { localSizes } from './usage.js';

/**
 * Reads files of the site at a commit. Files that the fetch has left out are requested together; git itself would
 * send one request per file.
 *
 * @returns bytes by path, without files that do not exist or exceed a limit
 */
export async function readBlobs(
  git: Git,
  options: TreeOptions,
  tree: Tree,
  paths: readonly string[],
  limits: ReadLimits,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const objects = objectsOf(tree, options, paths);
  if (objects.size === 0) return new Map();
  const sizes = await fetchMissing(git, new Set(objects.values()), options.timeoutMs);
  const files = new Map<string, Uint8Array>();
  let room = limits.maxBytesTotal;
  for (const [file, object] of objects) {
    const size = sizes.get(object);
    if (size === undefined || size > limits.maxBytesEach || size > room) continue;
    room -= size;
    files.set(file, (await git(['cat-file', 'blob', object])).stdout);
  }
  return files;
}

/**
 * Fetches those objects that are not available locally, in one request.
 *
 * @returns the sizes of all local objects, by name, in bytes
 */
export async function fetchMissing(
  git: Git,
  objects: ReadonlySet<string>,
  timeoutMs: number,
): Promise<ReadonlyMap<string, number>> {
  const sizes = await localSizes(git);
  const missing = [...objects].filter((object) => !sizes.has(object));
  if (missing.length === 0) return sizes;
  await fetchObjects(git, missing, timeoutMs);
  return localSizes(git);
}

/** Returns the objects of regular files, by path on the site. */
export function objectsOf(
  tree: Tree,
  options: TreeOptions,
  paths: readonly string[],
): ReadonlyMap<string, string> {
  return new Map(
    paths.flatMap((file) => {
      const entry = tree.get(onBranch(options, file));
      return entry?.kind === 'file' ? [[file, entry.object]] : [];
    }),
  );
}

/** Fetches missing objects as git itself does, but all of them in one request. */
async function fetchObjects(git: Git, objects: readonly string[], timeoutMs: number): Promise<void> {
  await git(
    [
      ...['-c', 'fetch.negotiationAlgorithm=noop'],
      ...['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--recurse-submodules=no'],
      ...['--filter=blob:none', '--stdin', 'origin'],
    ],
    { input: objects.map((object) => `${object}\n`).join(''), timeoutMs },
  );
}
