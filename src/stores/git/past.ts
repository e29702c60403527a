import type { PastState, SitePast } from '../../app/ports/site-source.js';
import type { SitePath } from '../../model/site-path.js';
import { fetchMissing } from './blobs.js';
import { entriesIn, unexpected, type Git } from './git.js';
import { fetchBlobs, statBlobs } from './local-blobs.js';
import { onBranch, treeOf, type TreeOptions } from './tree.js';

/** Maximum number of commits that are fetched, newest first. */
const MAX_COMMITS = 20_000;

/** The end of the year 9999: later years have more digits. In seconds since 1970. */
const MAX_SECONDS = Date.UTC(10_000, 0, 1) / 1000 - 1;

/** Runs git commands, and explains their failures. */
type Request = <T>(work: (git: Git) => Promise<T>) => Promise<T>;

/**
 * Creates the past of a site on a branch. Commits and trees are fetched on first use, files only as far as they are
 * read.
 *
 * @param tip the newest commit
 * @param fetch fetches this number of commits
 */
export function createPast(
  options: TreeOptions,
  tip: string,
  fetch: (commits: number) => Promise<unknown>,
  request: Request,
): SitePast {
  let fetched: Promise<unknown> | undefined;
  const deepen = () => (fetched ??= fetch(MAX_COMMITS));
  return {
    async statesOf(paths, limit) {
      await deepen();
      return request((git) => statesOf(git, options, tip, paths, limit));
    },
    async readAt(ids, path) {
      await deepen();
      return request((git) => readAt(git, options, ids, path));
    },
    at: (id) => ({
      async readFile(path) {
        await deepen();
        return request(async (git) => (await readAt(git, options, [id], path))[0]);
      },
      async statFiles(paths, onDone) {
        await deepen();
        return request(async (git) => statBlobs(git, options, await treeOf(git, id), paths, onDone));
      },
      async fetchFiles(paths, wanted) {
        await deepen();
        return request(async (git) => fetchBlobs(git, options, await treeOf(git, id), paths, wanted));
      },
    }),
  };
}

async function statesOf(
  git: Git,
  options: TreeOptions,
  tip: string,
  paths: readonly SitePath[],
  limit: number,
): Promise<readonly PastState[]> {
  const format = '--format=%H%x00%ct%x00%an%x00%s';
  const listed = await git([
    ...['log', '-z', '--first-parent', `--max-count=${limit}`, format, tip, '--'],
    ...paths.map((path) => onBranch(options, path)),
  ]);
  // With -z, each field and each commit ends with the same byte.
  const fields = entriesIn('log', listed);
  if (fields.length % 4 !== 0) throw unexpected('log', listed);
  return Array.from({ length: fields.length / 4 }, (_, at): PastState => {
    const [id, seconds, author, subject] = fields.slice(4 * at, 4 * at + 4) as [
      string,
      string,
      string,
      string,
    ];
    return { id, date: dateOf(Number(seconds)), author, subject };
  });
}

/** Git stores any number of seconds, and JavaScript cannot express all of them. */
function dateOf(seconds: number): Date | undefined {
  return seconds <= MAX_SECONDS ? new Date(seconds * 1000) : undefined;
}

async function readAt(
  git: Git,
  options: TreeOptions,
  ids: readonly string[],
  path: SitePath,
): Promise<readonly (Uint8Array | undefined)[]> {
  const objects: (string | undefined)[] = [];
  for (const id of ids) {
    const listed = await git(['ls-tree', '-z', '--full-tree', id, '--', onBranch(options, path)]);
    objects.push(/^100\d{3} blob ([0-9a-f]+)\t/.exec(listed.stdout.toString('utf8'))?.[1]);
  }
  const wanted = new Set(objects.flatMap((object) => object ?? []));
  await fetchMissing(git, wanted, options.timeoutMs);
  const contents = new Map<string, Uint8Array>();
  for (const object of wanted) contents.set(object, (await git(['cat-file', 'blob', object])).stdout);
  return objects.map((object) => (object === undefined ? undefined : contents.get(object)));
}
