import type { ReadLimits } from '../app/ports.js';
import { inArguments } from './batches.js';
import { onBranch } from './git-commit.js';
import type { TreeOptions } from './git-tree.js';
import { missingObjects, sizesOf } from './git-usage.js';
import type { Git } from './git.js';

/**
 * Reads files of the site at a commit. Those that were left out of the fetch are asked for together: git itself would
 * ask for each of them in a request of its own.
 *
 * @returns bytes by path; files that are not there, or exceed a limit, are left out
 */
export async function readBlobs(
  git: Git,
  options: TreeOptions,
  tip: string,
  paths: readonly string[],
  limits: ReadLimits,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const objects = await objectsOf(git, options, tip, paths);
  const wanted = new Set(objects.values());
  const missing = wanted.size === 0 ? new Set<string>() : await missingObjects(git, tip);
  await fetchObjects(
    git,
    [...wanted].filter((object) => missing.has(object)),
    options.timeoutMs,
  );
  const sizes = await sizesOf(git, wanted);
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

/** The objects of regular files, by path on the site. */
async function objectsOf(
  git: Git,
  options: TreeOptions,
  tip: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const objects = new Map<string, string>();
  const prefix = onBranch(options, '');
  for (const batch of inArguments(
    paths.map((file) => onBranch(options, file)),
    (file) => file,
  )) {
    const { stdout } = await git(['ls-tree', '-z', '--full-tree', tip, '--', ...batch]);
    for (const line of stdout.toString('utf8').split('\0')) {
      const [, object, file] = /^100\d+ blob ([0-9a-f]+)\t([\s\S]+)$/.exec(line) ?? [];
      if (object !== undefined && file !== undefined) objects.set(file.slice(prefix.length), object);
    }
  }
  return objects;
}

/** As git does it when it misses objects, but for all of them in one request. */
async function fetchObjects(git: Git, objects: readonly string[], timeoutMs: number): Promise<void> {
  if (objects.length === 0) return;
  await git(
    [
      ...['-c', 'fetch.negotiationAlgorithm=noop'],
      ...['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--recurse-submodules=no'],
      ...['--filter=blob:none', '--stdin', 'origin'],
    ],
    { input: objects.map((object) => `${object}\n`).join(''), timeoutMs },
  );
}
