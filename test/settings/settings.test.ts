import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import type { UserError } from '../../src/model/user-error.js';
import { tokenForAction, tokenForCommandLine } from '../../src/settings/credentials.js';
import type { RawOptions } from '../../src/settings/options.js';
import { parseOptions } from '../../src/settings/settings.js';
import { makeFolder } from '../support/folders.js';
import { GIT_ENV } from '../support/git.js';

function settings(raw: RawOptions) {
  return parseOptions(raw, {
    preview: false,
    nameOf: (name) => `--${name}`,
    defaultRemote: undefined,
    wantsDiff: false,
    isRelease: false,
  });
}

const FOLDER = { 'site-dir': 'site' };

describe('settings', () => {
  test('have good defaults', () => {
    const { chosenFormat, ...rest } = settings({ remote: 'https://example.org/r' });
    expect(chosenFormat((format, options) => [format.name, options])).toEqual([
      'imagej',
      { onShadow: 'error', allowMassRemoval: false },
    ]);
    expect(rest).toEqual({
      preview: false,
      format: 'imagej',
      appDir: undefined,
      archiveCheck: true,
      channel: undefined,
      files: [{ pattern: 'target/*.jar', destination: undefined }],
      defaultFiles: true,
      completeSite: false,
      remove: [],
      isRelease: false,
      failOn: 'error',
      wantsDiff: false,
      upstream: [{ name: 'Fiji-Latest', location: 'https://sites.imagej.net/Fiji/db.xml.gz' }],
      java: 21,
      dependencies: 'auto',
      withDependencies: false,
      mavenRepository: undefined,
      configFile: undefined,
      siteUrl: undefined,
      timestamp: undefined,
      message: undefined,
      site: {
        kind: 'git',
        remote: 'https://example.org/r',
        branch: 'gh-pages',
        directory: '',
      },
      author: { name: 'github-actions[bot]', email: '41898282+github-actions[bot]@users.noreply.github.com' },
      timeoutMs: 600_000,
      reportFile: undefined,
      comment: false,
    });
    expect(settings({ ...FOLDER, 'app-dir': 'Fiji.app' })).toMatchObject({ files: [], defaultFiles: false });
  });

  test.each([
    ['a/*.jar', { pattern: 'a/*.jar', destination: undefined }],
    ['a/*.jar => jars/', { pattern: 'a/*.jar', destination: { folder: 'jars' } }],
    ['a.jar=>jars/b.jar', { pattern: 'a.jar', destination: { path: 'jars/b.jar' } }],
    ['  x y.ijm  =>  macros/z w.ijm ', { pattern: 'x y.ijm', destination: { path: 'macros/z w.ijm' } }],
  ])('files: %s', (line, rule) => {
    expect(settings({ ...FOLDER, files: [line] }).files).toEqual([rule]);
  });

  test.each([
    ['target/*.jar -> plugins/', 'Write "=>": "target/*.jar => plugins/".'],
    ['target/*.jar->plugins/', 'Write "=>": "target/*.jar => plugins/".'],
    ['target/*.jar --> plugins/', 'Write "=>": "target/*.jar => plugins/".'],
    ['target/*.jar → jars/x.jar', 'Write "=>": "target/*.jar => jars/x.jar".'],
    ['a.ijm = > macros/', 'Write "=>": "a.ijm => macros/".'],
    ['target/*.jar > jars/', 'Write "=>": "target/*.jar => jars/".'],
  ])('files: a wrong arrow is corrected in %s', (line, hint) => {
    expect(() => settings({ ...FOLDER, files: [line] })).toThrow(
      expect.objectContaining({ code: 'usage', hint }) as Error,
    );
  });

  test.each<[RawOptions, string]>([
    [{ format: 'jetbrains', 'app-dir': 'false' }, 'it is for the format imagej'],
    [{ keep: 'none' }, 'it is for the format jetbrains'],
    [{ 'archive-url': 'false' }, 'it is for the format jetbrains'],
    [{ format: 'jetbrains', 'on-shadow': 'none' }, 'it is for the format imagej'],
  ])('%j is refused, because it belongs to another format', (raw, message) => {
    expect(() => settings({ ...FOLDER, ...raw })).toThrow(
      expect.objectContaining({ message: expect.stringContaining(message) as string }) as Error,
    );
  });

  test('values that switch a feature off are accepted for every format', () => {
    const given = { upstream: 'none', dependencies: 'none', 'complete-site': 'false', 'on-shadow': 'error' };
    expect(settings({ ...FOLDER, format: 'jetbrains', ...given })).toMatchObject({ upstream: [] });
  });

  test('report all faults, even if the location of the site is missing', () => {
    try {
      settings({ branch: '-x', directory: '../x' });
      throw new Error('It passed.');
    } catch (error) {
      expect((error as UserError).problems).toHaveLength(3);
    }
  });

  test('files: an arrow may be part of a file name', () => {
    expect(settings({ ...FOLDER, files: ['a->b.txt', 'x.txt => macros/a->b.txt'] }).files).toEqual([
      { pattern: 'a->b.txt', destination: undefined },
      { pattern: 'x.txt', destination: { path: 'macros/a->b.txt' } },
    ]);
  });

  test('upstream sites: presets, the user’s own sites, or none', () => {
    const chosen = (...upstream: string[]) => settings({ ...FOLDER, upstream });
    expect(chosen('none')).toMatchObject({ upstream: [], java: undefined });
    const stable = chosen('fiji-stable', 'Mine=https://example.org/mine');
    expect(stable.upstream.map(({ name }) => name)).toEqual(['ImageJ', 'Fiji', 'Java-8', 'Mine']);
    expect(stable.upstream.at(-1)?.location).toBe('https://example.org/mine/db.xml.gz');
    expect(stable.java).toBe(8);
    expect(chosen('Mine=https://example.org/db.xml?x=1').upstream[0]?.location).toBe(
      'https://example.org/db.xml?x=1',
    );
    expect(chosen('A=b/c.xml')).toMatchObject({
      upstream: [{ name: 'A', location: 'b/c.xml' }],
      java: undefined,
    });
  });

  test.each<[RawOptions, string]>([
    [{ upstream: ['fiji-lastest'] }, 'Did you mean "fiji-latest"?'],
    [{ upstream: ['none', 'fiji-latest'] }, 'cannot be combined with other sites'],
    [{ upstream: ['A=x', 'A=y'] }, 'two sites have the name "A"'],
    [{ upstream: ['A=https://user:secret@example.org/'] }, 'contains a login'],
    [{ upstream: ['=x'] }, 'is not a site'],
    [{ 'on-shadow': 'skp' }, 'Did you mean "skip"?'],
    [{ 'on-shadow': 'skip', 'force-shadow': true }, 'contradict each other'],
  ])('%j is refused', (raw, message) => {
    expect(() => settings({ ...FOLDER, ...raw })).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ code: 'usage' })] }) as Error,
    );
    try {
      settings({ ...FOLDER, ...raw });
    } catch (error) {
      const [problem] = (error as UserError).problems;
      expect(`${problem?.message ?? ''} ${problem?.hint ?? ''}`).toContain(message);
    }
  });

  test('use the given timestamp, otherwise choose one later', () => {
    expect(settings({ ...FOLDER, timestamp: '20260102030405' }).timestamp).toBe(20260102030405);
    expect(settings(FOLDER).timestamp).toBeUndefined();
  });

  test('normalize addresses to a trailing slash, and folders and branches to one form', () => {
    expect(settings({ remote: 'r', 'site-url': 'https://x.org/y' }).siteUrl).toBe('https://x.org/y/');
    expect(settings({ remote: 'r', directory: 'a/b/' }).site).toMatchObject({ directory: 'a/b' });
    for (const remote of [
      'https://example.org:8443/a@b.git',
      'ssh://git@example.org:22/r',
      'git@example.org:a/b@c',
    ])
      expect(settings({ remote }).site).toMatchObject({ remote });
    expect(settings({ remote: 'r', branch: 'refs/heads/pages' }).site).toMatchObject({ branch: 'pages' });
  });

  test.each<[RawOptions, string]>([
    [{ ...FOLDER, 'site-url': 'example.org' }, 'not the full URL of a folder'],
    [{ ...FOLDER, 'site-url': 'https://' }, 'not the full URL of a folder'],
    [{ ...FOLDER, 'site-url': 'https://x.org/updatePlugins.xml' }, 'is the address of an index'],
    [{ ...FOLDER, 'site-url': 'https://x.org/db.xml.gz' }, 'is the address of an index'],
    [{ ...FOLDER, format: 'jetbrains', channel: 'plugins' }, 'is for archives'],
    [{ ...FOLDER, 'site-url': 'https://example.org/?a' }, 'not the full URL of a folder'],
    [{ ...FOLDER, 'site-url': 'https://example.org/a b' }, 'not the full URL of a folder'],
    [{ ...FOLDER, 'site-url': 'https://me:secret@example.org/' }, 'it contains a login'],
    [{ remote: 'r', directory: '../x' }, 'cannot be a folder of the branch'],
    [{ remote: 'r', directory: 'a/.Git' }, 'git reserves the name ".Git"'],
    [
      { remote: 'r', directory: 'GIT~1/a' },
      'git reserves the name "GIT~1", which some systems take for ".git"',
    ],
    [{ remote: 'r', branch: '-x' }, 'is not a valid branch name'],
    [{ remote: 'r', branch: '@' }, 'is not a valid branch name'],
    [{ remote: 'r', branch: 'refs/heads/' }, 'is not a valid branch name'],
    [{ remote: 'r', branch: 'HEAD' }, '"HEAD" is not a branch: it means the branch that is checked out'],
    [{ remote: 'r', branch: 'refs/heads/HEAD' }, '"refs/heads/HEAD" is not a branch'],
    [{ remote: '--upload-pack=evil' }, 'is not the address'],
    [{ remote: 'https://a:b@example.org/r' }, 'contains a password'],
    [{ remote: 'https://jane@lab.org:b@example.org:1/r' }, 'contains a password'],
    [{ remote: 'http://a:b/c@example.org/r' }, 'contains a password'],
    [{ remote: 'http://a:b@c/d@example.org/r' }, 'contains a password'],
    [{ ...FOLDER, 'commit-author': 'Jane' }, 'not an author'],
    [{ ...FOLDER, timeout: '0' }, 'not a valid number of seconds'],
    [{ ...FOLDER, timeout: '1e9' }, 'not a valid number of seconds'],
    [{ ...FOLDER, 'complete-site': 'maybe' }, 'neither true nor false'],
    [{ ...FOLDER, files: [' => x'] }, 'does not name any files'],
    [{ ...FOLDER, files: ['a => b => c'] }, 'more than one "=>"'],
    [{ ...FOLDER, files: ['a=>b=>c'] }, 'more than one "=>"'],
    [{ ...FOLDER, files: ['a.jar =>'] }, 'it is empty'],
  ])('%j is refused', (raw, message) => {
    expect(() => settings(raw)).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringContaining(message) as string,
      }) as Error,
    );
  });
});

describe('tokens', () => {
  const GITHUB = 'https://github.com';

  test('the token of a workflow run is sent only to its own server', () => {
    expect(tokenForAction('ghs_x', GITHUB, {})).toEqual({ token: 'ghs_x' });
    expect(
      tokenForAction('ghs_x', 'https://ghe.example.org', { GITHUB_SERVER_URL: 'https://ghe.example.org' }),
    ).toEqual({ token: 'ghs_x' });
    expect(tokenForAction('ghs_x', 'https://evil.example.org', {})).toMatchObject({
      token: undefined,
      withheld: expect.stringContaining('evil') as string,
    });
    expect(tokenForAction('glpat-x', 'https://gitlab.com', {})).toEqual({ token: 'glpat-x' });
    expect(tokenForAction('x', undefined, {})).toEqual({ token: undefined });
  });

  test('the command line uses UPDATE_SITE_TOKEN for any server, and GitHub’s variables for GitHub', () => {
    expect(tokenForCommandLine('https://x.org', { UPDATE_SITE_TOKEN: 'a', GITHUB_TOKEN: 'b' })).toEqual({
      token: 'a',
    });
    expect(tokenForCommandLine(GITHUB, { GITHUB_TOKEN: 'b' })).toEqual({ token: 'b' });
    expect(tokenForCommandLine(GITHUB, { GH_TOKEN: 'c' })).toEqual({ token: 'c' });
    expect(tokenForCommandLine('https://x.org', { GITHUB_TOKEN: 'b', GH_TOKEN: 'c' })).toEqual({
      token: undefined,
    });
  });
});

describe('the name of a branch', () => {
  const part = fc.oneof(
    fc.constantFrom(
      'a',
      'é',
      '-',
      '.',
      '/',
      '@',
      '{',
      '}',
      '~',
      '^',
      ':',
      '?',
      '*',
      '[',
      ']',
      '\\',
      ' ',
      '.lock',
    ),
    fc.constantFrom('HEAD', 'refs', 'heads', '\u007f', '\u0001', '"', '#', '!', '%', '..', '//', '@{'),
  );
  const names = fc.sample(
    fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
    { numRuns: 120, seed: 10 },
  );

  test('is accepted exactly if git accepts it, except "@", which git treats as HEAD elsewhere', () => {
    const all = new Set(['HEAD', '-', '-a', 'a', 'a.lock', 'HEAD/a', 'a/HEAD', 'head', ...names]);
    const cwd = makeFolder();
    const differing = [...all].filter((name) => {
      // Surrounding spaces are not part of an option.
      if (name.trim() !== name || name === '' || name === '@') return false;
      const ran = spawnSync('git', ['check-ref-format', '--branch', name], { cwd, env: GIT_ENV });
      return (ran.status === 0) !== isBranch(name);
    });
    expect(differing).toEqual([]);
  });

  function isBranch(branch: string): boolean {
    try {
      return settings({ remote: 'r', branch }).site.kind === 'git';
    } catch {
      return false;
    }
  }
});
