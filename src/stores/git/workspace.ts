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
  /** Folder for our repository, outside of the user's checkout; `undefined` for the system's temporary folder. */
  readonly tempDir: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  /** Sent to the remote only, in a header. */
  readonly token: string | undefined;
  readonly signal: AbortSignal | undefined;
}

/** A temporary folder with our own repository, whose only remote is that of the site. */
export interface Workspace {
  readonly folder: string;
  readonly git: Git;
}

/** Whether a token is sent to the remote, which only HTTP supports. */
export function hasLogin({ remote, token }: Pick<WorkspaceOptions, 'remote' | 'token'>): boolean {
  return token !== undefined && httpOrigin(remote) !== undefined;
}

/**
 * Creates a workspace on its first use.
 *
 * @returns `open`, which throws a {@link UserError} if it cannot be created, and `remove`, which leaves nothing
 *   behind
 */
export function createWorkspace(options: WorkspaceOptions): {
  open(): Promise<Workspace>;
  remove(): Promise<void>;
} {
  // Recorded as soon as it exists, so that it is removed after any failure.
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
      // A folder that cannot be removed does not undo the publication.
      if (folder !== undefined)
        await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
      folder = undefined;
    },
  };
}

/** Returns git for our own repository, with the remote of the site and the login for it. */
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
    // As a clone with a filter writes it. All other settings of the remote come with each command.
    await appendFile(path.join(gitDir, 'config'), '[extensions]\n\tpartialClone = origin\n');
    return git;
  } catch (error) {
    const doing = `make a temporary repository in ${folder}`;
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code !== undefined && syscall !== undefined)
      throw new UserError('machine', `Could not ${doing}: ${messageOf(error)}.`, {
        hint: 'Nothing was changed. Check that the folder for temporary files can be written, and that "git init" works.',
        cause: error,
      });
    throw explainGitFailure(error, { doing, phase: 'preparing', hasToken: hasLogin(options) });
  }
}
