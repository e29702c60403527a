import type { OpenStore } from '../store.js';
import type { GitLocation } from './place.js';
import { createGitSite } from './site.js';

/** Opens a branch. */
export const openStore: OpenStore<GitLocation> = ({ remote, branch, directory }, context) => {
  const { cwd, env, token, author, timeoutMs, signal, remoteSizes } = context;
  const tempDir = env['RUNNER_TEMP'] || undefined;
  return createGitSite({
    remote,
    branch,
    directory,
    cwd,
    tempDir,
    env,
    token,
    author,
    timeoutMs,
    signal,
    remoteSizes,
  });
};
