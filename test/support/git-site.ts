import { createGitSite, type GitSiteOptions } from '../../src/stores/git/site.js';
import { makeFolder } from './folders.js';
import { GIT_ENV } from './git.js';
import { indexPublication } from './index-publication.js';

/** Creates the store of a site on the branch `gh-pages`, without the git configuration of the machine. */
export function gitSite(remote: string, options: Partial<GitSiteOptions> = {}) {
  return createGitSite({
    remote,
    branch: 'gh-pages',
    directory: '',
    cwd: makeFolder(),
    tempDir: makeFolder(),
    author: { name: 'Jo Doe', email: 'jo@example.org' },
    env: GIT_ENV,
    token: undefined,
    timeoutMs: 60_000,
    signal: undefined,
    remoteSizes: undefined,
    ...options,
  });
}

/** Writes the text as the index of a site, and closes the store. */
export async function writeIndex(site: ReturnType<typeof gitSite>, text: string): Promise<string> {
  try {
    const result = await site.publish(await site.open(true), indexPublication(text));
    return result.status;
  } finally {
    await site.close();
  }
}
