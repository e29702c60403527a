/**
 * A site on a branch of a git repository. Nothing is checked out: the tree is read by filtered fetches, a publication is
 * one commit on top of it, and a push that loses the race is reported to the use case.
 *
 * @module
 */

import path from 'node:path';
import type {
  OtherSite,
  RemoteSizes,
  SiteBudget,
  SiteSnapshot,
  SiteStore,
} from '../../app/ports/site-store.js';
import { UserError } from '../../model/user-error.js';
import { allEnded } from './all-ended.js';
import { readBlobs } from './blobs.js';
import { branchesWithIndex } from './branches.js';
import { commitOn, NO_JEKYLL, type CommitOptions } from './commit.js';
import { CERTAINTY, explainGitFailure, mayHaveArrived } from './errors.js';
import { GitFailure, unexpected, type Git, type GitResult } from './git.js';
import { traceHttp } from './http-trace.js';
import { push } from './push.js';
import { explainRedirect, isRedirected } from './redirect.js';
import {
  filesOf,
  missingIn,
  obstaclesIn,
  onBranch,
  otherFoldersWith,
  readBlob,
  treeOf,
  type Tree,
} from './tree.js';
import { usageOf } from './usage.js';
import { withoutCredentials } from './words.js';
import { createWorkspace, gitFor, hasLogin, type WorkspaceOptions } from './workspace.js';

const MEBIBYTE = 1024 * 1024;

/** What GitHub Pages and git hosting allow: 1 GB for a published site, 100 MB for a file. Warnings begin at 80 %. */
const PAGES_BUDGET: SiteBudget = {
  maxFileBytes: 100 * MEBIBYTE,
  warnFileBytes: 80 * MEBIBYTE,
  maxSiteBytes: 1_000_000_000,
  warnSiteBytes: 800_000_000,
};

/** How long after a push GitHub Pages may deploy it, in milliseconds. */
const DEPLOYMENT_MS = 10 * 60 * 1000;

/** How many commits are looked through for ours when others have pushed on top of it. */
const LOOK_BACK = 200;
/** How often in a row the remote may be unable to lock the branch, at the same commit, before the lock counts as left over. */
const MAX_LOCKED = 8;

export interface GitSiteOptions extends CommitOptions, WorkspaceOptions {
  /** What one talk with the remote may take, in milliseconds. */
  readonly timeoutMs: number;
  readonly remoteSizes: RemoteSizes | undefined;
}

interface GitSnapshot extends SiteSnapshot {
  /** The commit that the site was read from, and all that the branch holds; undefined if it does not exist yet. */
  readonly before: { readonly tip: string; readonly tree: Tree } | undefined;
}

/** The branch as it was fetched. */
const TIP = 'refs/site/tip';
/** How a fetch of a branch that does not exist ends. */
const NO_SUCH_BRANCH = /^fatal: couldn't find remote ref /im;

/** What is said of a talk with the remote that failed. */
const DOING = {
  reading: 'read',
  committing: 'make a commit for',
  pushing: 'write to',
  confirming: 'read back',
} as const;

/** What there is where the branch does not exist. */
const NO_SITE: GitSnapshot = {
  before: undefined,
  isNew: true,
  dropsUnderscores: false,
  readFile: () => Promise.resolve(undefined),
  listFiles: () => Promise.resolve([]),
  readFiles: () => Promise.resolve(new Map()),
  usage: () => Promise.resolve({ bytes: 0, unmeasured: 0 }),
};

/** Which site it is, in words. */
export function describeGitSite({
  remote,
  branch,
  directory,
}: Pick<GitSiteOptions, 'remote' | 'branch' | 'directory'>): string {
  const where = directory === '' ? '' : `${directory} on `;
  return `${where}branch ${branch} of ${withoutCredentials(remote)}`;
}

/**
 * A site in a folder of a branch of a git repository. Nothing is ever checked out: trees and the index of the site are
 * all that is fetched, so that the cost does not depend on the size of the site. The work is done in a repository of
 * its own; the user's checkout and configuration are neither read nor changed.
 */
export function createGitSite(options: GitSiteOptions): SiteStore {
  const description = describeGitSite(options);
  const ref = `refs/heads/${options.branch}`;
  const workspace = createWorkspace(options);
  const hasToken = hasLogin(options);
  /** How often the remote could not lock the branch while it was at this commit. */
  let locked: { readonly tip: string | undefined; readonly times: number } | undefined;

  /**
   * Other places with this file: folders of the branch if it exists, else other branches, looked for in a repository of
   * its own.
   */
  async function otherSites(file: string, tree?: Tree): Promise<readonly OtherSite[]> {
    const folders = tree ? otherFoldersWith(tree, options, file) : [];
    if (folders.length > 0) return folders.map((directory) => ({ directory }));
    const gitDir = path.join((await workspace.open()).folder, 'others.git');
    return branchesWithIndex(gitFor(options, gitDir), gitDir, file, options);
  }

  /** Does something with git, and explains what fails in it. What is explained already stays as it is. */
  async function talk<T>(phase: keyof typeof DOING, work: (git: Git) => Promise<T>): Promise<T> {
    const { git } = await workspace.open();
    try {
      return await work(git);
    } catch (error) {
      if (options.signal?.aborted && mayHaveArrived(phase))
        throw new UserError(
          'cancelled',
          `Interrupted; could not ${DOING[phase]} ${description} to the end.`,
          {
            hint: CERTAINTY[phase],
            isUncertain: true,
            cause: error,
          },
        );
      const what = { doing: `${DOING[phase]} ${description}`, phase, hasToken };
      throw isRedirected(error)
        ? await explainRedirect(git, error, what, options)
        : explainGitFailure(error, what);
    }
  }

  /** The commit that the branch is at now, or undefined if it does not exist. */
  function remoteTip(phase: 'reading' | 'confirming' = 'reading'): Promise<string | undefined> {
    return talk(phase, async (git) => {
      const trace = traceHttp((await workspace.open()).folder);
      try {
        // Exit code 2 says "no such branch"; everything else that is not 0 says that nothing is known.
        const result = await git(['ls-remote', '--exit-code', 'origin', ref], {
          accept: [2],
          timeoutMs: options.timeoutMs,
          env: trace.env,
        });
        const tip = result.code === 2 ? undefined : listedTip(result);
        if (tip === undefined) await trace.requireGitServer('ls-remote', result);
        return tip;
      } finally {
        await trace.remove();
      }
    });
  }

  /** The commit that a list of references has for the branch. */
  function listedTip(result: GitResult): string | undefined {
    const text = result.stdout.toString('utf8');
    // Half an answer must not pass for a missing branch.
    if (!/^([0-9a-f]{40,64}\t\S+\n)+$/.test(text)) throw unexpected('ls-remote', result);
    // The name is a pattern to ls-remote, which also finds refs that only end in it.
    return text
      .split('\n')
      .find((line) => line.endsWith(`\t${ref}`))
      ?.split('\t')[0];
  }

  /** Fetches the branch without its files; undefined if git says that there is no such branch. */
  function fetch(depth: number, phase: 'reading' | 'confirming' = 'reading'): Promise<Tip | undefined> {
    const filter = ['--no-tags', `--depth=${depth}`, '--filter=blob:none'];
    return talk(phase, async (git) => {
      const result = await git(['fetch', '--quiet', ...filter, 'origin', `+${ref}:${TIP}`], {
        accept: [128],
        timeoutMs: options.timeoutMs,
      });
      if (result.code === 0) {
        const [newest, tree] = await allEnded([
          git(['rev-list', '--max-count=1', '--timestamp', TIP]),
          treeOf(git, TIP),
        ]);
        return { ...tipIn(newest), tree };
      }
      if (NO_SUCH_BRANCH.test(result.stderr)) return undefined;
      throw new GitFailure('fetch', result, undefined);
    });
  }

  /** The branch as it is now, in one talk with the remote if it exists; undefined if it does not. */
  async function fetchTip(): Promise<Tip | undefined> {
    const tip = await fetch(1);
    // Only a list of branches is proof that one of them does not exist; it may also have been made just now.
    return tip ?? ((await remoteTip()) === undefined ? undefined : await fetch(1));
  }

  return {
    description,
    budget: PAGES_BUDGET,
    isAtomic: true,

    async open() {
      const newest = await fetchTip();
      if (newest === undefined) return { ...NO_SITE, otherSites: (file) => otherSites(file) };
      const { commit: tip, date, tree } = newest;
      const snapshot: GitSnapshot = {
        before: { tip, tree },
        isNew: false,
        dropsUnderscores: !tree.has(NO_JEKYLL),
        readFile: (file) => talk('reading', (git) => readBlob(git, options, tree, file)),
        listFiles: () => Promise.resolve(filesOf(tree, options)),
        readFiles: (paths, limits) => talk('reading', (git) => readBlobs(git, options, tree, paths, limits)),
        missingFiles: (files) => Promise.resolve(missingIn(tree, options, files)),
        otherSites: (file) => otherSites(file, tree),
        obstacles: (files) => Promise.resolve(obstaclesIn(tree, options, files)),
        lastChange: () => Promise.resolve(date && { date, deploymentMs: DEPLOYMENT_MS }),
        usage: (stated) => {
          const sources = { stated, folder: onBranch(options, ''), remoteSizes: options.remoteSizes };
          return talk('reading', (git) => usageOf(git, tip, tree, sources));
        },
      };
      return snapshot;
    },

    async publish(snapshot, publication) {
      const { folder } = await workspace.open();
      const { before } = snapshot as GitSnapshot;
      const commit = await talk('committing', (git) => commitOn(git, folder, options, before, publication));
      const result = await talk('pushing', (git) => push(git, commit, ref, options.timeoutMs));
      if (result === 'locked') requirePassingLock(before?.tip);
      if (result !== 'pushed') return { status: 'lost race' };
      await confirm(commit);
      return { status: 'published', commit };
    },

    close: () => workspace.remove(),
  };

  /** A lock of another push goes away, and the branch moves; one that a killed push left behind stays. */
  function requirePassingLock(tip: string | undefined): void {
    locked = { tip, times: locked && locked.tip === tip ? locked.times + 1 : 1 };
    if (locked.times < MAX_LOCKED) return;
    throw new UserError('remote', `Could not write to ${description}: the remote cannot lock the branch.`, {
      hint: `Nothing was changed. A push that was killed may have left ${ref}.lock in the repository: remove it if no push is running.`,
    });
  }

  /** Reads the branch back: only what the remote has now was published. */
  async function confirm(commit: string): Promise<void> {
    if ((await remoteTip('confirming')) === commit) return;
    // Others may have pushed on top of it in the meantime.
    const tip = await fetch(LOOK_BACK, 'confirming');
    const isPartOf = tip && (await talk('confirming', (git) => isAncestor(git, commit, tip.commit)));
    if (isPartOf) return;
    throw new UserError('remote', `The remote accepted the push, but ${description} does not have it.`, {
      hint: 'Something on the remote has changed the branch. Look at its history before you publish again.',
      isUncertain: true,
    });
  }
}

async function isAncestor(git: Git, commit: string, tip: string): Promise<boolean> {
  return (await git(['merge-base', '--is-ancestor', commit, tip], { accept: [1] })).code === 0;
}

/** The newest commit of the branch. */
interface Tip {
  readonly commit: string;
  /** When it was made; undefined if that is out of the range of dates. */
  readonly date: Date | undefined;
  readonly tree: Tree;
}

/** @param result of `rev-list --timestamp` */
function tipIn(result: GitResult): Omit<Tip, 'tree'> {
  const [, seconds, commit] = /^(\d+) ([0-9a-f]{40,64})\n$/.exec(result.stdout.toString('utf8')) ?? [];
  if (commit === undefined) throw unexpected('rev-list', result);
  const date = new Date(Number(seconds) * 1000);
  return { commit, date: Number.isNaN(date.getTime()) ? undefined : date };
}
