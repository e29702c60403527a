import { allEnded } from './all-ended.js';
import { GitError, unexpected, type Git, type GitResult } from './git.js';
import { traceHttp } from './http-trace.js';
import { treeOf, type Tree } from './tree.js';
import type { Workspace } from './workspace.js';

/** Local reference to the fetched branch. */
const TIP = 'refs/site/tip';
/** What git prints if it cannot fetch a branch because it does not exist. */
const NO_SUCH_BRANCH = /^fatal: couldn't find remote ref /im;

/** Why a branch is read: before a publication, or to confirm that one has arrived. */
export type ReadingPhase = 'reading' | 'confirming';

/** Runs git commands, and explains their failures. */
export type Request = <T>(phase: ReadingPhase, work: (git: Git) => Promise<T>) => Promise<T>;

/** The newest commit of the branch. */
export interface Tip {
  readonly commit: string;
  /** When it was created; `undefined` if that is out of the range of dates. */
  readonly date: Date | undefined;
  readonly tree: Tree;
}

/** Reads a branch of the remote. */
export interface BranchReader {
  /** Returns the current commit from a list of references; `undefined` if the branch does not exist. */
  readonly tip: (phase?: ReadingPhase) => Promise<string | undefined>;
  /** Fetches the branch without its files; `undefined` if git reports that it does not exist. */
  readonly fetch: (depth: number, phase?: ReadingPhase) => Promise<Tip | undefined>;
  /** Returns the current branch, with one request if it exists; `undefined` if it does not. */
  readonly newest: () => Promise<Tip | undefined>;
}

/**
 * Creates the reader of a branch.
 *
 * @param ref full name of the branch on the remote
 * @param timeoutMs timeout for each request, in milliseconds
 * @param open opens the local repository
 */
export function createBranchReader(
  ref: string,
  timeoutMs: number,
  open: () => Promise<Workspace>,
  request: Request,
): BranchReader {
  function tip(phase: ReadingPhase = 'reading'): Promise<string | undefined> {
    return request(phase, async (git) => {
      const trace = traceHttp((await open()).folder);
      try {
        // Exit code 2 means "no such branch"; any other code except 0 means that the request failed.
        const result = await git(['ls-remote', '--exit-code', 'origin', ref], {
          accept: [2],
          timeoutMs: timeoutMs,
          env: trace.env,
        });
        const listed = result.code === 2 ? undefined : listedTip(result, ref);
        if (listed === undefined) await trace.requireGitServer('ls-remote', result);
        return listed;
      } finally {
        await trace.remove();
      }
    });
  }

  function fetch(depth: number, phase: ReadingPhase = 'reading'): Promise<Tip | undefined> {
    const filter = ['--no-tags', `--depth=${depth}`, '--filter=blob:none'];
    return request(phase, async (git) => {
      const result = await git(['fetch', '--quiet', ...filter, 'origin', `+${ref}:${TIP}`], {
        accept: [128],
        timeoutMs: timeoutMs,
      });
      if (result.code === 0) {
        const [list, tree] = await allEnded([
          git(['rev-list', '--max-count=1', '--timestamp', TIP]),
          treeOf(git, TIP),
        ]);
        return { ...tipIn(list), tree };
      }
      if (NO_SUCH_BRANCH.test(result.stderr)) return undefined;
      throw new GitError('fetch', result, undefined);
    });
  }

  async function newest(): Promise<Tip | undefined> {
    const fetched = await fetch(1);
    // Only a list of references proves that the branch does not exist. It may also have been created just now.
    return fetched ?? ((await tip()) === undefined ? undefined : await fetch(1));
  }

  return { tip, fetch, newest };
}

/** Finds the commit of the branch in a list of references. */
function listedTip(result: GitResult, ref: string): string | undefined {
  const text = result.stdout.toString('utf8');
  // A truncated response must not pass for a missing branch.
  if (!/^([0-9a-f]{40,64}\t\S+\n)+$/.test(text)) throw unexpected('ls-remote', result);
  // ls-remote takes the name as a pattern, and also lists references that only end in it.
  return text
    .split('\n')
    .find((line) => line.endsWith(`\t${ref}`))
    ?.split('\t')[0];
}

/**
 * Parses the commit and its date.
 *
 * @param result of `rev-list --timestamp`
 */
function tipIn(result: GitResult): Omit<Tip, 'tree'> {
  const [, seconds, commit] = /^(\d+) ([0-9a-f]{40,64})\n$/.exec(result.stdout.toString('utf8')) ?? [];
  if (commit === undefined) throw unexpected('rev-list', result);
  const date = new Date(Number(seconds) * 1000);
  return { commit, date: Number.isNaN(date.getTime()) ? undefined : date };
}
