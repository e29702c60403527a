import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { obstaclesIn } from '../../../src/stores/git/tree.js';
import { makeFolder, writeFiles } from '../../support/folders.js';
import { filesOf, git, makeBareRepository, refsOf } from '../../support/git.js';
import { runHere } from '../../support/in-process.js';
import { beforePublishing, folderStore, publishHere } from '../../support/publish-here.js';
import { filesBelow } from '../../support/scenario.js';
import { workFiles } from '../../support/work-files.js';

const STAMP = '20260102030405';
const STORED = `macros/A.ijm-${STAMP}`;
const LATER = ['--timestamp', '20260102030406'];

let cwd: string;
beforeEach(() => {
  cwd = makeFolder();
  writeFiles(cwd, { 'app/macros/A.ijm': 'a' });
});

/** Returns the problems of a preview and of a publication, which must be the same. */
async function problemsOf(site: readonly string[], ...more: string[]): Promise<unknown> {
  const args = ['--app-dir', 'app', ...site, ...more];
  const preview = await runHere(['preview', ...args], cwd);
  const { problems, refusal } = await runHere(['publish', ...args], cwd);
  expect(preview.problems).toEqual(problems);
  expect(preview.refusal).toBe(refusal);
  return problems;
}

const taken = (file: string, message: string) => [
  {
    severity: 'error',
    code: 'place-taken',
    path: file,
    message: expect.stringContaining(message) as string,
    hint: expect.stringMatching(/^Move it /) as string,
  },
];

describe('a site in a folder', () => {
  const SITE = ['--site-dir', 'site'];
  const site = () => path.join(cwd, 'site');

  test('is not published to if a folder is in the place of a payload that it lacks', async () => {
    await runHere(['publish', '--app-dir', 'app', ...SITE, '--timestamp', STAMP], cwd);
    const index = readFileSync(path.join(site(), 'db.xml.gz'));
    rmSync(path.join(site(), STORED));
    writeFiles(site(), { [`${STORED}/x`]: '' });
    const message = `${path.join('site', STORED)} is a folder, and a file must be written in its place.`;
    expect(await problemsOf(SITE)).toEqual(taken(STORED, message));
    expect(readFileSync(path.join(site(), 'db.xml.gz')).equals(index)).toBe(true);
    expect(workFiles(site())).toEqual([]);
    // The remedy from the hint.
    renameSync(path.join(site(), STORED), path.join(cwd, 'moved'));
    expect(await runHere(['publish', '--app-dir', 'app', ...SITE], cwd)).toMatchObject({ restored: [{}] });
    expect(readFileSync(path.join(site(), STORED), 'utf8')).toBe('a');
  });

  test('is not published to if a file is in the place of a folder, which is reported once', async () => {
    writeFiles(site(), { macros: 'a file' });
    writeFiles(cwd, { 'app/macros/sub/B.ijm': 'b', 'app/scripts/c.py': 'c' });
    const message = `${path.join('site', 'macros')} is a file, and ${STORED} needs a folder in its place.`;
    expect(await problemsOf(SITE, '--timestamp', STAMP)).toEqual(taken(STORED, message));
    expect(filesBelow(site())).toEqual(['macros']);
  });

  test('gets no index if a folder appears in the place of a payload', async () => {
    const appears = beforePublishing(folderStore(cwd), () =>
      mkdirSync(path.join(site(), STORED), { recursive: true }),
    );
    await expect(publishHere(cwd, appears, { 'app-dir': 'app', timestamp: STAMP })).rejects.toMatchObject({
      code: 'site',
      message: `${path.join('site', STORED)} is a folder, and a file must be written in its place.`,
      hint: 'Nothing was published. Move it out of the site, and run again.',
    });
    expect(filesBelow(site())).toEqual([]);
  });

  test('has nothing in the way if it does not exist, even in a preview', async () => {
    expect(await problemsOf(SITE)).toEqual([]);
    mkdirSync(path.join(site(), 'macros'), { recursive: true });
    expect(await problemsOf(SITE, ...LATER)).toEqual([]);
  });

  test('may have a folder in the place of a payload that is not written', async () => {
    await runHere(['publish', '--app-dir', 'app', ...SITE, '--timestamp', STAMP], cwd);
    mkdirSync(path.join(site(), `macros/A.ijm-${LATER[1] ?? ''}`));
    expect(await problemsOf(SITE, ...LATER)).toEqual([]);
    expect(readdirSync(cwd)).toEqual(['app', 'site']);
  });
});

describe('a site in a folder of a branch', () => {
  const below = (file: string) => `updates/stable/${file}`;
  const siteOf = (repository: string) => ['--remote', repository, '--directory', 'updates/stable'];

  /** Creates a branch with a site, and changes it by hand. */
  async function damagedBranch(change: (work: string) => void): Promise<string> {
    const repository = makeBareRepository();
    writeFiles(cwd, { 'app/plugins/b.py': 'b' });
    await runHere(['publish', '--app-dir', 'app', ...siteOf(repository), '--timestamp', STAMP], cwd);
    const work = makeFolder();
    git(work, 'clone', '--quiet', '--branch', 'gh-pages', repository, '.');
    rmSync(path.join(work, below(STORED)));
    change(work);
    git(work, 'add', '--all', '--force');
    git(work, '-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '--quiet', '-m', 'x');
    git(work, 'push', '--quiet');
    return repository;
  }

  async function expectRefusal(repository: string, message: string): Promise<void> {
    const before = refsOf(repository);
    expect(await problemsOf(siteOf(repository))).toEqual(taken(STORED, message));
    expect(refsOf(repository)).toBe(before);
  }

  test('is not published to if a folder is in the place of a payload that it lacks', async () => {
    const repository = await damagedBranch((work) => {
      writeFiles(work, { [`${below(STORED)}/x`]: '' });
    });
    const name = below(STORED);
    await expectRefusal(
      repository,
      `Branch gh-pages has a folder ${name}, and a file must be written in its place.`,
    );
    expect(filesOf(repository)).toContain(`${name}/x`);
  });

  test('is not published to if a file is in the place of a folder', async () => {
    const repository = await damagedBranch((work) => {
      expect(existsSync(path.join(work, below('macros')))).toBe(true);
      rmSync(path.join(work, below('macros')), { recursive: true });
      writeFiles(work, { [below('macros')]: '' });
    });
    const name = below('macros');
    await expectRefusal(
      repository,
      `Branch gh-pages has a file ${name}, and ${below(STORED)} needs a folder in its place.`,
    );
  });
});

test('reports each obstacle in a commit once, with its path on the branch', () => {
  const tree = new Map(
    (
      [
        ['site/a.jar-1/x', 'file'],
        ['site/b.jar-1', 'link'],
        ['site/c.jar-1', 'repository'],
        ['site/d.jar-1', 'file'],
        ['site/macros', 'file'],
        ['site/lib', 'repository'],
        ['e.jar-1/x', 'file'],
      ] as const
    ).map(([file, kind]) => [file, { object: 'a', kind }]),
  );
  const options = { branch: 'gh-pages', directory: 'site', timeoutMs: 1 };
  const files = [
    'a.jar-1',
    'b.jar-1',
    'c.jar-1',
    'd.jar-1',
    'e.jar-1',
    'macros/f-1',
    'macros/g-1',
    'lib/x/h-1',
  ];
  const found = obstaclesIn(tree, options, files);
  expect(found.map(({ path: file }) => file)).toEqual([
    'a.jar-1',
    'b.jar-1',
    'c.jar-1',
    'macros/f-1',
    'lib/x/h-1',
  ]);
  expect(obstaclesIn(tree, { ...options, directory: '' }, ['site'])).toHaveLength(1);
});
