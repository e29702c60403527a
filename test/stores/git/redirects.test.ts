import path from 'node:path';
import { sitePath } from '../../../src/model/site-path.js';
import { makeFolder, writeFiles } from '../../support/folders.js';
import { serveGit, type GitHttpOptions, type GitHttpServer } from '../../support/git-http.js';
import { gitSite, writeIndex } from '../../support/git-site.js';
import { git, GIT_ENV, makeBareRepository, refsOf } from '../../support/git.js';

const TOKEN = 'a-token-of-the-old-server';
const isPush = (url: string) => url.includes('git-receive-pack');

describe('a repository that has moved to another server', () => {
  let repository: string;
  let newServer: GitHttpServer;
  let newUrl: string;
  let oldServer: GitHttpServer;
  let oldUrl: string;

  async function moved(isMoved: (method: string, url: string) => boolean, status = 301): Promise<void> {
    newServer = await serveGit(path.dirname(repository));
    // Another host name, and another port.
    newUrl = newServer.url.replace('127.0.0.1', 'localhost');
    const redirect: GitHttpOptions['redirect'] = (method, url) =>
      isMoved(method, url) ? { status, location: `${newUrl}${url}` } : undefined;
    oldServer = await serveGit(path.dirname(repository), { redirect });
    oldUrl = `${oldServer.url}/site.git`;
  }

  beforeEach(() => {
    repository = makeBareRepository();
    git(repository, 'config', 'http.receivepack', 'true');
  });

  afterEach(async () => {
    await oldServer.close();
    await newServer.close();
  });

  const movedMessage = () => ({
    code: 'remote',
    message: expect.stringContaining(`the server redirects to ${newUrl}/site.git.`) as string,
    hint: expect.stringContaining(`write ${newUrl}/site.git in place of the old address`) as string,
  });

  test.each([301, 302, 303, 307, 308])(
    'receives no request when it is read (%i), and the message names its new address',
    async (status) => {
      await moved(() => true, status);
      const site = gitSite(oldUrl, { token: TOKEN });
      await expect(writeIndex(site, 'one')).rejects.toMatchObject(movedMessage());
      expect(newServer.requests).toEqual([]);
      expect(oldServer.requests.length).toBeGreaterThan(0);
    },
  );

  test('receives no request when it is written, and the message names its new address', async () => {
    await moved((_, url) => isPush(url));
    const site = gitSite(oldUrl, { token: TOKEN });
    await expect(writeIndex(site, 'one')).rejects.toMatchObject(movedMessage());
    expect(newServer.requests).toEqual([]);
    expect(refsOf(repository)).toBe('');
  });

  test('receives no request when the server redirects in the middle of a fetch', async () => {
    await moved((method, url) => method === 'POST' && !isPush(url), 307);
    const site = gitSite(oldUrl, { token: TOKEN });
    await expect(writeIndex(site, 'one')).rejects.toMatchObject(movedMessage());
    expect(newServer.requests).toEqual([]);
  });

  test('receives no request when the server redirects in the middle of a push', async () => {
    await moved((method, url) => method === 'POST' && isPush(url), 307);
    const site = gitSite(oldUrl, { token: TOKEN });
    // A second request for the new address would push again.
    await expect(writeIndex(site, 'one')).rejects.toMatchObject({
      code: 'remote',
      message: expect.stringContaining('the server redirects to another address') as string,
    });
    expect(newServer.requests).toEqual([]);
    expect(refsOf(repository)).toBe('');
  });

  test('receives no token while the index of a site is fetched', async () => {
    await writeIndex(gitSite(repository), 'one');
    let isGone = false;
    await moved(() => isGone);
    const site = gitSite(oldUrl, { token: TOKEN });
    const snapshot = await site.open(true);
    isGone = true;
    await expect(snapshot.readFile(sitePath('db.xml.gz'))).rejects.toMatchObject(movedMessage());
    await site.close();
    expect(newServer.requests).toEqual([]);
  });

  test('is not followed without a token either, whatever the configuration of the user', async () => {
    await moved(() => true);
    const config = `[http]\n\tfollowRedirects = true\n[http "${oldServer.url}/"]\n\tfollowRedirects = true\n`;
    const folder = makeFolder();
    writeFiles(folder, { config });
    const env = {
      ...GIT_ENV,
      GIT_CONFIG_GLOBAL: path.join(folder, 'config'),
      GIT_CONFIG_PARAMETERS: "'http.followredirects'='true'",
    };
    await expect(writeIndex(gitSite(oldUrl, { env }), 'one')).rejects.toMatchObject(movedMessage());
    expect(newServer.requests).toEqual([]);
  });

  test('is shown without login and query', async () => {
    newServer = await serveGit(path.dirname(repository));
    oldServer = await serveGit(path.dirname(repository), {
      redirect: () => ({
        status: 302,
        location: 'https://me:secret@sso.example.org/login?next=secret#secret',
      }),
    });
    const failed = writeIndex(gitSite(`${oldServer.url}/site.git`, { token: TOKEN }), 'one');
    await expect(failed).rejects.toMatchObject({
      message: expect.stringMatching(/redirects to https:\/\/sso\.example\.org\/login\.$/) as string,
      hint: expect.stringContaining('a login page') as string,
    });
    await expect(failed).rejects.not.toThrow(/secret/);
  });

  test.each([
    ['nothing', undefined],
    ['a file', 'file:///etc/passwd'],
    ['an invalid address', 'http://[bad'],
  ])('is explained after a redirect to %s', async (_, location) => {
    newServer = await serveGit(path.dirname(repository));
    oldServer = await serveGit(path.dirname(repository), {
      redirect: () => ({ status: 301, ...(location === undefined ? {} : { location }) }),
    });
    await expect(writeIndex(gitSite(`${oldServer.url}/site.git`), 'one')).rejects.toMatchObject({
      code: 'remote',
      message: expect.stringContaining('the server redirects to another address') as string,
    });
  });
});

describe('a login that is not accepted', () => {
  let server: GitHttpServer;
  beforeEach(async () => {
    server = await serveGit(path.dirname(makeBareRepository()), { login: 'x-access-token:right' });
  });
  afterEach(() => server.close());

  test('is reported as a wrong token if a token was given', async () => {
    await expect(
      writeIndex(gitSite(`${server.url}/site.git`, { token: 'wrong' }), 'one'),
    ).rejects.toMatchObject({
      code: 'remote',
      message: expect.stringContaining('it does not accept the token') as string,
      hint: expect.stringMatching(/expired[\s\S]*"token"[\s\S]*UPDATE_SITE_TOKEN/) as string,
    });
  });

  test('is reported as missing if no login was given', async () => {
    await expect(writeIndex(gitSite(`${server.url}/site.git`), 'one')).rejects.toMatchObject({
      message: expect.stringContaining('it asks for a login, and none was given') as string,
    });
  });

  test('is not replaced by the login of another program if a token was given', async () => {
    const folder = makeFolder();
    const called = path.join(folder, 'called');
    writeFiles(folder, { askpass: `#!/bin/sh\necho "$1" >> '${called}'\necho right\n` });
    git(folder, 'init', '--quiet');
    const { chmodSync, existsSync } = await import('node:fs');
    chmodSync(path.join(folder, 'askpass'), 0o755);
    const env = {
      ...GIT_ENV,
      GIT_ASKPASS: path.join(folder, 'askpass'),
      SSH_ASKPASS: path.join(folder, 'askpass'),
    };
    await expect(
      writeIndex(gitSite(`${server.url}/site.git`, { token: 'wrong', env }), 'one'),
    ).rejects.toThrow(/does not accept the token/);
    expect(existsSync(called)).toBe(false);
  });
});
