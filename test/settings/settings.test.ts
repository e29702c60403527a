import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import type { UserError } from '../../src/model/user-error.js';
import type { RawOptions } from '../../src/settings/options.js';
import { parseOptions, resolveSettings, type SettingsContext } from '../../src/settings/settings.js';
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
      empty: false,
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

  test.each<[RawOptions, string]>([
    [{ upstream: ['fiji-lastest'] }, 'Did you mean "fiji-latest"?'],
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
    [{ ...FOLDER, 'complete-site': 'maybe' }, 'neither true nor false'],
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

describe('the context of a run', () => {
  const CONTEXT = {
    preview: false,
    nameOf: (name: string) => `input "${name}"`,
    defaultRemote: undefined,
    wantsDiff: false,
    isRelease: false,
  };
  const fault = (path: string) => ({ severity: 'error', code: 'usage', path, message: 'No.' }) as const;
  const faultsOf = (raw: RawOptions, faults: readonly ReturnType<typeof fault>[]) => {
    try {
      parseOptions(raw, { ...CONTEXT, faults });
    } catch (error) {
      return (error as UserError).problems.map(({ message }) => message);
    }
    return [];
  };

  test('adds to the options', () => {
    const more = { ...CONTEXT, preview: true, wantsDiff: true, isRelease: true, defaultRemote: 'r' };
    expect(parseOptions({}, more)).toMatchObject({
      preview: true,
      wantsDiff: true,
      isRelease: true,
      site: { kind: 'git', remote: 'r' },
    });
    expect(parseOptions({ remote: 's' }, more)).toMatchObject({ site: { remote: 's' } });
  });

  test('may contain faults, which are reported first', () => {
    expect(faultsOf({ ...FOLDER, timeout: 'x' }, [fault('mode')])).toEqual([
      'No.',
      'input "timeout": "x" is not a valid number of seconds.',
    ]);
    expect(faultsOf({}, [fault('mode')])).toEqual(['No.', 'No site was given.']);
    expect(faultsOf({}, [fault('repository')])).toEqual(['No.']);
  });
});

test.each<[RawOptions, object]>([
  [{ 'dry-run': true }, { preview: true }],
  [{ diff: true }, { wantsDiff: true }],
  [{ markdown: true }, { wantsDiff: true }],
  [{ 'report-file': 'r.json' }, { wantsDiff: true, reportFile: 'r.json' }],
  [{ format: 'jetbrains' }, { format: 'jetbrains', files: [{ pattern: 'build/distributions/*.zip' }] }],
  [{ format: 'jetbrains', 'archive-check': 'off' }, { archiveCheck: false }],
  [{ empty: true }, { empty: true }],
  [{ format: 'jetbrains', channel: 'eap', 'site-url': 'https://x.org' }, { siteUrl: 'https://x.org/eap/' }],
  [
    { files: ['a.jar'], 'app-dir': 'A' },
    { files: [{ pattern: 'a.jar' }], defaultFiles: false, appDir: 'A' },
  ],
  [{ files: ['a.jar'] }, { files: [{ pattern: 'a.jar' }], defaultFiles: false }],
  [
    { 'complete-site': true, remove: ['a.jar'] },
    { completeSite: true, remove: ['a.jar'] },
  ],
  [
    { dependencies: 'pom', 'with-dependencies': 'true', 'maven-repository': 'm2' },
    { dependencies: 'pom', withDependencies: true, mavenRepository: 'm2' },
  ],
  [
    { 'fail-on': 'warning', comment: 'true', message: 'Hi', timeout: '1.5' },
    { failOn: 'warning', comment: true, message: 'Hi', timeoutMs: 1500 },
  ],
  [{ config: 'c.yml' }, { configFile: 'c.yml' }],
])('%j sets %j', (raw, expected) => {
  expect(settings({ ...FOLDER, ...raw })).toMatchObject(expected);
});

describe('the final settings', () => {
  const REMOTE = 'https://github.com/Lab/tools';

  function resolve(raw: RawOptions, more: Partial<SettingsContext> = {}) {
    return resolveSettings(raw, {
      preview: false,
      nameOf: (name) => `--${name}`,
      defaultRemote: REMOTE,
      wantsDiff: false,
      isRelease: false,
      readFile: () => Promise.resolve(undefined),
      loginFor: () => ({ token: undefined }),
      ...more,
    });
  }

  const withUrl = (url: string) => ({ readFile: () => Promise.resolve(`site: {name: N, url: "${url}"}`) });
  const hosted = { hostedAt: () => Promise.resolve('https://custom.example.org/') };

  test.each<[string, RawOptions, Partial<SettingsContext>, string, boolean]>([
    [
      'the option',
      { 'site-url': 'https://a.org' },
      { ...withUrl('https://b.org/'), ...hosted },
      'https://a.org/',
      true,
    ],
    ['the configuration', {}, { ...withUrl('https://b.org/x'), ...hosted }, 'https://b.org/x/', true],
    ['the configuration', {}, withUrl('https://b.org/'), 'https://b.org/', true],
    ['the host', {}, hosted, 'https://custom.example.org/', false],
    [
      'GitHub Pages',
      {},
      { hostedAt: () => Promise.resolve(undefined) },
      'https://lab.github.io/tools/',
      false,
    ],
    ['GitHub Pages', { directory: 'd' }, {}, 'https://lab.github.io/tools/d/', false],
    ['GitHub Pages', { format: 'jetbrains', channel: 'eap' }, {}, 'https://lab.github.io/tools/eap/', false],
  ])('contain the address that %s determines: %j', async (_, raw, more, siteUrl, isSiteUrlGiven) => {
    expect(await resolve(raw, more)).toMatchObject({ siteUrl, isSiteUrlGiven });
  });

  test('contain the address of a folder only if it is given', async () => {
    expect(await resolve(FOLDER)).toMatchObject({ siteUrl: undefined, isSiteUrlGiven: false });
  });

  test('contain the configuration that the user names', async () => {
    const readFile = (file: string) => Promise.resolve(`site: {name: "${file}"}`);
    expect((await resolve({ config: 'c.yml' }, { readFile })).config?.config.name).toBe('c.yml');
    expect(await resolve({ config: 'c.yml' }, { readFile })).not.toHaveProperty('configFile');
    expect((await resolve({ format: 'jetbrains' }, { readFile })).config).toBeUndefined();
  });

  test('pass all settings to the query of the host', async () => {
    let query: unknown;
    await resolve(
      { config: 'c.yml', branch: 'b' },
      {
        hostedAt: (given) => {
          query = given;
          return Promise.resolve(undefined);
        },
        readFile: () => Promise.resolve(''),
      },
    );
    expect(query).toMatchObject({ configFile: 'c.yml', site: { remote: REMOTE, branch: 'b' } });
  });

  test('contain the login for the server of the site', async () => {
    const loginFor = (origin: string | undefined) => ({ token: `for ${String(origin)}` });
    expect((await resolve({}, { loginFor })).login).toEqual({ token: 'for https://github.com' });
    expect((await resolve(FOLDER, { loginFor })).login).toEqual({ token: 'for undefined' });
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
