import { likelyBranches } from '../../src/stores/git/branches.js';
import { makeFolder, writeFiles } from '../support/folders.js';
import { filesOf, git, makeBareRepository, refsOf } from '../support/git.js';
import { runAction, runCli } from '../support/program.js';

interface Result {
  problems: { code: string; message: string; hint: string; severity: string }[];
}

function makeBuild(): string {
  const cwd = makeFolder();
  writeFiles(cwd, { 'a.ijm': 'x' });
  return cwd;
}

function run(cwd: string, command: string, repository: string, ...more: string[]): Result {
  const ran = runCli([command, '--files', 'a.ijm', '--remote', repository, '--json', ...more], { cwd });
  expect(ran.code).toBe(0);
  return JSON.parse(ran.stdout) as Result;
}

describe('a branch that does not exist', () => {
  test.each([true, false])('is a warning if another branch contains a site (filters: %s)', (filter) => {
    const cwd = makeBuild();
    const repository = makeBareRepository({ filter });
    expect(run(cwd, 'publish', repository).problems).toEqual([]);
    const { problems } = run(cwd, 'preview', repository, '--branch', 'gh-page');
    expect(problems).toMatchObject([{ severity: 'warning', code: 'other-branch-has-site' }]);
    expect(problems[0]?.message).toContain('one exists elsewhere: branch gh-pages.');
    expect(problems[0]?.hint).toContain('--branch gh-pages');
    // It is only a warning: the site can be created, and then the warning disappears.
    run(cwd, 'publish', repository, '--branch', 'gh-page');
    expect(filesOf(repository, 'gh-page')).toContain('db.xml.gz');
    expect(run(cwd, 'preview', repository, '--branch', 'gh-page').problems).toEqual([]);
  });

  test('is not a warning if the other branches do not contain a site, or one of another format', () => {
    const cwd = makeBuild();
    const repository = makeBareRepository();
    const work = makeFolder();
    git(work, 'clone', '--quiet', repository, '.');
    writeFiles(work, { 'sub/db.xml.gz': 'x', 'updatePlugins.xml': 'x' });
    git(work, 'add', '.');
    git(work, '-c', 'user.name=t', '-c', 'user.email=t@example.org', 'commit', '--quiet', '-m', 'x');
    git(work, 'push', '--quiet', 'origin', 'HEAD:refs/heads/main');
    expect(run(cwd, 'preview', repository).problems).toEqual([]);
    const below = run(cwd, 'preview', repository, '--directory', 'sub');
    expect(below.problems).toMatchObject([{ code: 'other-branch-has-site' }]);
    expect(refsOf(repository).split('\n').filter(Boolean)).toHaveLength(1);
  });

  test('is also reported in the action', async () => {
    const cwd = makeBuild();
    const repository = makeBareRepository();
    run(cwd, 'publish', repository, '--branch', 'gh-pages');
    const inputs = { files: 'a.ijm', remote: repository, branch: 'ghpages', mode: 'preview' };
    const ran = await runAction(inputs, { cwd });
    expect(ran.stdout).toMatch(/^::warning title=other-branch-has-site::.*"branch: gh-pages"/m);
  });

  test('is compared with a few branches, the most likely first', () => {
    const many = Array.from({ length: 60 }, (_, at) => `feature/${at}`);
    const bots = Array.from({ length: 60 }, (_, at) => `${at % 2 ? 'dependabot' : 'renovate'}/npm/${at}`);
    const named = ['develop', 'fiji/update-site', 'main', 'gh-pages', 'gh-page', 'z-updates'];
    expect(likelyBranches('gh-page', [...bots, ...many, ...named])).toEqual([
      'gh-pages',
      'main',
      'z-updates',
      'develop',
      'fiji/update-site',
      ...many.slice(0, 45),
    ]);
    expect(likelyBranches('x', bots)).toEqual([]);
  });
});

describe('a branch without an index', () => {
  /** Creates a repository with some files on a branch. */
  function commitTo(repository: string, branch: string, files: Record<string, string>): void {
    const work = makeFolder();
    git(work, 'init', '--quiet', '.');
    writeFiles(work, files);
    git(work, 'add', '.');
    git(work, '-c', 'user.name=t', '-c', 'user.email=t@example.org', 'commit', '--quiet', '-m', 'x');
    git(work, 'push', '--quiet', repository, `HEAD:refs/heads/${branch}`);
  }

  test('is a warning if another branch has one, even if the server does not filter trees', () => {
    const cwd = makeBuild();
    const repository = makeBareRepository();
    git(repository, 'config', 'uploadpackfilter.tree.allow', 'false');
    commitTo(repository, 'main', { 'pom.xml': 'x' });
    for (let at = 0; at < 12; at++) git(repository, 'branch', `dependabot/maven/${at}`, 'main');
    run(cwd, 'publish', repository, '--branch', 'z-updates');
    const { problems } = run(cwd, 'preview', repository, '--branch', 'main');
    expect(problems).toMatchObject([{ severity: 'warning', code: 'other-branch-has-site' }]);
    expect(problems[0]?.message).toContain('one exists elsewhere: branch z-updates.');
    expect(problems[0]?.hint).toContain('"branch: z-updates" (--branch z-updates)?');
    // The hint also names the input to omit.
    const below = run(cwd, 'preview', repository, '--branch', 'main', '--directory', 'sub').problems;
    expect(below[0]?.message).toContain('elsewhere: the root of branch z-updates.');
    expect(below[0]?.hint).toContain('(--branch z-updates) without "directory" (--directory)?');
  });

  test.each([
    ['updates', 'update', 'folder updates of', '"directory: updates" (--directory updates)?'],
    ['updates', '', 'folder updates of', '"directory: updates" (--directory updates)?'],
    ['', 'updates', 'the root of', 'the root of the branch, without "directory" (--directory)?'],
  ])('is a warning if another folder has one ("%s", not "%s")', (there, given, place, inputs) => {
    const cwd = makeBuild();
    const repository = makeBareRepository();
    const at = (directory: string) => (directory === '' ? [] : ['--directory', directory]);
    expect(run(cwd, 'publish', repository, ...at(there)).problems).toEqual([]);
    const { problems } = run(cwd, 'preview', repository, ...at(given));
    expect(problems).toMatchObject([{ severity: 'warning', code: 'other-branch-has-site' }]);
    expect(problems[0]?.message).toContain(`one exists elsewhere: ${place} the same branch.`);
    expect(problems[0]?.hint).toContain(`Did you mean ${inputs}`);
    expect(run(cwd, 'preview', repository, ...at(there)).problems).toEqual([]);
  });
});
