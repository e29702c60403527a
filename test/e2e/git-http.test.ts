import path from 'node:path';
import { makeFolder, writeFiles } from '../support/folders.js';
import { serveGit, type GitHttpOptions, type GitHttpServer } from '../support/git-http.js';
import { filesOf, git, makeBareRepository, refsOf } from '../support/git.js';
import { startCli } from '../support/program.js';

const LOGIN = 'x-access-token:right';

describe('publishing over HTTP', () => {
  let repository: string;
  let server: GitHttpServer;
  let cwd: string;

  async function serve(options: GitHttpOptions = {}): Promise<string> {
    server = await serveGit(path.dirname(repository), options);
    return `${server.url}/site.git`;
  }

  beforeEach(() => {
    repository = makeBareRepository();
    git(repository, 'config', 'http.receivepack', 'true');
    cwd = makeFolder();
    writeFiles(cwd, { 'app/macros/A.ijm': 'a' });
  });

  afterEach(() => server.close());

  const publish = (remote: string, env: Record<string, string> = {}, ...more: string[]) =>
    startCli(['publish', '--app-dir', 'app', '--remote', remote, ...more], { cwd, env });

  test('publishes with the right token, which is never in a URL', async () => {
    const remote = await serve({ login: LOGIN });
    const ran = await publish(remote, { UPDATE_SITE_TOKEN: 'right' });
    expect(ran).toMatchObject({ code: 0 });
    expect(filesOf(repository)).toContain('db.xml.gz');
    expect(server.requests.map(({ url }) => url).join()).not.toContain('right');
    expect(ran.stdout + ran.stderr).not.toContain('right');
  });

  test('publishes an update, for which only the index is fetched', async () => {
    const remote = await serve({ login: LOGIN });
    await publish(remote, { UPDATE_SITE_TOKEN: 'right' });
    writeFiles(cwd, { 'app/macros/A.ijm': 'new' });
    expect(await publish(remote, { UPDATE_SITE_TOKEN: 'right' })).toMatchObject({ code: 0 });
    expect(git(repository, 'rev-list', '--count', 'gh-pages').trim()).toBe('2');
  });

  test.each([
    ['a wrong token', { UPDATE_SITE_TOKEN: 'wrong' }, /it does not accept the token[\s\S]*UPDATE_SITE_TOKEN/],
    ['no token', {}, /asks for a login, and none was given[\s\S]*UPDATE_SITE_TOKEN/],
  ])('ends with one clear message: %s', async (_name, env, message) => {
    const remote = await serve({ login: LOGIN });
    const ran = await publish(remote, env);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr.match(/error:/g)).toHaveLength(1);
    expect(ran.stderr).not.toMatch(/^\s+at /m);
    expect(refsOf(repository)).toBe('');
  });

  test('names the permission that a token lacks', async () => {
    const remote = await serve({ login: LOGIN, readOnly: true });
    const ran = await publish(remote, { UPDATE_SITE_TOKEN: 'right' });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/access is denied[\s\S]*permissions: contents: write/);
    expect(refsOf(repository)).toBe('');
  });

  test('previews without write permission', async () => {
    const remote = await serve({ login: LOGIN, readOnly: true });
    const ran = await startCli(['preview', '--app-dir', 'app', '--remote', remote], {
      cwd,
      env: { UPDATE_SITE_TOKEN: 'right' },
    });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/add +macros\/A\.ijm/);
  });

  test('gives up on a server that does not respond', async () => {
    const remote = await serve({ hangs: true });
    const started = Date.now();
    const ran = await publish(remote, {}, '--timeout', '1');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/git [\w-]+ did not finish within 1 seconds[\s\S]*--timeout/);
    expect(Date.now() - started).toBeLessThan(20_000);
  });

  test('waits for a slow server', async () => {
    const remote = await serve({ login: LOGIN, delayMs: 300 });
    expect(await publish(remote, { UPDATE_SITE_TOKEN: 'right' })).toMatchObject({ code: 0 });
  });

  test('distinguishes a server that hangs after the push from one that received nothing', async () => {
    const remote = await serve({ hangsAfterPush: true });
    const ran = await publish(remote, {}, '--timeout', '2');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/Could not read back branch gh-pages[\s\S]*The push itself was accepted/);
    expect(filesOf(repository)).toContain('db.xml.gz');
  });

  test('does not treat a failing server as an empty repository', async () => {
    const remote = await serve({ failures: 1000 });
    const ran = await publish(remote);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/could not be reached/);
    expect(refsOf(repository)).toBe('');
  });

  test('does not send GITHUB_TOKEN to other servers than GitHub', async () => {
    const remote = (await serve({ login: LOGIN })).replace('127.0.0.1', 'localtest.invalid');
    const ran = await publish(remote, { GITHUB_TOKEN: 'right', http_proxy: server.url });
    expect(ran.code).toBe(1);
    expect(server.requests.length).toBeGreaterThan(0);
    expect(server.requests.every(({ authorization }) => authorization === undefined)).toBe(true);
  });

  test('refuses a password in the URL before anything is sent', async () => {
    const remote = (await serve()).replace('http://', 'http://me:secret@');
    const ran = await publish(remote);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/--remote: it contains a password/);
    expect(ran.stderr).not.toContain('secret');
    expect(server.requests).toEqual([]);
  });
});
