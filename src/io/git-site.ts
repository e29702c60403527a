import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { SiteBudget, SiteSnapshot, SiteStore } from '../app/ports.js';
import { UserError } from '../model/user-error.js';
import { commitOn, NO_JEKYLL, onBranch, type CommitOptions } from './git-commit.js';
import { explainGitFailure, withoutCredentials } from './git-errors.js';
import { filesOf, readBlob } from './git-tree.js';
import { usageOf, type RemoteSizes } from './git-usage.js';
import { configFor, remoteUrl } from './git-remote.js';
import { createGit, GitFailure, type Git } from './git.js';

const MEBIBYTE = 1024 * 1024;

/** What GitHub Pages and git hosting allow: 1 GB for a published site, 100 MB for a file. Warnings begin at 80 %. */
const PAGES_BUDGET: SiteBudget = {
  maxFileBytes: 100 * MEBIBYTE,
  warnFileBytes: 80 * MEBIBYTE,
  maxSiteBytes: 1_000_000_000,
  warnSiteBytes: 800_000_000,
};

/** How many commits are looked through for ours when others have pushed on top of it. */
const LOOK_BACK = 200;

export interface GitSiteOptions extends CommitOptions {
  /** URL or path of the repository. */
  readonly remote: string;
  /** Where our repository may be made, outside of the user's checkout; undefined for the system's temporary folder. */
  readonly tempDir: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  /** Sent to the remote only, in a header. */
  readonly token: string | undefined;
  /** What one talk with the remote may take, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly remoteSizes: RemoteSizes | undefined;
}

interface GitSnapshot extends SiteSnapshot {
  /** The commit that the site was read from; undefined where there is no branch yet. */
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
  let workspace: Promise<{ folder: string; git: Git }> | undefined;

  /** Our repository, made when it is first needed. */
  function repository(): Promise<{ folder: string; git: Git }> {
    workspace ??= (async () => {
      const folder = await mkdtemp(path.join(options.tempDir ?? os.tmpdir(), 'update-site-'));
      const gitDir = path.join(folder, 'repository.git');
      const git = createGit({
        env: options.env,
        gitDir,
        config: configFor(options.remote, options.token),
        signal: options.signal,
      });
      await git(['init', '--quiet', '--bare', '--template=', '--object-format=sha1', gitDir]);
      await git(['config', 'remote.origin.url', remoteUrl(options.remote, options.cwd)]);
      // What is left out of a fetch may be asked for later, object by object.
      await git(['config', 'remote.origin.promisor', 'true']);
      await git(['config', 'remote.origin.partialclonefilter', 'blob:none']);
      await git(['config', 'extensions.partialClone', 'origin']);
      return { folder, git };
    })();
    return workspace;
  }

  async function talk<T>(phase: keyof typeof DOING, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw explainGitFailure(error, `${DOING[phase]} ${description}`, phase);
    }
  }

  /** The commit that the branch is at now, or undefined where there is no such branch. */
  async function remoteTip(
    git: Git,
    phase: 'reading' | 'confirming' = 'reading',
  ): Promise<string | undefined> {
    // Exit code 2 says "no such branch"; everything else that is not 0 says that nothing is known.
    const { code, stdout } = await talk(phase, () =>
      git(['ls-remote', '--exit-code', 'origin', ref], { accept: [2], timeoutMs: options.timeoutMs }),
    );
    // The name is a pattern to ls-remote, which also finds refs that only end in it.
    const lines = code === 2 ? [] : stdout.toString('utf8').split('\n');
    return lines.find((line) => line.endsWith(`\t${ref}`))?.split('\t')[0];
  }

  async function fetch(
    git: Git,
    depth: number,
    phase: 'reading' | 'confirming' = 'reading',
  ): Promise<string> {
    await talk(phase, () =>
      git(
        [
          'fetch',
          '--quiet',
          '--no-tags',
          `--depth=${depth}`,
          '--filter=blob:none',
          'origin',
          `+${ref}:refs/site/tip`,
        ],
        {
          timeoutMs: options.timeoutMs,
        },
      ),
    );
    return (await git(['rev-parse', '--verify', 'refs/site/tip^{commit}'])).stdout.toString('utf8').trim();
  }

  return {
    description,
    budget: PAGES_BUDGET,
    isAtomic: true,

    async open() {
      const { git } = await repository();
      if ((await remoteTip(git)) === undefined) return NO_SITE;
      const tip = await fetch(git, 1);
      const snapshot: GitSnapshot = {
        tip,
        isNew: false,
        dropsUnderscores: (await git(['ls-tree', '--full-tree', tip, '--', NO_JEKYLL])).stdout.length === 0,
        readFile: (file) => talk('reading', () => readBlob(git, options, tip, file)),
        listFiles: () => talk('reading', () => filesOf(git, options, tip)),
        usage: (stated) =>
          usageOf(git, tip, { stated, folder: onBranch(options, ''), remoteSizes: options.remoteSizes }),
      };
      return snapshot;
    },

    async publish(snapshot, publication) {
      const { folder, git } = await repository();
      const { tip } = snapshot as GitSnapshot;
      const commit = await talk('committing', () => commitOn(git, folder, options, tip, publication));
      const pushed = await talk('pushing', () => push(git, commit, ref, options.timeoutMs));
      if (pushed === 'lost race') return { status: 'lost race' };
      await confirm(git, commit);
      return { status: 'published', commit };
    },

    async close() {
      if (!workspace) return;
      const made = await workspace.catch(() => undefined);
      workspace = undefined;
      if (made) await rm(made.folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };

  /** Reads the branch back: only what the remote has now was published. */
  async function confirm(git: Git, commit: string): Promise<void> {
    if ((await remoteTip(git, 'confirming')) === commit) return;
    // Others may have pushed on top of it in the meantime.
    await fetch(git, LOOK_BACK, 'confirming');
    const { code } = await git(['merge-base', '--is-ancestor', commit, 'refs/site/tip'], {
      accept: [1, 128],
    });
    if (code === 0) return;
    throw new UserError('remote', `The remote accepted the push, but ${description} does not have it.`, {
      hint: 'Something on the remote has changed the branch. Look at its history before you publish again.',
    });
  }
}

async function push(
  git: Git,
  commit: string,
  ref: string,
  timeoutMs: number,
): Promise<'pushed' | 'lost race'> {
  const { code, stdout, stderr } = await git(
    ['push', '--porcelain', '--no-verify', 'origin', `${commit}:${ref}`],
    {
      accept: [1],
      timeoutMs,
    },
  );
  if (code === 0) return 'pushed';
  const said = `${stdout.toString('utf8')}\n${stderr}`;
  if (
    /\[rejected\]|cannot lock ref|failed to update ref|reference already exists|incorrect old value|failed to lock/i.test(
      said,
    )
  ) {
    return 'lost race';
  }
  throw new GitFailure('push', { code, stdout, stderr: said }, undefined);
}
