import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { IMAGEJ_FIXTURES } from '../support/fixtures.js';
import { makeFolder, writeFiles } from '../support/folders.js';
import { fileOf, filesOf, git, indexOf, makeBareRepository, refsOf } from '../support/git.js';
import { runCli, startCli } from '../support/program.js';

const T1 = '20260102030405';
const T2 = '20260102030406';

function makeApp(
  files: Record<string, string | Buffer> = { 'macros/A.ijm': 'a', 'macros/B.ijm': 'b' },
): string {
  const folder = makeFolder();
  writeFiles(path.join(folder, 'app'), files);
  return folder;
}

function publishArgs(repository: string, ...more: string[]): string[] {
  return ['publish', '--app-dir', 'app', '--remote', repository, ...more];
}

function resultOf(
  stdout: string,
): Record<string, unknown> & { changes: { kind: string; path: string }[]; problems: { code: string }[] } {
  return JSON.parse(stdout) as ReturnType<typeof resultOf>;
}

describe('publishing to a branch', () => {
  test('creates a new branch of one commit with payloads, index and .nojekyll', () => {
    const repository = makeBareRepository();
    const cwd = makeApp();
    const ran = runCli(publishArgs(repository, '--timestamp', T1, '--json'), { cwd });
    expect(ran).toMatchObject({ code: 0 });
    expect(filesOf(repository)).toEqual([
      '.nojekyll',
      'db.xml.gz',
      `macros/A.ijm-${T1}`,
      `macros/B.ijm-${T1}`,
    ]);
    expect(fileOf(repository, `macros/A.ijm-${T1}`).toString()).toBe('a');
    expect(git(repository, 'rev-list', '--count', 'gh-pages').trim()).toBe('1');
    const head = git(repository, 'rev-parse', 'gh-pages').trim();
    expect(resultOf(ran.stdout)).toMatchObject({
      changed: true,
      timestamp: T1,
      commit: head,
      siteUrl: null,
      unchanged: 0,
      problems: [],
      changes: [
        {
          kind: 'add',
          path: 'macros/A.ijm',
          size: 1,
          checksum: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
        },
        { kind: 'add', path: 'macros/B.ijm' },
      ],
    });
  });

  test('states in the commit what was changed, by whom and when', () => {
    const repository = makeBareRepository();
    const cwd = makeApp();
    runCli(publishArgs(repository, '--timestamp', T1), { cwd });
    expect(git(repository, 'log', '-1', '--format=%an|%ae|%cn|%s|%b', 'gh-pages').trim()).toBe(
      'github-actions[bot]|41898282+github-actions[bot]@users.noreply.github.com|github-actions[bot]|Add 2 files|' +
        '- Add macros/A.ijm\n- Add macros/B.ijm',
    );
    writeFiles(cwd, { 'app/macros/A.ijm': 'changed' });
    runCli(publishArgs(repository, '--timestamp', T2, '--commit-author', 'Jo Doe <jo@example.org>'), { cwd });
    expect(git(repository, 'log', '-1', '--format=%an|%ae|%s', 'gh-pages').trim()).toBe(
      'Jo Doe|jo@example.org|Update A.ijm',
    );
    writeFiles(cwd, { 'app/macros/A.ijm': 'again' });
    runCli(publishArgs(repository, '--message', 'As I say'), { cwd });
    expect(git(repository, 'log', '-1', '--format=%B', 'gh-pages').trim()).toBe('As I say');
  });

  test('does not commit if nothing changes', () => {
    const repository = makeBareRepository();
    const cwd = makeApp();
    runCli(publishArgs(repository), { cwd });
    const before = refsOf(repository);
    const ran = runCli(publishArgs(repository, '--json'), { cwd });
    expect(ran.code).toBe(0);
    expect(resultOf(ran.stdout)).toMatchObject({
      changed: false,
      timestamp: null,
      commit: null,
      changes: [],
      unchanged: 2,
    });
    expect(refsOf(repository)).toBe(before);
  });

  test('keeps everything else on the branch, and can publish to a folder of it', () => {
    const repository = makeBareRepository();
    const work = makeFolder();
    git(work, 'init', '--quiet', '--initial-branch=gh-pages');
    writeFiles(work, { 'index.html': 'mine', 'deep/er/file': 'mine too' });
    git(work, 'add', '.');
    git(work, '-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '--quiet', '-m', 'first');
    git(work, 'push', '--quiet', repository, 'gh-pages');
    const cwd = makeApp({ 'macros/A.ijm': 'a' });
    expect(
      runCli(publishArgs(repository, '--directory', 'updates/stable', '--timestamp', T1), { cwd }).code,
    ).toBe(0);
    expect(filesOf(repository)).toEqual([
      'deep/er/file',
      'index.html',
      'updates/stable/db.xml.gz',
      `updates/stable/macros/A.ijm-${T1}`,
    ]);
    expect(indexOf(repository, 'gh-pages', 'updates/stable/')).toContain('macros/A.ijm');
  });

  test('shows the same in a preview, and writes nothing', () => {
    const repository = makeBareRepository();
    const cwd = makeApp();
    runCli(publishArgs(repository), { cwd });
    writeFiles(cwd, { 'app/macros/A.ijm': 'new' });
    const before = refsOf(repository);
    for (const args of [['preview'], ['publish', '--dry-run']]) {
      const ran = runCli([...args, '--app-dir', 'app', '--remote', repository, '--json'], { cwd });
      expect(ran.code).toBe(0);
      expect(resultOf(ran.stdout)).toMatchObject({
        changed: true,
        commit: null,
        changes: [{ kind: 'update', path: 'macros/A.ijm' }],
      });
    }
    expect(refsOf(repository)).toBe(before);
  });

  test('works with a remote that cannot filter', () => {
    const repository = makeBareRepository({ filter: false });
    const cwd = makeApp();
    expect(runCli(publishArgs(repository), { cwd }).code).toBe(0);
    writeFiles(cwd, { 'app/macros/A.ijm': 'new' });
    expect(runCli(publishArgs(repository), { cwd }).code).toBe(0);
    expect(indexOf(repository)).toContain('<previous-version');
  });

  test('does not change the checkout in which it runs, or its configuration', () => {
    const repository = makeBareRepository();
    const cwd = makeApp();
    git(cwd, 'init', '--quiet');
    git(cwd, 'remote', 'add', 'origin', 'https://example.org/other.git');
    const state = () => [
      readFileSync(path.join(cwd, '.git/config'), 'utf8'),
      readdirSync(path.join(cwd, '.git'), { recursive: true }).sort().join(),
      git(cwd, 'status', '--porcelain'),
    ];
    const before = state();
    const env = {
      GIT_DIR: path.join(cwd, '.git'),
      GIT_INDEX_FILE: path.join(cwd, '.git/index'),
      GIT_WORK_TREE: cwd,
    };
    expect(runCli(publishArgs(repository), { cwd, env }).code).toBe(0);
    expect(state()).toEqual(before);
    expect(filesOf(repository)).toContain('db.xml.gz');
  });

  test('is not affected by the git configuration of the user', () => {
    const repository = makeBareRepository();
    const folder = makeFolder();
    writeFiles(folder, {
      'hooks/pre-push': '#!/bin/sh\nexit 1\n',
      config: `[core]\n\thooksPath = ${path.join(folder, 'hooks').replaceAll('\\', '/')}\n[push]\n\tgpgSign = true\n[commit]\n\tgpgSign = true\n[init]\n\tdefaultObjectFormat = sha256\n`,
    });
    chmodSync(path.join(folder, 'hooks/pre-push'), 0o755);
    const env = { GIT_CONFIG_GLOBAL: path.join(folder, 'config'), GIT_DEFAULT_HASH: 'sha256' };
    expect(runCli(publishArgs(repository), { cwd: makeApp(), env })).toMatchObject({ code: 0 });
    expect(filesOf(repository)).toContain('db.xml.gz');
  });

  test('leaves nothing behind in the temporary folder', () => {
    const repository = makeBareRepository();
    const temp = makeFolder();
    const cwd = makeApp();
    expect(runCli(publishArgs(repository), { cwd, env: { RUNNER_TEMP: temp } }).code).toBe(0);
    expect(readdirSync(temp)).toEqual([]);
  });

  test('creates the same index as the official updater, over several publications', () => {
    const scenario = path.join(IMAGEJ_FIXTURES, 'scenarios/03-update-versioned-name');
    const repository = makeBareRepository();
    for (const [step, timestamp] of [
      ['step1', '20261120093218'],
      ['step2', '20261120093220'],
      ['step3', '20261120093222'],
    ] as const) {
      const args = [
        'publish',
        '--app-dir',
        path.join(scenario, step, 'app'),
        '--complete-site',
        '--remote',
        repository,
      ];
      expect(runCli([...args, '--timestamp', timestamp], { cwd: os.tmpdir() }).code).toBe(0);
      expect(indexOf(repository)).toBe(readFileSync(path.join(scenario, step, 'db.xml'), 'utf8'));
    }
    expect(filesOf(repository)).toEqual([
      '.nojekyll',
      'db.xml.gz',
      'jars/alib-1.0.0.jar-20261120093218',
      'jars/alib-1.1.0.jar-20261120093220',
      'jars/alib-1.2.0-SNAPSHOT.jar-20261120093222',
    ]);
  });

  test('costs the same for small and large sites', () => {
    const repository = makeBareRepository();
    const cwd = makeApp({ 'lib/big.bin': Buffer.alloc(8_000_000, 1), 'lib/b.bin': Buffer.from('b') });
    runCli(publishArgs(repository, '--timestamp', T1), { cwd });
    git(repository, 'config', 'uploadpack.allowFilter', 'true');
    writeFiles(cwd, { 'app/lib/b.bin': 'new' });
    // The trace of git shows that it fetched only the index of the site.
    const trace = path.join(makeFolder(), 'trace');
    const ran = runCli(publishArgs(repository), { cwd, env: { GIT_TRACE_PACKET: trace } });
    expect(ran.code).toBe(0);
    const wanted = [...readFileSync(trace, 'utf8').matchAll(/fetch> want ([0-9a-f]{40})/g)].map(
      ([, object]) => object,
    );
    const payload = git(repository, 'rev-parse', `gh-pages:lib/big.bin-${T1}`).trim();
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted).not.toContain(payload);
  });
});

describe('competing publishers', () => {
  test('all succeed on one new branch, and lose nothing', async () => {
    const repository = makeBareRepository();
    const names = Array.from({ length: 8 }, (_, at) => `Tool_${at}`);
    const runs = await Promise.all(
      names.map((name) => {
        const cwd = makeApp({ [`macros/${name}.ijm`]: name });
        return startCli(publishArgs(repository, '--json'), { cwd });
      }),
    );
    expect(runs.map(({ code }) => code)).toEqual(names.map(() => 0));
    const index = indexOf(repository);
    for (const name of names) expect(index).toContain(`filename="macros/${name}.ijm"`);
    const files = filesOf(repository);
    for (const name of names)
      expect(files.filter((file) => file.startsWith(`macros/${name}.ijm-`))).toHaveLength(1);
    expect(git(repository, 'rev-list', '--count', '--first-parent', 'gh-pages').trim()).toBe('8');
    for (const { stdout } of runs)
      git(repository, 'merge-base', '--is-ancestor', String(resultOf(stdout)['commit']), 'gh-pages');
  });

  test('of the same file keep all versions in its history', async () => {
    const repository = makeBareRepository();
    const runs = await Promise.all(
      ['one', 'two', 'three'].map((content) =>
        startCli(publishArgs(repository), { cwd: makeApp({ 'macros/Same.ijm': content }) }),
      ),
    );
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
    const index = indexOf(repository);
    expect(index.match(/<version /g)).toHaveLength(1);
    expect(index.match(/<previous-version /g)).toHaveLength(2);
    expect(filesOf(repository).filter((file) => file.startsWith('macros/Same.ijm-'))).toHaveLength(3);
  });
});

describe('a publication that fails does not change the site', () => {
  test('because the remote does not exist, which is not treated as a new site', () => {
    const cwd = makeApp();
    const ran = runCli(publishArgs(path.join(cwd, 'nowhere.git')), { cwd });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/^error: Could not read branch gh-pages of .*nowhere\.git/m);
    expect(ran.stderr).not.toMatch(/^\s+at /m);
  });

  test.each([
    ['no gzip', Buffer.from('hello'), 'not a gzip file'],
    ['empty', Buffer.alloc(0), 'empty'],
    ['HTML', Buffer.from('<!DOCTYPE html><html></html>'), 'HTML page'],
  ])('because of an index that is %s', (_name, bytes, message) => {
    const repository = makeBareRepository();
    const work = makeFolder();
    git(work, 'init', '--quiet', '--initial-branch=gh-pages');
    writeFiles(work, { 'db.xml.gz': bytes });
    git(work, 'add', '.');
    git(work, '-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '--quiet', '-m', 'first');
    git(work, 'push', '--quiet', repository, 'gh-pages');
    const before = refsOf(repository);
    const ran = runCli(publishArgs(repository), { cwd: makeApp() });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(message);
    expect(refsOf(repository)).toBe(before);
  });

  test('because the remote protects the branch, which is not a lost race', () => {
    const repository = makeBareRepository();
    writeFiles(repository, {
      'hooks/pre-receive': '#!/bin/sh\necho "GH006: Protected branch update failed" >&2\nexit 1\n',
    });
    chmodSync(path.join(repository, 'hooks/pre-receive'), 0o755);
    const ran = runCli(publishArgs(repository), { cwd: makeApp() });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/its rules do not allow the push/);
    expect(refsOf(repository)).toBe('');
  });
});
