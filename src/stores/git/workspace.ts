import { appendFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeTempFolder } from '../../io/machine-fault.js';
import { messageOf, UserError } from '../../model/user-error.js';
import { explainGitFailure } from './errors.js';
import { createGit, type Git } from './git.js';
import { configFor, httpOrigin } from './remote.js';

export interface WorkspaceOptions {
  /** URL or path of the repository of the site. */
  readonly remote: string;
  /** Where a relative path of a remote starts. */
  readonly cwd: string;
  /** Where our repository may be made, outside of the user's checkout; undefined for the system's temporary folder. */
  readonly tempDir: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  /** Sent to the remote only, in a header. */
  readonly token: string | undefined;
  readonly signal: AbortSignal | undefined;
}

/** A temporary folder with a repository of our own, whose only remote is that of the site. */
export interface Workspace {
  readonly folder: string;
  readonly git: Git;
}

/** Whether a token goes to a remote: only HTTP has a header for it. */
export function hasLogin({ remote, token }: Pick<WorkspaceOptions, 'remote' | 'token'>): boolean {
  return token !== undefined && httpOrigin(remote) !== undefined;
}

/**
 * A workspace that is made when it is first needed.
 *
 * @returns `open`, which throws a {@link UserError} if it cannot be made, and `remove`, which leaves nothing behind
 */
export function createWorkspace(options: WorkspaceOptions): {
  open(): Promise<Workspace>;
  remove(): Promise<void>;
} {
  // Known as soon as it exists, so that it is removed whatever goes wrong in it.
  let folder: string | undefined;
  let made: Promise<Workspace> | undefined;
  const make = async (): Promise<Workspace> => {
    folder = await makeTempFolder(options.tempDir, 'update-site-');
    return { folder, git: await makeRepository(options, folder) };
  };
  return {
    open: () => (made ??= make()),
    async remove() {
      await made?.catch(() => undefined);
      made = undefined;
      // What was published is published, whether or not the folder can be removed.
      if (folder !== undefined)
        await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
      folder = undefined;
    },
  };
}

/** Git for a repository of our own that has the remote of the site, with the login for it. */
export function gitFor(options: WorkspaceOptions, gitDir: string): Git {
  const { remote, cwd, token, env, signal } = options;
  const config = configFor(remote, cwd, token);
  return createGit({ env, gitDir, config, hasLogin: hasLogin(options), signal });
}

async function makeRepository(options: WorkspaceOptions, folder: string): Promise<Git> {
  const gitDir = path.join(folder, 'repository.git');
  const git = gitFor(options, gitDir);
  try {
    await git(['init', '--quiet', '--bare', '--template=', '--object-format=sha1', gitDir]);
    // As a clone with a filter says it. Everything else about the remote comes with each command.
    await appendFile(path.join(gitDir, 'config'), '[extensions]\n\tpartialClone = origin\n');
    return git;
  } catch (error) {
    const doing = `make a temporary repository in ${folder}`;
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code !== undefined && syscall !== undefined)
      throw new UserError('machine', `Could not ${doing}: ${messageOf(error)}.`, {
        hint: 'Nothing was changed. Check that the folder for temporary files can be written to, and that "git init" works.',
        cause: error,
      });
    throw explainGitFailure(error, { doing, phase: 'preparing', hasToken: hasLogin(options) });
  }
}
