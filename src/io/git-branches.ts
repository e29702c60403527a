import { nearMatches } from '../model/near-matches.js';
import type { Git } from './git.js';

/** How many branches are looked into: each is a part of one fetch. */
const MAX_BRANCHES = 10;
/** What the look may take, in milliseconds: it only serves a warning. */
const TIMEOUT_MS = 30_000;
/** Where sites usually are. */
const USUAL = ['gh-pages', 'pages', 'main', 'master', 'site', 'update-site', 'docs'];

export interface OtherBranchesOptions {
  /** The branch that does not exist. */
  readonly branch: string;
  /** Folder of the site on the branch; empty for its root. */
  readonly directory: string;
  readonly timeoutMs: number;
}

/**
 * Finds other branches that hold an index, the most likely ones first: names near to the branch, then the usual ones.
 * Only the folders on the way to the index are fetched, in one go.
 *
 * @param git works in a repository of its own, which holds nothing and is used for nothing else: what is fetched here
 *   is full of gaps
 * @param file the index, relative to the folder of the site
 * @returns none if the remote does not answer: this only serves a warning
 */
export async function branchesWithIndex(
  git: Git,
  gitDir: string,
  file: string,
  options: OtherBranchesOptions,
): Promise<readonly string[]> {
  const timeoutMs = Math.min(options.timeoutMs, TIMEOUT_MS);
  try {
    const listed = await git(['ls-remote', '--heads', 'origin'], { timeoutMs });
    const names = listed.stdout
      .toString('utf8')
      .split('\n')
      .flatMap((line) => /\trefs\/heads\/(.+)$/.exec(line)?.[1] ?? []);
    const likely = likelyBranches(options.branch, names);
    if (likely.length === 0) return [];
    const places = options.directory === '' ? [file] : [`${options.directory}/${file}`, file];
    const depth = places[0]?.split('/').length ?? 1;
    await git(['init', '--quiet', '--bare', '--template=', '--object-format=sha1', gitDir]);
    const refs = likely.map((name, at) => `+refs/heads/${name}:refs/other/${at}`);
    await git(['fetch', '--quiet', '--no-tags', '--depth=1', `--filter=tree:${depth}`, 'origin', ...refs], {
      timeoutMs,
    });
    const found: string[] = [];
    for (const [at, name] of likely.entries()) {
      const { stdout } = await git(['ls-tree', '--full-tree', `refs/other/${at}`, '--', ...places], {
        accept: [128],
        timeoutMs,
      });
      if (/^100\d{3} blob /m.test(stdout.toString('utf8'))) found.push(name);
    }
    return found;
  } catch {
    return [];
  }
}

/** The branches that are looked into, most likely first. */
export function likelyBranches(branch: string, names: readonly string[]): readonly string[] {
  const others = names.filter((name) => name !== branch);
  const usual = USUAL.filter((name) => others.includes(name));
  return [...new Set([...nearMatches(branch, others), ...usual, ...others])].slice(0, MAX_BRANCHES);
}
