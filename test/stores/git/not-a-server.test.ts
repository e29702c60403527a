import { readdirSync } from 'node:fs';
import path from 'node:path';
import { explainGitFailure } from '../../../src/stores/git/errors.js';
import { GitError } from '../../../src/stores/git/git.js';
import { makeFolder, writeFiles } from '../../support/folders.js';
import { serveGit, type GitHttpOptions, type GitHttpServer } from '../../support/git-http.js';
import { gitSite, writeIndex } from '../../support/git-site.js';
import { filesOf, git, GIT_ENV, makeBareRepository } from '../../support/git.js';

const PAGE = '<!DOCTYPE html><html><body>Please log in.</body></html>';
const HTML = { type: 'text/html; charset=utf-8', body: PAGE };

/** Responses of web servers that send status 200 for every request, by description. */
const PAGES: Readonly<Record<string, { readonly type?: string; readonly body: string }>> = {
  'a page on one line': HTML,
  'a page of several lines': { type: 'text/html', body: PAGE.replaceAll('><', '>\n<') },
  'an empty text': { type: 'text/plain', body: '' },
  'nothing at all': { body: '' },
  'the list of an empty repository on a static host': { type: 'application/octet-stream', body: '' },
};

let server: GitHttpServer | undefined;
afterEach(() => server?.close());

/** Serves the repository until `afterEach`, and returns its address. */
async function serve(options: GitHttpOptions, repository = makeBareRepository()): Promise<string> {
  server = await serveGit(path.dirname(repository), options);
  return `${server.url}/site.git`;
}

const refused = {
  code: 'remote',
  message: expect.stringMatching(
    /^Could not read branch gh-pages of http:\S+: it does not respond as a git server \(.+\)\.$/,
  ) as string,
  hint: expect.stringMatching(/Check the URL.*Nothing was changed\./) as string,
};

describe('a web server that responds with status 200 to every request', () => {
  test.each(Object.entries(PAGES))('is not an empty repository if it sends %s', async (_, page) => {
    const remote = await serve({ page: () => page });
    const tempDir = makeFolder();
    const site = gitSite(remote, { tempDir });
    await expect(site.open(false)).rejects.toMatchObject(refused);
    await expect(writeIndex(site, 'one')).rejects.toMatchObject(refused);
    expect(server?.requests.map(({ method }) => method)).not.toContain('PROPFIND');
    expect(readdirSync(tempDir)).toEqual([]);
  });

  test('is named with the content type of its response', async () => {
    const site = gitSite(await serve({ page: () => HTML }));
    await expect(site.open(false)).rejects.toThrow(/it responded with text\/html\)/);
    await site.close();
  });

  test('is not trusted after a login either', async () => {
    const site = gitSite(await serve({ page: () => HTML, login: 'x-access-token:right' }), {
      token: 'right',
    });
    await expect(site.open(false)).rejects.toMatchObject(refused);
    await site.close();
  });

  test('is explained if only pushes reach it', async () => {
    const remote = await serve({ page: (url) => (url.includes('git-receive-pack') ? HTML : undefined) });
    await expect(writeIndex(gitSite(remote), 'one')).rejects.toMatchObject({
      code: 'remote',
      message: expect.stringMatching(
        /^Could not write to branch gh-pages .*: it does not respond as a git server \(.*git-http-push failed\)\.$/,
      ) as string,
      hint: expect.stringContaining('Check the URL') as string,
    });
  });
});

describe('an empty repository is a new site', () => {
  test.each([0, 1, 2])('with protocol version %i over HTTP', async (protocol) => {
    const repository = makeBareRepository();
    git(repository, 'config', 'http.receivepack', 'true');
    const remote = await serve({ protocol, login: 'x-access-token:right' }, repository);
    const [tempDir, token] = [makeFolder(), 'right'];
    const site = gitSite(remote, { tempDir, token });
    expect(await site.open(false)).toMatchObject({ isNew: true });
    await site.close();
    expect(await writeIndex(gitSite(remote, { tempDir, token }), 'one')).toBe('published');
    expect(filesOf(repository)).toContain('db.xml.gz');
    expect(readdirSync(tempDir)).toEqual([]);
  });

  test('if the configuration of the user replaces its address by one without HTTP', async () => {
    const remote = await serve({ page: () => HTML });
    const folder = makeFolder();
    writeFiles(folder, { config: `[url "${makeBareRepository()}"]\n\tinsteadOf = ${remote}\n` });
    const site = gitSite(remote, { env: { ...GIT_ENV, GIT_CONFIG_GLOBAL: path.join(folder, 'config') } });
    expect(await site.open(false)).toMatchObject({ isNew: true });
    await site.close();
    expect(server?.requests).toEqual([]);
  });
});

test.each([
  ['fatal: http://x/info/refs not valid: is this a git repository?'],
  ['error: no DAV locking support on http://x/\nfatal: git-http-push failed'],
  ["git: 'http-push' is not a git command. See 'git --help'.\nfatal: git-http-push failed"],
  ['fatal: dumb http transport does not support shallow capabilities'],
  ["fatal: invalid server response; got '<html>'"],
])('explains what git prints about a server without git: %s', (stderr) => {
  const result = { code: 128, signal: undefined, stdout: Buffer.alloc(0), stderr };
  const work = { doing: 'read it', phase: 'reading', hasToken: false } as const;
  expect(explainGitFailure(new GitError('fetch', result, undefined), work)).toMatchObject({
    message: expect.stringContaining('it does not respond as a git server') as string,
  });
});
