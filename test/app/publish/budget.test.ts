import { checkBudget } from '../../../src/app/publish/budget.js';
import { commitMessage } from '../../../src/report/commit-message.js';
import { belowSource, ensurePagesBuild, type PagesTarget } from '../../../src/app/pages.js';
import type { PagesHost } from '../../../src/app/ports/github.js';
import type { Change } from '../../../src/model/change.js';
import { sitePath } from '../../../src/model/site-path.js';

const BUDGET = { maxFileBytes: 100, warnFileBytes: 90, maxSiteBytes: 1000, warnSiteBytes: 900 };

describe('the budget of GitHub Pages', () => {
  const check = (usage: number, sizes: number[], unmeasured = 0) =>
    checkBudget(
      BUDGET,
      { bytes: usage, unmeasured },
      sizes.map((size, at) => ({
        storedPath: sitePath(`f${at}`),
        path: sitePath('f'),
        file: 'x',
        size,
        modified: 0,
        checksum: '',
      })),
    );

  test.each([
    [0, [90], []],
    [0, [91], ['warning file-near-limit']],
    [0, [100], ['warning file-near-limit']],
    [0, [101, 102], ['error file-too-large', 'error file-too-large']],
    [800, [50, 50], []],
    [800, [50, 51], ['warning site-near-limit']],
    [950, [51], ['warning site-too-large']],
  ])('%d bytes there, %j new', (usage, sizes, expected) => {
    expect(check(usage, sizes).map(({ severity, code }) => `${severity} ${code}`)).toEqual(expected);
  });

  test('says the figures, and when they are not complete', () => {
    expect(check(950, [10], 3)[0]?.message).toBe(
      'With this publication the branch holds at least (3 files could not be measured) 960 bytes (950 bytes now, 10 bytes new), close to the 1.0 kB that GitHub Pages serves.',
    );
  });

  test('is not asked for where there is none', () => {
    expect(checkBudget(undefined, { bytes: 1e12, unmeasured: 0 }, [])).toEqual([]);
  });
});

describe('commit messages', () => {
  const change = (kind: Change['kind'], path: string, previousPath?: string): Change => ({
    kind,
    path,
    reason: '',
    ...(previousPath === undefined ? {} : { previousPath }),
  });

  test('name a single file', () => {
    expect(commitMessage([change('update', 'plugins/My_Tool-1.1.jar', 'plugins/My_Tool-1.0.jar')])).toBe(
      'Update My_Tool-1.1.jar\n\n- Update plugins/My_Tool-1.0.jar -> plugins/My_Tool-1.1.jar\n',
    );
  });

  test('count several, and list them', () => {
    expect(commitMessage([change('remove', 'a'), change('add', 'b'), change('add', 'c')])).toBe(
      'Add 2 files, remove 1 file\n\n- Remove a\n- Add b\n- Add c\n',
    );
  });

  test('name what is stored again, and that alone if nothing else changes', () => {
    expect(commitMessage([], ['macros/A.ijm-20260101000000'])).toBe(
      'Store A.ijm-20260101000000 again\n\n- Store again macros/A.ijm-20260101000000\n',
    );
    expect(commitMessage([], ['a', 'b'])).toBe(
      'Store 2 missing files again\n\n- Store again a\n- Store again b\n',
    );
    expect(commitMessage([change('add', 'b')], ['a'])).toBe('Add b\n\n- Add b\n- Store again a\n');
    expect(commitMessage([], ['x'.repeat(100)]).split('\n')[0]).toBe('Store 1 missing file again');
  });

  test('stay within bounds', () => {
    expect(commitMessage([change('add', `macros/${'x'.repeat(100)}.ijm`)]).split('\n')[0]).toBe('Add 1 file');
    const many = commitMessage(Array.from({ length: 1200 }, (_, at) => change('add', `f${at}`)));
    expect(many.split('\n')).toHaveLength(504);
    expect(many).toContain('- … and 700 more files');
  });
});

describe('builds of GitHub Pages', () => {
  function host(overrides: Partial<PagesHost>): PagesHost & { requested: number } {
    const made = {
      requested: 0,
      site: () => Promise.resolve({ url: 'https://x', branch: 'gh-pages', folder: '' }),
      latestBuild: () => Promise.resolve({ commit: 'other', status: 'built' }),
      requestBuild: () => {
        made.requested++;
        return Promise.resolve();
      },
      ...overrides,
    };
    return made;
  }
  const sleeps: number[] = [];
  const runtime = {
    now: () => new Date(0),
    random: () => 0,
    sleep: (ms: number) => {
      sleeps.push(ms);
      return Promise.resolve();
    },
  };
  const log = { info: () => undefined, detail: () => undefined };
  const TARGET: PagesTarget = {
    branch: 'gh-pages',
    directory: '',
    commit: 'mine',
    settingsUrl: 'https://github.com/o/r/settings/pages',
    siteUrl: 'https://o.github.io/r/',
    isAddressGiven: false,
  };
  const ensure = (pages: PagesHost, target: Partial<PagesTarget> = {}) =>
    ensurePagesBuild(pages, { ...TARGET, ...target }, runtime, log);
  const SERVED = { problems: [], isServed: true };
  const serving = (branch: string | undefined, folder = '') =>
    host({ site: () => Promise.resolve({ url: 'https://x', branch, folder }) });

  test('one that has begun by itself is enough', async () => {
    const pages = host({ latestBuild: () => Promise.resolve({ commit: 'mine', status: 'building' }) });
    expect(await ensure(pages)).toEqual(SERVED);
    expect(pages.requested).toBe(0);
  });

  test('one that does not begin is asked for, after a while', async () => {
    const pages = host({});
    sleeps.length = 0;
    expect(await ensure(pages)).toEqual(SERVED);
    expect(pages.requested).toBe(1);
    expect(sleeps.length).toBeGreaterThan(1);
  });

  test('none is asked for where nothing was pushed', async () => {
    const pages = host({});
    expect(await ensure(pages, { commit: undefined })).toEqual(SERVED);
    expect(pages.requested).toBe(0);
  });

  test('a site whose address the user gave is left to whatever serves it', async () => {
    const pages = serving(undefined);
    expect(await ensure(pages, { isAddressGiven: true })).toEqual(SERVED);
    expect(pages.requested).toBe(0);
  });

  test.each([
    ['pages-other-source', undefined, '', ''],
    ['pages-other-branch', 'main', '', ''],
    ['pages-other-folder', 'gh-pages', 'docs', ''],
    ['pages-other-folder', 'gh-pages', 'docs', 'docs2'],
  ])(
    '%s: a site that is not served has a warning with a link, and no address',
    async (code, branch, folder, directory) => {
      const pages = serving(branch, folder);
      const checked = await ensure(pages, { directory });
      expect(checked).toMatchObject({ isServed: false, problems: [{ severity: 'warning', code }] });
      expect(checked.problems[0]?.hint).toContain('https://github.com/o/r/settings/pages');
      expect(pages.requested).toBe(0);
    },
  );

  test.each([
    ['main', 'docs', '', 'with "branch: main" and "directory: docs":'],
    ['main', 'docs', 'site', 'with "branch: main" and "directory: docs":'],
    ['main', 'docs', 'docs/site', 'with "branch: main" and "directory: docs/site":'],
    ['main', '', '', 'with "branch: main":'],
    ['main', '', 'site', 'with "branch: main" and "directory: site":'],
    ['gh-pages', 'docs', 'site', 'with "directory: docs":'],
  ])(
    'the way out is the setting, or all inputs for what is served (%s /%s, site in /%s)',
    async (branch, folder, directory, inputs) => {
      const [problem] = (await ensure(serving(branch, folder), { directory })).problems;
      expect(problem?.hint).toMatch(/^Choose "Deploy from a branch", gh-pages and /);
      expect(problem?.hint).toContain(inputs);
      expect(problem?.hint).toContain('a new site without the versions published until now');
    },
  );

  test('a folder below the one that is served is served', async () => {
    for (const directory of ['docs', 'docs/updates'])
      expect(await ensure(serving('gh-pages', 'docs'), { directory })).toEqual(SERVED);
    expect(belowSource('docs', 'docs/updates')).toBe('updates');
    expect(belowSource('', 'updates')).toBe('updates');
    expect(belowSource('docs', 'docs')).toBe('');
  });

  test.each<[string, Partial<PagesHost>, string[]]>([
    ['not enabled', { site: () => Promise.resolve(undefined) }, ['pages-not-enabled']],
    [
      'another branch',
      { site: () => Promise.resolve({ url: 'https://x', branch: 'main', folder: '' }) },
      ['pages-other-branch'],
    ],
    [
      'no permission',
      { requestBuild: () => Promise.reject(new Error('403')) },
      ['pages-build-not-requested'],
    ],
    ['no answer', { site: () => Promise.reject(new Error('500')) }, []],
  ])('%s never fails, and warns where the user can do something', async (_name, overrides, codes) => {
    const { problems } = await ensure(host(overrides));
    expect(problems.map(({ code }) => code)).toEqual(codes);
    for (const problem of problems)
      expect(problem).toMatchObject({ severity: 'warning', hint: expect.any(String) as string });
  });
});
