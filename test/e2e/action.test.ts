import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { makeFolder, posixTest, writeFiles } from '../support/folders.js';
import { serveGit, type GitHttpServer } from '../support/git-http.js';
import { filesOf, git, indexOf, makeBareRepository, refsOf } from '../support/git.js';
import { runAction } from '../support/program.js';

const T1 = '20260102030405';

function makeWorkspace(files: Record<string, string>): string {
  const cwd = makeFolder();
  writeFiles(cwd, files);
  return cwd;
}

describe('the packaged action', () => {
  test('publishes on a push, and reports it in outputs, log and summary', async () => {
    const repository = makeBareRepository();
    const cwd = makeWorkspace({ 'app/macros/A.ijm': 'a' });
    const ran = await runAction(
      {
        'app-dir': 'app',
        remote: repository,
        timestamp: T1,
        'site-url': 'https://example.org/site',
        mode: 'auto',
      },
      { cwd },
    );
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    const head = git(repository, 'rev-parse', 'gh-pages').trim();
    expect(ran.outputs).toMatchObject({
      changed: 'true',
      timestamp: T1,
      'commit-sha': head,
      'site-url': 'https://example.org/site/',
      'published-files': `macros/A.ijm-${T1}`,
    });
    expect(JSON.parse(ran.outputs['changes'] ?? '')).toMatchObject([
      { kind: 'add', path: 'macros/A.ijm', size: 1 },
    ]);
    expect(ran.outputs['summary']?.trimEnd()).toBe(ran.summary.trimEnd());
    expect(ran.summary).toContain('| 🆕 | macros/**A.ijm** | 2026-01-02 | 1 byte |');
    expect(ran.stdout).toContain('Published: 1 file added');
  });

  test('only previews on a pull request, and writes nothing', async () => {
    const repository = makeBareRepository();
    const cwd = makeWorkspace({ 'app/macros/A.ijm': 'a' });
    const ran = await runAction(
      { 'app-dir': 'app', remote: repository },
      { cwd, env: { GITHUB_EVENT_NAME: 'pull_request' } },
    );
    expect(ran.code).toBe(0);
    expect(ran.outputs).toMatchObject({
      changed: 'true',
      'commit-sha': '',
      'published-files': expect.stringContaining('macros/A.ijm-') as string,
    });
    expect(ran.summary).toContain('### ✅ Update site: 1 file changes, users download 1 byte\n');
    expect(refsOf(repository)).toBe('');
  });

  test('publishes on a pull request with "mode: publish", and never with "mode: preview"', async () => {
    const repository = makeBareRepository();
    const cwd = makeWorkspace({ 'app/macros/A.ijm': 'a' });
    await runAction({ 'app-dir': 'app', remote: repository, mode: 'preview' }, { cwd });
    expect(refsOf(repository)).toBe('');
    await runAction(
      { 'app-dir': 'app', remote: repository, mode: 'publish' },
      { cwd, env: { GITHUB_EVENT_NAME: 'pull_request' } },
    );
    expect(filesOf(repository)).toContain('db.xml.gz');
  });

  test('reads files and removals, one per line', async () => {
    const repository = makeBareRepository();
    const cwd = makeWorkspace({ 'a.ijm': 'a', 'b.lut': 'b', 'old.ijm': 'o' });
    await runAction({ files: 'a.ijm\n\nb.lut => luts/\nold.ijm => macros/\n', remote: repository }, { cwd });
    const index = indexOf(repository);
    for (const name of ['macros/a.ijm', 'luts/b.lut', 'macros/old.ijm'])
      expect(index).toContain(`filename="${name}"`);
    const ran = await runAction(
      { files: 'a.ijm', remove: 'macros/old.ijm\nluts/b.lut\n', remote: repository },
      { cwd },
    );
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.outputs['changes'] ?? '')).toMatchObject([
      { kind: 'remove', path: 'macros/old.ijm' },
      { kind: 'remove', path: 'luts/b.lut' },
    ]);
  });

  test('reports all faults of the inputs together, each as an annotation', async () => {
    const ran = await runAction(
      { mode: 'never', timestamp: 'x', 'complete-site': 'perhaps', remote: 'y' },
      { cwd: makeFolder() },
    );
    expect(ran.code).toBe(1);
    const annotations = ran.stdout.split('\n').filter((line) => line.startsWith('::error'));
    expect(annotations).toHaveLength(3);
    for (const name of ['mode', 'timestamp', 'complete-site'])
      expect(annotations.join()).toContain(`input "${name}"`);
    expect(ran.outputs).toMatchObject({ changed: 'false', changes: '[]' });
    expect(ran.summary).toContain('### ❌ Update site: not published, 3 problems to fix\n');
  });

  test('reports errors and warnings about artifacts as annotations, and only errors fail the step', async () => {
    const repository = makeBareRepository();
    const cwd = makeWorkspace({ 'app/jars/bad.jar': 'no jar', 'odd.xyz': 'x' });
    const bad = await runAction({ 'app-dir': 'app', remote: repository }, { cwd });
    expect(bad.code).toBe(1);
    expect(bad.stdout).toMatch(/^::error title=unreadable-artifact::.*bad\.jar/m);
    expect(refsOf(repository)).toBe('');
    const odd = await runAction({ files: 'odd.xyz => lib2/', remote: repository }, { cwd });
    expect(odd.code).toBe(0);
    expect(odd.stdout).toMatch(/^::warning title=not-picked-up::ImageJ does not load lib2\/odd\.xyz/m);
  });

  posixTest('escapes workflow commands and markup in file names', async () => {
    const repository = makeBareRepository();
    const refused = await runAction(
      { 'app-dir': 'app', remote: repository },
      { cwd: makeWorkspace({ 'app/macros/##[add-path]x.ijm': 'a' }) },
    );
    expect(refused.code).toBe(1);
    expect(refused.stdout).not.toContain('##[');
    const cwd = makeWorkspace({ 'app/macros/`|<b>@me.ijm': 'b' });
    const ran = await runAction({ 'app-dir': 'app', remote: repository }, { cwd });
    expect(ran.code).toBe(0);
    expect(ran.summary).toContain('| macros/**\\`&#124;&#60;b>@\u2060me.ijm** |');
  });
});

describe('the packaged action and GitHub', () => {
  let gitServer: GitHttpServer;
  let api: Server;
  let apiUrl: string;
  const calls: string[] = [];
  /** Responses of the API, by method and path. */
  let answers: Record<string, { status: number; body?: unknown }>;
  /** The repository whose newest commit Pages has built. */
  let built: string | undefined;

  beforeEach(async () => {
    calls.length = 0;
    answers = {};
    built = undefined;
    api = createServer((request, response) => {
      const call = `${request.method ?? ''} ${(request.url ?? '').replace(/\?.*/, '')}`;
      calls.push(call);
      if (call.endsWith('/builds/latest') && built !== undefined) {
        const commit = git(built, 'rev-parse', 'gh-pages').trim();
        answers[call] = { status: 200, body: { commit, status: 'building' } };
      }
      const answer = answers[call] ?? { status: 404, body: { message: 'Not Found' } };
      response
        .writeHead(answer.status, { 'content-type': 'application/json' })
        .end(JSON.stringify(answer.body ?? {}));
    });
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
    apiUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    await gitServer.close();
    api.closeAllConnections();
    await new Promise((resolve) => api.close(resolve));
  });

  async function publish(inputs: Record<string, string> = {}) {
    const repository = makeBareRepository();
    git(repository, 'config', 'http.receivepack', 'true');
    const root = path.dirname(repository);
    // URLs on GitHub have an owner and lack ".git".
    git(root, 'clone', '--quiet', '--bare', repository, 'owner/name');
    const target = path.join(root, 'owner/name');
    git(target, 'config', 'http.receivepack', 'true');
    git(target, 'config', 'uploadpack.allowFilter', 'true');
    if (inputs['repository'] !== undefined) built = target;
    gitServer = await serveGit(root, { login: 'x-access-token:ghs_secret' });
    const cwd = makeWorkspace({ 'app/macros/A.ijm': 'a' });
    const env = { GITHUB_SERVER_URL: gitServer.url, GITHUB_API_URL: apiUrl, GITHUB_REPOSITORY: 'owner/name' };
    return {
      target,
      ran: await runAction({ 'app-dir': 'app', token: 'ghs_secret', ...inputs }, { cwd, env }),
    };
  }

  const PAGES = {
    html_url: 'https://owner.github.io/name/',
    build_type: 'legacy',
    source: { branch: 'gh-pages', path: '/' },
  };

  test('publishes to the repository of the workflow, with its token masked', async () => {
    answers['GET /repos/owner/name/pages'] = { status: 200, body: PAGES };
    answers['POST /repos/owner/name/pages/builds'] = { status: 201, body: {} };
    const { target, ran } = await publish();
    expect(ran).toMatchObject({ code: 0 });
    expect(filesOf(target)).toContain('db.xml.gz');
    expect(ran.outputs['site-url']).toBe('https://owner.github.io/name/');
    expect(ran.stdout).toContain('::add-mask::ghs_secret');
    expect(ran.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain('ghs_secret');
    // No build started by itself, so one was requested.
    expect(calls).toContain('POST /repos/owner/name/pages/builds');
  });

  test('reports a missing permission for Pages in a warning', async () => {
    answers['GET /repos/owner/name/pages'] = { status: 200, body: PAGES };
    answers['POST /repos/owner/name/pages/builds'] = {
      status: 403,
      body: { message: 'Resource not accessible by integration' },
    };
    const { ran } = await publish();
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/^::warning title=pages-build-not-requested::.*pages: write/m);
  });

  test('reports Pages that is not enabled, or serves another branch', async () => {
    const { ran } = await publish();
    const settings = `${gitServer.url}/owner/name/settings/pages`;
    expect(ran.stdout).toMatch(/^::warning title=pages-not-enabled::/m);
    expect(ran.stdout).toContain(settings);
    expect(ran.summary).toContain(`[Settings of GitHub Pages](${settings})`);
    expect(ran.summary).toMatch(
      new RegExp(`commit \\[\`[0-9a-f]{12}\`\\]\\(${gitServer.url}/owner/name/commit/[0-9a-f]{40}\\)`),
    );
    expect(ran.outputs['site-url']).toBe('');
    expect(ran.summary).not.toContain('URL for ImageJ');
    await gitServer.close();
    answers['GET /repos/owner/name/pages'] = {
      status: 200,
      body: { ...PAGES, source: { branch: 'main', path: '/' } },
    };
    expect((await publish()).ran.stdout).toMatch(/^::warning title=pages-other-branch::/m);
  });

  test.each([
    ['pages-other-source', { build_type: 'workflow', source: { branch: 'main', path: '/' } }],
    ['pages-other-folder', { build_type: 'legacy', source: { branch: 'gh-pages', path: '/docs' } }],
  ])(
    'reports %s in a warning, and the summary does not show an address that is not served',
    async (code, pages) => {
      answers['GET /repos/owner/name/pages'] = { status: 200, body: { ...PAGES, ...pages } };
      const { ran } = await publish();
      expect(ran.code).toBe(0);
      expect(ran.stdout).toMatch(new RegExp(`^::warning title=${code}::.*/owner/name/settings/pages`, 'm'));
      expect(ran.outputs['site-url']).toBe('');
      expect(ran.summary).not.toContain('owner.github.io');
      await gitServer.close();
      const { ran: own } = await publish({ 'site-url': 'https://example.org/own/' });
      expect(own.stdout).not.toContain(code);
      expect(own.outputs['site-url']).toBe('https://example.org/own/');
    },
  );

  test('publishes to another repository by name, with the folder in the address', async () => {
    answers['GET /repos/owner/name/pages'] = { status: 200, body: PAGES };
    const { ran, target } = await publish({ repository: 'owner/name', directory: 'updates' });
    expect(ran.outputs['site-url']).toBe('https://owner.github.io/name/updates/');
    expect(filesOf(target)).toContain('updates/db.xml.gz');
    // The push has started a build, so none is requested.
    expect(calls).toContain('GET /repos/owner/name/pages/builds/latest');
    expect(calls).not.toContain('POST /repos/owner/name/pages/builds');
  });
});
