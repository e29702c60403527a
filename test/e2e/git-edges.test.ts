import { spawn } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, truncateSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { makeFolder, posixTest, writeFiles } from '../support/folders.js';
import { serveGit } from '../support/git-http.js';
import { filesOf, git, GIT_ENV, makeBareRepository, refsOf } from '../support/git.js';
import { CLI, runAction, runCli } from '../support/program.js';

const MIB = 1024 * 1024;

function makeApp(files: Record<string, string> = { 'macros/A.ijm': 'a' }): string {
  const cwd = makeFolder();
  writeFiles(path.join(cwd, 'app'), files);
  return cwd;
}

/** Creates a branch with the given files, and writes each content only once. */
function pushTree(repository: string, files: Record<string, string | Buffer>): void {
  const work = makeFolder();
  git(work, 'init', '--quiet', '--initial-branch=gh-pages');
  writeFiles(work, files);
  git(work, 'add', '--all', '--force');
  git(work, '-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '--quiet', '--message', 'x');
  git(work, 'push', '--quiet', '--force', repository, 'gh-pages');
}

/** Creates a branch with `copies` files of `bytes` zeros, which share one object. */
function pushZeros(repository: string, copies: number, bytes: number): void {
  const work = makeFolder();
  git(work, 'init', '--quiet', '--initial-branch=gh-pages');
  writeFiles(work, { zeros: '' });
  truncateSync(path.join(work, 'zeros'), bytes);
  const object = git(work, 'hash-object', '-w', 'zeros').trim();
  for (let at = 0; at < copies; at++)
    git(work, 'update-index', '--add', '--cacheinfo', `100644,${object},old/payload-${at}`);
  const tree = git(work, 'write-tree').trim();
  const commit = git(
    work,
    '-c',
    'user.name=x',
    '-c',
    'user.email=x@example.org',
    'commit-tree',
    tree,
    '-m',
    'x',
  ).trim();
  git(work, 'push', '--quiet', repository, `${commit}:refs/heads/gh-pages`);
}

function problemsOf(stdout: string): { severity: string; code: string; message: string; path?: string }[] {
  return (JSON.parse(stdout) as { problems: ReturnType<typeof problemsOf> }).problems;
}

describe('the budget of GitHub Pages', () => {
  test('a branch near 1 GB is a warning with figures from the tree', () => {
    const repository = makeBareRepository({ filter: false });
    pushZeros(repository, 10, 95_000_000);
    const ran = runCli(['publish', '--app-dir', 'app', '--remote', repository, '--json'], { cwd: makeApp() });
    expect(ran.code).toBe(0);
    expect(problemsOf(ran.stdout)).toMatchObject([
      {
        severity: 'warning',
        code: 'site-near-limit',
        message: expect.stringContaining('950.0 MB now') as string,
      },
    ]);
    expect(filesOf(repository)).toContain('db.xml.gz');
  });

  test('the host provides the sizes of files that are not fetched', async () => {
    const root = makeFolder();
    const repository = path.join(root, 'owner/name');
    git(root, 'init', '--quiet', '--bare', repository);
    git(repository, 'config', 'uploadpack.allowFilter', 'true');
    git(repository, 'config', 'http.receivepack', 'true');
    pushZeros(repository, 11, 95_000_000);
    const api = createServer((request, response) => {
      const isTree = (request.url ?? '').startsWith('/repos/owner/name/git/trees/');
      const sha = git(repository, 'rev-parse', 'gh-pages:old/payload-0').trim();
      const body = isTree
        ? { tree: [{ path: 'old/payload-0', sha, size: 95_000_000, type: 'blob' }] }
        : { message: 'Not Found' };
      response
        .writeHead(isTree ? 200 : 404, { 'content-type': 'application/json' })
        .end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
    const server = await serveGit(root);
    try {
      const ran = await runAction(
        { 'app-dir': 'app', token: 'x' },
        {
          cwd: makeApp(),
          env: {
            GITHUB_SERVER_URL: server.url,
            GITHUB_REPOSITORY: 'owner/name',
            GITHUB_API_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
          },
        },
      );
      expect(ran.code).toBe(0);
      expect(ran.stdout).toMatch(/^::warning title=site-too-large::.*1\.0 GB now.*more than the 1\.0 GB/m);
    } finally {
      await server.close();
      api.closeAllConnections();
      api.close();
    }
  });

  test('the index states the sizes of current versions if no other source exists', () => {
    const repository = makeBareRepository();
    const records = Array.from({ length: 10 }, (_, at) => {
      const version = `<version checksum="${'a'.repeat(40)}" timestamp="20260101000000" filesize="95000000"/>`;
      return `<plugin filename="lib/${at}.bin">${version}</plugin>`;
    });
    const payloads = records.map((_, at): [string, string] => [
      `site/lib/${at}.bin-20260101000000`,
      `not fetched ${at}`,
    ]);
    pushTree(repository, {
      'site/db.xml.gz': gzipSync(`<pluginRecords>${records.join('')}</pluginRecords>`),
      'site/unknown': 'not stated',
      ...Object.fromEntries(payloads),
    });
    const args = [
      'publish',
      '--app-dir',
      'app',
      '--remote',
      `file://${repository}`,
      '--directory',
      'site',
      '--json',
    ];
    const ran = runCli(args, { cwd: makeApp() });
    expect(ran.code).toBe(0);
    expect(problemsOf(ran.stdout)).toMatchObject([
      {
        code: 'site-near-limit',
        message: expect.stringMatching(/at least \(1 file could not be measured\) 950\.0 MB/) as string,
      },
    ]);
  });

  test('a payload near 100 MB is a warning, and a larger one is refused before anything is written', () => {
    const repository = makeBareRepository();
    const cwd = makeApp({ 'lib/near.bin': '', 'lib/over.bin': '' });
    truncateSync(path.join(cwd, 'app/lib/near.bin'), 95 * MIB);
    truncateSync(path.join(cwd, 'app/lib/over.bin'), 100 * MIB + 1);
    const ran = runCli(['publish', '--app-dir', 'app', '--remote', repository, '--json'], { cwd });
    expect(ran.code).toBe(1);
    expect(problemsOf(ran.stdout).map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'warning file-near-limit',
      'error file-too-large',
    ]);
    expect(ran.stderr).toContain('104.9 MB');
    expect(refsOf(repository)).toBe('');
  });
});

describe('branches that are not a regular site', () => {
  test('payloads without an index are damage, not a new site', () => {
    const repository = makeBareRepository();
    pushTree(repository, { 'macros/A.ijm-20260101000000': 'a' });
    const before = refsOf(repository);
    const ran = runCli(['publish', '--app-dir', 'app', '--remote', repository], { cwd: makeApp() });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(
      /db\.xml\.gz is missing, but .* contains payloads such as macros\/A\.ijm-20260101000000/,
    );
    expect(refsOf(repository)).toBe(before);
    // Another folder of the same branch may contain a separate site.
    expect(
      runCli(['publish', '--app-dir', 'app', '--remote', repository, '--directory', 'other'], {
        cwd: makeApp(),
      }).code,
    ).toBe(0);
  });

  test('names that Jekyll would drop are reported if it runs', () => {
    const jekyll = makeBareRepository();
    pushTree(jekyll, { 'index.html': 'x' });
    const args = (repository: string) => ['publish', '--app-dir', 'app', '--remote', repository, '--json'];
    const app = { 'macros/_hidden.ijm': 'a', 'macros/seen_.ijm': 'b' };
    expect(problemsOf(runCli(args(jekyll), { cwd: makeApp(app) }).stdout)).toMatchObject([
      {
        severity: 'warning',
        code: 'dropped-by-jekyll',
        path: expect.stringContaining('_hidden.ijm') as string,
      },
    ]);
    expect(problemsOf(runCli(args(makeBareRepository()), { cwd: makeApp(app) }).stdout)).toEqual([]);
  });

  test('a branch whose name only ends with ours is another branch', () => {
    const repository = makeBareRepository();
    pushTree(repository, { 'index.html': 'x' });
    git(repository, 'update-ref', 'refs/heads/x/refs/heads/gh-pages', 'gh-pages');
    git(repository, 'update-ref', '-d', 'refs/heads/gh-pages');
    expect(runCli(['publish', '--app-dir', 'app', '--remote', repository], { cwd: makeApp() }).code).toBe(0);
    expect(filesOf(repository)).not.toContain('index.html');
  });

  test('an author that git rejects is an ordinary error, not an internal one', () => {
    const repository = makeBareRepository();
    const args = [
      'publish',
      '--app-dir',
      'app',
      '--remote',
      repository,
      '--commit-author',
      '., <jo@example.org>',
    ];
    const ran = runCli(args, { cwd: makeApp() });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(
      /Could not make a commit for branch gh-pages[\s\S]*disallowed characters[\s\S]*Nothing was changed/,
    );
    expect(refsOf(repository)).toBe('');
  });

  test.each([
    [
      'a destination',
      ['--files', 'app/macros/A.ijm => macros/git~1/'],
      1,
      /macros\/git~1\/A\.ijm cannot be published: git reserves the name "git~1"/,
    ],
    [
      'the folder of the site',
      ['--app-dir', 'app', '--directory', 'GIT~1'],
      2,
      /--directory: "GIT~1" cannot be a folder of the branch: git reserves/,
    ],
  ] as const)(
    'a name that git leaves out of commits is refused, even in a preview: %s',
    (_, args, code, message) => {
      const repository = makeBareRepository();
      for (const command of ['preview', 'publish']) {
        const all = [command, ...args, '--remote', repository, '--upstream', 'none'];
        const ran = runCli(all, { cwd: makeApp() });
        expect(ran.stdout + ran.stderr).toMatch(message);
        expect(ran.code).toBe(code);
        expect(refsOf(repository)).toBe('');
      }
    },
  );

  test('a branch is refused if another branch has the name of its folder', () => {
    const repository = makeBareRepository();
    pushTree(repository, { 'README.md': 'a file' });
    const ran = runCli(
      [
        'publish',
        '--app-dir',
        'app',
        '--remote',
        repository,
        '--branch',
        'gh-pages/sub',
        '--upstream',
        'none',
      ],
      { cwd: makeApp() },
    );
    expect(ran.stderr).toMatch(/another branch is in the way[\s\S]*"--directory"/);
    expect(ran.stderr).not.toMatch(/not known|Another run has published/);
    expect(ran.code).toBe(1);
  });

  test('a SHA-256 repository is reported as not supported, empty or not', () => {
    const repository = path.join(makeFolder(), 'site.git');
    git('.', 'init', '--quiet', '--bare', '--object-format=sha256', repository);
    const args = ['publish', '--app-dir', 'app', '--remote', repository, '--upstream', 'none'];
    expect(runCli(args, { cwd: makeApp() }).stderr).toMatch(
      /is a SHA-256 repository, which is not supported/,
    );
    const tree = git(repository, 'mktree').trim();
    const commit = git(
      repository,
      '-c',
      'user.name=x',
      '-c',
      'user.email=x@y',
      'commit-tree',
      tree,
      '-m',
      'x',
    ).trim();
    git(repository, 'update-ref', 'refs/heads/gh-pages', commit);
    expect(runCli(args, { cwd: makeApp() }).stderr).toMatch(
      /is a SHA-256 repository, which is not supported/,
    );
  });

  test('a file in the place of a folder is reported, and nothing is pushed', () => {
    const repository = makeBareRepository();
    pushTree(repository, { macros: 'a file' });
    const before = refsOf(repository);
    for (const command of ['preview', 'publish']) {
      const ran = runCli([command, '--app-dir', 'app', '--remote', repository], { cwd: makeApp() });
      expect(ran.code).toBe(1);
      expect(ran.stdout + ran.stderr).toMatch(
        /Branch gh-pages has a file macros, and macros\/A\.ijm-\d+ needs/,
      );
    }
    expect(refsOf(repository)).toBe(before);
  });
});

posixTest('an SSH remote is reached through the ssh of the user', () => {
  const repository = makeBareRepository();
  const folder = makeFolder();
  // Replaces ssh: records its arguments, and runs the remote command locally.
  const ssh = path.join(folder, 'fake-ssh');
  writeFiles(folder, {
    'fake-ssh': `#!/bin/sh\necho "$@" >> "${folder}/calls"\nfor last; do :; done\nexec sh -c "$last"\n`,
  });
  chmodSync(ssh, 0o755);
  const env = { GIT_SSH_COMMAND: ssh, GIT_SSH_VARIANT: 'ssh', UPDATE_SITE_TOKEN: 'secret' };
  const args = ['publish', '--app-dir', 'app', '--remote', `git@example.org:${repository}`];
  expect(runCli(args, { cwd: makeApp(), env })).toMatchObject({ code: 0 });
  expect(runCli(args, { cwd: makeApp({ 'macros/A.ijm': 'new' }), env })).toMatchObject({ code: 0 });
  expect(git(repository, 'rev-list', '--count', 'gh-pages').trim()).toBe('2');
  const calls = readFileSync(path.join(folder, 'calls'), 'utf8');
  expect(calls).toMatch(/git@example\.org git-receive-pack/);
  expect(calls).not.toContain('secret');
});

posixTest('an interrupted run reports it, and leaves nothing behind', async () => {
  const server = await serveGit(makeFolder(), { hangs: true });
  const temp = makeFolder();
  try {
    const child = spawn(
      process.execPath,
      [CLI, 'publish', '--app-dir', 'app', '--remote', `${server.url}/x.git`],
      {
        cwd: makeApp(),
        env: { ...GIT_ENV, RUNNER_TEMP: temp },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGTERM');
    expect(await ended).toBe(1);
    expect(stderr).toContain('Interrupted; nothing was changed.');
    expect(readdirSync(temp)).toEqual([]);
  } finally {
    await server.close();
  }
});
