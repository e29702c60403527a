import { allEnded } from './all-ended.js';
import { GitError, unexpected, type Git, type GitResult } from './git.js';
import { traceHttp } from './http-trace.js';
import { treeOf, type Tree } from './tree.js';
import type { Workspace } from './workspace.js';

/** The branch as it was fetched. */
const TIP = 'refs/site/tip';
/** How a fetch of a branch that does not exist ends. */
const NO_SUCH_BRANCH = /^fatal: couldn't find remote ref /im;

/** For which purpose a branch is read: before a publication, or to see that one has arrived. */
export type ReadingPhase = 'reading' | 'confirming';

/** Does something with git, and explains what fails in it. */
export type Request = <T>(phase: ReadingPhase, work: (git: Git) => Promise<T>) => Promise<T>;

/** The newest commit of the branch. */
export interface Tip {
  readonly commit: string;
  /** When it was made; undefined if that is out of the range of dates. */
  readonly date: Date | undefined;
  readonly tree: Tree;
}

/** Reads a branch of the remote. */
export interface BranchReader {
  /** The commit that the branch is at now, by a list of references; undefined if it does not exist. */
  readonly tip: (phase?: ReadingPhase) => Promise<string | undefined>;
  /** Fetches the branch without its files; undefined if git says that there is no such branch. */
  readonly fetch: (depth: number, phase?: ReadingPhase) => Promise<Tip | undefined>;
  /** The branch as it is now, with one request if it exists; undefined if it does not. */
  readonly newest: () => Promise<Tip | undefined>;
}

/**
 * Creates the reader of a branch.
 *
 * @param ref of the branch on the remote
 * @param timeoutMs how long one request may take, in milliseconds
 * @param open opens the repository that the work is done in
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
        // Exit code 2 says "no such branch"; everything else that is not 0 says that nothing is known.
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
    // Only a list of branches is proof that one of them does not exist; it may also have been made just now.
    return fetched ?? ((await tip()) === undefined ? undefined : await fetch(1));
  }

  return { tip, fetch, newest };
}

/** The commit that a list of references has for the branch. */
function listedTip(result: GitResult, ref: string): string | undefined {
  const text = result.stdout.toString('utf8');
  // Half an answer must not pass for a missing branch.
  if (!/^([0-9a-f]{40,64}\t\S+\n)+$/.test(text)) throw unexpected('ls-remote', result);
  // The name is a pattern to ls-remote, which also finds refs that only end in it.
  return text
    .split('\n')
    .find((line) => line.endsWith(`\t${ref}`))
    ?.split('\t')[0];
}

/** @param result of `rev-list --timestamp` */
function tipIn(result: GitResult): Omit<Tip, 'tree'> {
  const [, seconds, commit] = /^(\d+) ([0-9a-f]{40,64})\n$/.exec(result.stdout.toString('utf8')) ?? [];
  if (commit === undefined) throw unexpected('rev-list', result);
  const date = new Date(Number(seconds) * 1000);
  return { commit, date: Number.isNaN(date.getTime()) ? undefined : date };
}
