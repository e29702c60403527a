import path from 'node:path';
import type { SiteBudget, SiteSnapshot, SiteStore } from '../app/ports.js';
import { UserError } from '../model/user-error.js';
import { branchesWithIndex } from './git-branches.js';
import { commitOn, NO_JEKYLL, onBranch, type CommitOptions } from './git-commit.js';
import { readBlobs } from './git-blobs.js';
import { explainGitFailure } from './git-errors.js';
import { push } from './git-push.js';
import { explainRedirect, isRedirected } from './git-redirect.js';
import { dateOfCommit, filesOf, missingIn, readBlob } from './git-tree.js';
import { usageOf, type RemoteSizes } from './git-usage.js';
import { withoutCredentials } from './git-words.js';
import { remoteUrl } from './git-remote.js';
import { createWorkspace, gitFor, hasLogin, type WorkspaceOptions } from './git-workspace.js';
import { objectIn, unexpected, type Git } from './git.js';

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
  /** The commit that the site was read from; undefined if the branch does not exist yet. */
  readonly tip: string | undefined;
}

/** What is said of a talk with the remote that failed. */
const DOING = {
  reading: 'read',
  committing: 'make a commit for',
  pushing: 'write to',
  confirming: 'read back',
} as const;

/** What there is where the branch does not exist. */
const NO_SITE: GitSnapshot = {
  tip: undefined,
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

  /** Other branches with this file, looked for in a repository of its own. */
  async function otherSites(file: string): Promise<readonly string[]> {
    const gitDir = path.join((await workspace.open()).folder, 'others.git');
    const remote = remoteUrl(options.remote, options.cwd);
    return branchesWithIndex(gitFor(options, gitDir), gitDir, file, { ...options, remote });
  }

  /** Does something with git, and explains what fails in it. What is explained already stays as it is. */
  async function talk<T>(phase: keyof typeof DOING, work: (git: Git) => Promise<T>): Promise<T> {
    const { git } = await workspace.open();
    try {
      return await work(git);
    } catch (error) {
      const what = { doing: `${DOING[phase]} ${description}`, phase, hasToken };
      throw isRedirected(error)
        ? await explainRedirect(git, error, what, options)
        : explainGitFailure(error, what);
    }
  }

  /** The commit that the branch is at now, or undefined if it does not exist. */
  function remoteTip(phase: 'reading' | 'confirming' = 'reading'): Promise<string | undefined> {
    return talk(phase, async (git) => {
      // Exit code 2 says "no such branch"; everything else that is not 0 says that nothing is known.
      const result = await git(['ls-remote', '--exit-code', 'origin', ref], {
        accept: [2],
        timeoutMs: options.timeoutMs,
      });
      const text = result.stdout.toString('utf8');
      if (result.code === 2) return undefined;
      // Half an answer must not pass for a missing branch.
      if (!/^([0-9a-f]{40,64}\t\S+\n)+$/.test(text)) throw unexpected('ls-remote', result);
      // The name is a pattern to ls-remote, which also finds refs that only end in it.
      return text
        .split('\n')
        .find((line) => line.endsWith(`\t${ref}`))
        ?.split('\t')[0];
    });
  }

  function fetch(depth: number, phase: 'reading' | 'confirming' = 'reading'): Promise<string> {
    const filter = ['--no-tags', `--depth=${depth}`, '--filter=blob:none'];
    return talk(phase, async (git) => {
      await git(['fetch', '--quiet', ...filter, 'origin', `+${ref}:refs/site/tip`], {
        timeoutMs: options.timeoutMs,
      });
      return objectIn('rev-parse', await git(['rev-parse', '--verify', 'refs/site/tip^{commit}']));
    });
  }

  return {
    description,
    budget: PAGES_BUDGET,
    isAtomic: true,

    async open() {
      if ((await remoteTip()) === undefined) return { ...NO_SITE, otherSites };
      const tip = await fetch(1);
      const snapshot: GitSnapshot = {
        tip,
        isNew: false,
        dropsUnderscores: await talk('reading', (git) => lacks(git, tip, NO_JEKYLL)),
        readFile: (file) => talk('reading', (git) => readBlob(git, options, tip, file)),
        listFiles: () => talk('reading', (git) => filesOf(git, options, tip)),
        readFiles: (paths, limits) => talk('reading', (git) => readBlobs(git, options, tip, paths, limits)),
        missingFiles: (files) => talk('reading', (git) => missingIn(git, options, tip, files)),
        lastChange: async () => {
          const date = await talk('reading', (git) => dateOfCommit(git, tip));
          return date && { date, deploymentMs: DEPLOYMENT_MS };
        },
        usage: (stated) => {
          const sources = { stated, folder: onBranch(options, ''), remoteSizes: options.remoteSizes };
          return talk('reading', (git) => usageOf(git, tip, sources));
        },
      };
      return snapshot;
    },

    async publish(snapshot, publication) {
      const { folder } = await workspace.open();
      const { tip } = snapshot as GitSnapshot;
      const commit = await talk('committing', (git) => commitOn(git, folder, options, tip, publication));
      const result = await talk('pushing', (git) => push(git, commit, ref, options.timeoutMs));
      if (result === 'locked') requirePassingLock(tip);
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
    const { code } = await talk('confirming', (git) =>
      git(['merge-base', '--is-ancestor', commit, tip], { accept: [1] }),
    );
    if (code === 0) return;
    throw new UserError('remote', `The remote accepted the push, but ${description} does not have it.`, {
      hint: 'Something on the remote has changed the branch. Look at its history before you publish again.',
    });
  }
}

/** Whether a commit has no file of this path. */
async function lacks(git: Git, tip: string, file: string): Promise<boolean> {
  return (await git(['ls-tree', '--full-tree', tip, '--', file])).stdout.length === 0;
}
