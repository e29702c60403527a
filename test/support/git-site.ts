import { sitePath } from '../../src/model/site-path.js';
import { createGitSite, type GitSiteOptions } from '../../src/stores/git/site.js';
import { makeFolder } from './folders.js';
import { GIT_ENV } from './git.js';

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
    const result = await site.publish(await site.open(true), {
      payloads: [],
      restored: [],
      verify: () => Promise.resolve(),
      removals: [],
      indexFiles: [{ path: sitePath('db.xml.gz'), bytes: Buffer.from(text) }],
      message: text,
      date: new Date('2026-01-02T03:04:05Z'),
    });
    return result.status;
  } finally {
    await site.close();
  }
}
