import type { OtherSite } from '../../app/ports/site-store.js';
import { nearMatches } from '../../model/near-matches.js';
import { entriesIn, type Git } from './git.js';
import { onBranch } from './tree.js';

/** Maximum number of branches to search. Without files, they are one small fetch (600 folders: 0.3 s, 600 kB). */
const MAX_BRANCHES = 50;
/** Timeout for the search, in milliseconds. It only serves a warning. */
const TIMEOUT_MS = 30_000;
/** Usual branches of sites. */
const USUAL = ['gh-pages', 'pages', 'main', 'master', 'site', 'update-site', 'docs'];
const LIKELY_NAME = /update|pages|site|release/i;
/** Branches of bots, which may be numerous. */
const OF_BOTS = /^(dependabot|renovate)\//;

export interface OtherBranchesOptions {
  /** The branch that has no site. */
  readonly branch: string;
  /** Folder of the site on the branch; empty for its root. */
  readonly directory: string;
  readonly timeoutMs: number;
}

/**
 * Finds other branches that have an index in the same folder or in their root, the most likely ones first: names
 * similar to the branch, then the usual ones. Only lists of files are fetched, in one request.
 *
 * @param git for a separate, empty repository that is used for nothing else, because the fetched history is
 *   incomplete
 * @param file the index, relative to the folder of the site
 * @returns an empty list if the remote does not respond, because this only serves a warning
 */
export async function branchesWithIndex(
  git: Git,
  gitDir: string,
  file: string,
  options: OtherBranchesOptions,
): Promise<readonly OtherSite[]> {
  const timeoutMs = Math.min(options.timeoutMs, TIMEOUT_MS);
  try {
    const listed = await git(['ls-remote', '--heads', 'origin'], { timeoutMs });
    const names = listed.stdout
      .toString('utf8')
      .split('\n')
      .flatMap((line) => /\trefs\/heads\/(.+)$/.exec(line)?.[1] ?? []);
    const likely = likelyBranches(options.branch, names);
    if (likely.length === 0) return [];
    const place = onBranch(options, file);
    await git(['init', '--quiet', '--bare', '--template=', '--object-format=sha1', gitDir]);
    const refs = likely.map((name, at) => `+refs/heads/${name}:refs/other/${at}`);
    // Trees are not filtered: servers may reject such filters, which cost them more.
    await git(['fetch', '--quiet', '--no-tags', '--depth=1', '--filter=blob:none', 'origin', ...refs], {
      timeoutMs,
    });
    const found: OtherSite[] = [];
    for (const [at, name] of likely.entries()) {
      const listed = await git(['ls-tree', '-z', '--full-tree', `refs/other/${at}`, '--', place, file]);
      const files = entriesIn('ls-tree', listed).filter((line) => /^100\d{3} blob /.test(line));
      if (files.some((line) => line.endsWith(`\t${place}`))) found.push({ branch: name });
      else if (files.length > 0) found.push({ branch: name, directory: '' });
    }
    return found;
  } catch {
    return [];
  }
}

/** Selects the branches to search, most likely first. */
export function likelyBranches(branch: string, names: readonly string[]): readonly string[] {
  const others = names.filter((name) => name !== branch && !OF_BOTS.test(name));
  const usual = USUAL.filter((name) => others.includes(name));
  const likely = others.filter((name) => LIKELY_NAME.test(name));
  const top = (list: readonly string[]) => list.filter((name) => !name.includes('/'));
  const ranked = [
    ...nearMatches(branch, others),
    ...usual,
    ...top(likely),
    ...top(others),
    ...likely,
    ...others,
  ];
  return [...new Set(ranked)].slice(0, MAX_BRANCHES);
}
