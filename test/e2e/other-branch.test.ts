import { likelyBranches } from '../../src/io/git-branches.js';
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
  test.each([true, false])('is a warning if another branch holds a site (filters: %s)', (filter) => {
    const cwd = makeBuild();
    const repository = makeBareRepository({ filter });
    expect(run(cwd, 'publish', repository).problems).toEqual([]);
    const { problems } = run(cwd, 'preview', repository, '--branch', 'gh-page');
    expect(problems).toMatchObject([{ severity: 'warning', code: 'other-branch-has-site' }]);
    expect(problems[0]?.message).toContain('another branch: gh-pages.');
    expect(problems[0]?.hint).toContain('--branch gh-pages');
    // It is a warning: the site can be made all the same, and then it is gone.
    run(cwd, 'publish', repository, '--branch', 'gh-page');
    expect(filesOf(repository, 'gh-page')).toContain('db.xml.gz');
    expect(run(cwd, 'preview', repository, '--branch', 'gh-page').problems).toEqual([]);
  });

  test('is no warning if the others hold none, or a site of another kind', () => {
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

  test('is named in the action too', async () => {
    const cwd = makeBuild();
    const repository = makeBareRepository();
    run(cwd, 'publish', repository, '--branch', 'gh-pages');
    const inputs = { files: 'a.ijm', remote: repository, branch: 'ghpages', mode: 'preview' };
    const ran = await runAction(inputs, { cwd });
    expect(ran.stdout).toMatch(/^::warning title=other-branch-has-site::.*"branch: gh-pages"/m);
  });

  test('is compared with few branches, the most likely first', () => {
    const many = Array.from({ length: 50 }, (_, at) => `feature/${at}`);
    expect(likelyBranches('gh-page', [...many, 'main', 'gh-pages', 'gh-page'])).toEqual([
      'gh-pages',
      'main',
      ...many.slice(0, 8),
    ]);
    expect(likelyBranches('x', [])).toEqual([]);
  });
});
