/**
 * A site on a branch of a git repository. Nothing is checked out: the tree is read by filtered fetches. A publication
 * is one commit on top of it, and a push that loses the race is reported to the use case.
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
  Unserved,
} from '../../app/ports/site-store.js';
import type { SitePath } from '../../model/site-path.js';
import { UserError } from '../../model/user-error.js';
import { readBlobs } from './blobs.js';
import { fetchBlobs, statBlobs } from './local-blobs.js';
import { createBranchReader } from './branch-reader.js';
import { branchesWithIndex } from './branches.js';
import { commitOn, NO_JEKYLL, type CommitOptions } from './commit.js';
import { CERTAINTY, explainGitFailure, mayHaveArrived } from './errors.js';
import type { Git } from './git.js';
import { createPast } from './past.js';
import { place } from './place.js';
import { push } from './push.js';
import { explainRedirect, isRedirected } from './redirect.js';
import { filesOf, missingIn, obstaclesIn, onBranch, otherFoldersWith, readBlob, type Tree } from './tree.js';
import { usageOf } from './usage.js';
import { createWorkspace, gitFor, hasLogin, type WorkspaceOptions } from './workspace.js';

const MEBIBYTE = 1024 * 1024;

/** Limits of GitHub Pages and git hosts: 1 GB for a published site, 100 MB for a file. Warnings begin at 80 %. */
const PAGES_BUDGET: SiteBudget = {
  maxFileBytes: 100 * MEBIBYTE,
  warnFileBytes: 80 * MEBIBYTE,
  maxSiteBytes: 1_000_000_000,
  warnSiteBytes: 800_000_000,
};

/** Returns the files that GitHub Pages does not serve because it runs Jekyll on the branch. */
function droppedByJekyll(paths: readonly SitePath[]): readonly Unserved[] {
  return paths
    .filter((file) => /(^|\/)_/.test(file))
    .map((file) => ({
      path: file,
      code: 'dropped-by-jekyll',
      message: `${file} will not be served: GitHub Pages runs Jekyll on the branch, which drops names that begin with "_".`,
      hint: 'Put an empty file ".nojekyll" at the root of the branch.',
    }));
}

/** Maximum time between a push and its deployment by GitHub Pages, in milliseconds. */
const DEPLOYMENT_MS = 10 * 60 * 1000;

/** Number of commits to search for ours if another push has added commits on top of it. */
const MAX_LOOK_BACK = 200;
/**
 * Number of times in a row that the remote cannot lock the branch, at the same commit, before the lock counts as
 * left over.
 */
const MAX_LOCKED = 8;

export interface GitSiteOptions extends CommitOptions, WorkspaceOptions {
  /** Timeout for each request to the remote, in milliseconds. */
  readonly timeoutMs: number;
  readonly remoteSizes: RemoteSizes | undefined;
}

interface GitSnapshot extends SiteSnapshot {
  /**
   * The commit that the site was read from, with all files of the branch; `undefined` if the branch does not exist
   * yet.
   */
  readonly before: { readonly tip: string; readonly tree: Tree } | undefined;
}

/** Verbs for messages about failed requests. */
const DOING = {
  reading: 'read',
  committing: 'make a commit for',
  pushing: 'write to',
  confirming: 'read back',
} as const;

/** The state of a branch that does not exist. */
const NO_SITE: GitSnapshot = {
  before: undefined,
  isNew: true,
  readFile: () => Promise.resolve(undefined),
  listFiles: () => Promise.resolve([]),
  statFiles: (paths) => Promise.resolve(paths.map(() => ({ status: 'missing' }))),
  fetchFiles: (paths) => Promise.resolve(paths.map(() => ({ status: 'missing' }))),
  readFiles: () => Promise.resolve(new Map()),
  usage: () => Promise.resolve({ bytes: 0, unmeasured: 0 }),
};

/**
 * Creates the store of a site in a folder on a branch of a git repository. Only trees and the index of the site are
 * fetched, so that the cost does not depend on the size of the site. The work is done in a temporary repository;
 * the user's checkout and its configuration are neither read nor changed.
 */
export function createGitSite(options: GitSiteOptions): SiteStore {
  const description = place.describe({ kind: 'git', ...options });
  const ref = `refs/heads/${options.branch}`;
  const workspace = createWorkspace(options);
  const hasToken = hasLogin(options);
  /** How often the remote could not lock the branch while it was at this commit. */
  let locked: { readonly tip: string | undefined; readonly times: number } | undefined;

  /**
   * Finds other places with this file: folders of the branch if it exists, else other branches, which are read in a
   * separate repository.
   */
  async function otherSites(file: string, tree?: Tree): Promise<readonly OtherSite[]> {
    const folders = tree ? otherFoldersWith(tree, options, file) : [];
    if (folders.length > 0) return folders.map((directory) => ({ directory }));
    const gitDir = path.join((await workspace.open()).folder, 'others.git');
    return branchesWithIndex(gitFor(options, gitDir), gitDir, file, options);
  }

  /** Runs git commands, and explains their failures. Errors that are already explained do not change. */
  async function request<T>(phase: keyof typeof DOING, work: (git: Git) => Promise<T>): Promise<T> {
    const { git } = await workspace.open();
    try {
      return await work(git);
    } catch (error) {
      if (options.signal?.aborted && mayHaveArrived(phase))
        throw new UserError(
          'cancelled',
          `Interrupted; could not ${DOING[phase]} ${description} completely.`,
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

  const branch = createBranchReader(ref, options.timeoutMs, () => workspace.open(), request);

  return {
    description,
    budget: PAGES_BUDGET,
    isAtomic: true,

    async open() {
      const newest = await branch.newest();
      if (newest === undefined) return { ...NO_SITE, otherSites: (file) => otherSites(file) };
      const { commit: tip, date, tree } = newest;
      const snapshot: GitSnapshot = {
        before: { tip, tree },
        isNew: false,
        readFile: (file) => request('reading', (git) => readBlob(git, options, tree, file)),
        listFiles: () => Promise.resolve(filesOf(tree, options)),
        ...(options.directory !== '' && {
          readAbove: (file) => request('reading', (git) => readBlob(git, folderAbove(options), tree, file)),
        }),
        statFiles: (paths, onDone) =>
          request('reading', (git) => statBlobs(git, options, tree, paths, onDone)),
        fetchFiles: (paths, wanted) =>
          request('reading', (git) => fetchBlobs(git, options, tree, paths, wanted)),
        readFiles: (paths, limits) =>
          request('reading', (git) => readBlobs(git, options, tree, paths, limits)),
        missingFiles: (files) => Promise.resolve(missingIn(tree, options, files)),
        otherSites: (file) => otherSites(file, tree),
        obstacles: (files) => Promise.resolve(obstaclesIn(tree, options, files)),
        ...(tree.has(NO_JEKYLL) ? {} : { unserved: droppedByJekyll }),
        history: { lastChange: () => Promise.resolve(date && { date, deploymentMs: DEPLOYMENT_MS }) },
        past: createPast(
          options,
          tip,
          (commits) => branch.fetch(commits, 'reading'),
          (work) => request('reading', work),
        ),
        usage: (stated) => {
          const sources = { stated, folder: onBranch(options, ''), remoteSizes: options.remoteSizes };
          return request('reading', (git) => usageOf(git, tip, tree, sources));
        },
      };
      return snapshot;
    },

    async publish(snapshot, publication) {
      const { folder } = await workspace.open();
      const { before } = snapshot as GitSnapshot;
      const commit = await request('committing', (git) =>
        commitOn(git, folder, options, before, publication),
      );
      const result = await request('pushing', (git) => push(git, commit, ref, options.timeoutMs));
      if (result === 'locked') requirePassingLock(before?.tip);
      if (result !== 'pushed') return { status: 'lost race' };
      await confirm(commit);
      return { status: 'published', commit };
    },

    close: () => workspace.remove(),
  };

  /** Throws if the lock of the branch seems left over: an active push removes its lock, and the branch moves. */
  function requirePassingLock(tip: string | undefined): void {
    locked = { tip, times: locked && locked.tip === tip ? locked.times + 1 : 1 };
    if (locked.times < MAX_LOCKED) return;
    throw new UserError('remote', `Could not write to ${description}: the remote cannot lock the branch.`, {
      hint: `Nothing was changed. A push that was killed may have left ${ref}.lock in the repository: remove it if no push is running.`,
    });
  }

  /** Reads the branch back, and checks that the remote has the commit. */
  async function confirm(commit: string): Promise<void> {
    if ((await branch.tip('confirming')) === commit) return;
    // Another push may have added commits on top of it in the meantime.
    const tip = await branch.fetch(MAX_LOOK_BACK, 'confirming');
    const isPartOf = tip && (await request('confirming', (git) => isAncestor(git, commit, tip.commit)));
    if (isPartOf) return;
    throw new UserError('remote', `The remote accepted the push, but ${description} does not contain it.`, {
      hint: 'Something on the remote has changed the branch. Check its history before you publish again.',
      isUncertain: true,
    });
  }
}

/** Returns the options for the folder above that of the site. */
function folderAbove<T extends { readonly directory: string }>(options: T): T {
  const { directory } = options;
  return { ...options, directory: directory.slice(0, Math.max(directory.lastIndexOf('/'), 0)) };
}

async function isAncestor(git: Git, commit: string, tip: string): Promise<boolean> {
  return (await git(['merge-base', '--is-ancestor', commit, tip], { accept: [1] })).code === 0;
}
