import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { reservedByGit } from '../../../src/model/git-names.js';
import { parseSitePath } from '../../../src/model/site-path.js';
import { posixTest } from '../../support/folders.js';
import { gitSite, writeIndex } from '../../support/git-site.js';
import { git, GIT_ENV, makeBareRepository } from '../../support/git.js';

const RESERVED = [
  '.git',
  '.GIT',
  '.Git',
  '.git.',
  '.git ',
  '.git . .',
  '.git:x',
  '.git .:$INDEX_ALLOCATION',
  'git~1',
  'GIT~1',
  'git~1.',
  'git~1 ',
  'Git~1:x',
  '.g\u200cit',
  '\u200f.GIT',
  '.git\ufeff',
  '.\u206ag\u202eit',
];
const FREE = [
  '.gitx',
  '.gi',
  '.git-0',
  '.git.x',
  '.git x',
  'git',
  'git~',
  'git~10',
  'git~2',
  'git~1x',
  'xgit~1',
  '..git',
  '.gıt',
  '.g\u200bit',
  '.git\u0301',
  '.github',
  'x.git',
];

const SHA1_OF_NOTHING = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391';
const ALL_SYSTEMS = ['-c', 'core.protectNTFS=true', '-c', 'core.protectHFS=true'];

/** Returns those paths that git does not add to a commit. */
function ignoredByGit(paths: readonly string[], ...config: string[]): Set<string> {
  const repository = makeBareRepository();
  // Each in its own folder, so that no path is in the way of another one.
  const input = paths.map((path, at) => `100644 ${SHA1_OF_NOTHING}\t${at}/${path}\0`).join('');
  const args = [...config, 'update-index', '-z', '--add', '--index-info'];
  const env = { ...GIT_ENV, LC_ALL: 'C' };
  const { status, stderr } = spawnSync('git', args, { cwd: repository, env, input, encoding: 'utf8' });
  const added = new Set(git(repository, 'ls-files', '-z').split('\0'));
  const ignored = new Set(paths.filter((path, at) => !added.has(`${at}/${path}`)));
  if (status !== 0 || (ignored.size === 0) !== (stderr === '')) throw new Error(stderr);
  return ignored;
}

/** Parts of names that some systems treat as `.git`, and of names that they do not. */
const name = fc
  .array(
    fc.oneof(
      fc.constantFrom('.', 'g', 'G', 'i', 'I', 't', 'T', '~', '1', ' ', ':', '.git', 'git~1', 'x', 'ı', 'İ'),
      fc.constantFrom(
        '\u200b',
        '\u200c',
        '\u200f',
        '\u2010',
        '\u202a',
        '\u202e',
        '\u206a',
        '\u206f',
        '\ufeff',
      ),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.join(''));
const nearGit = fc
  .tuple(fc.constantFrom('.git', '.GIT', 'git~1', 'Git~1'), name, fc.nat(6), fc.boolean())
  .map(([base, more, at, isPart]) => (isPart ? base.slice(0, at) + more + base.slice(at) : base + more));
const paths = fc
  .array(fc.oneof(name, nearGit, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => parts.join('/'))
  .filter((path) => 'path' in parseSitePath(path));

describe('names that git reserves', () => {
  test.each(RESERVED)('include %j, anywhere in a path', (reserved) => {
    for (const path of [reserved, `a/${reserved}`, `${reserved}/b`, `a/${reserved}/b`])
      expect(reservedByGit(path)).toContain(`git reserves the name "${reserved}"`);
  });

  test.each(FREE)('do not include %j', (free) => {
    expect(reservedByGit(`a/${free}/b`)).toBeUndefined();
  });

  posixTest('are those that git leaves out of commits if it protects all systems', () => {
    const all = [...RESERVED, ...FREE, ...fc.sample(paths, { numRuns: 20_000, seed: 10 })];
    const ignored = ignoredByGit(all, ...ALL_SYSTEMS);
    expect(ignored.size).toBeGreaterThan(RESERVED.length + 500);
    const wrong = all.filter((path) => (reservedByGit(path) !== undefined) !== ignored.has(path));
    expect(wrong).toEqual([]);
  });

  posixTest('include all that git leaves out with its default protection', () => {
    const all = [...RESERVED, ...FREE, ...fc.sample(paths, { numRuns: 5000, seed: 11 })];
    const ignored = [...ignoredByGit(all)];
    expect(ignored).toContain('git~1');
    expect(ignored.filter((path) => reservedByGit(path) === undefined)).toEqual([]);
  });

  test('are those that hosts reject in a push', () => {
    const repository = makeBareRepository();
    git(repository, 'config', 'core.protectNTFS', 'false');
    const stored = execFileSync('git', ['hash-object', '-w', '--stdin'], {
      cwd: repository,
      env: GIT_ENV,
      input: '',
    });
    expect(stored.toString().trim()).toBe(SHA1_OF_NOTHING);
    const all = [...RESERVED, ...FREE];
    const input = all.map((path) => `100644 blob ${SHA1_OF_NOTHING}\t${path}\0\0`).join('');
    const made = execFileSync('git', ['mktree', '-z', '--batch'], { cwd: repository, env: GIT_ENV, input });
    const trees = made.toString().trim().split('\n');
    expect(trees).toHaveLength(all.length);
    const { stderr } = spawnSync('git', ['fsck', '--strict', ...trees], {
      cwd: repository,
      env: { ...GIT_ENV, LC_ALL: 'C' },
      encoding: 'utf8',
    });
    const refused = [...stderr.matchAll(/in tree ([0-9a-f]+): hasDotgit/g)].map(([, tree]) => tree);
    expect(all.filter((_, at) => refused.includes(trees[at]))).toEqual(RESERVED);
  });

  test('are never published, even if one gets as far as the commit', async () => {
    const repository = makeBareRepository();
    for (const directory of ['', 'git~1']) {
      const site = gitSite(repository, { directory });
      const expected =
        directory === '' ? 'published' : 'git does not accept git~1/db.xml.gz on branch gh-pages.';
      expect(await writeIndex(site, 'one').catch((error: unknown) => (error as Error).message)).toBe(
        expected,
      );
    }
    expect(git(repository, 'rev-list', '--count', 'gh-pages').trim()).toBe('1');
  });
});
