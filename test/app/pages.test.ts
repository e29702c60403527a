import { belowSource, ensurePagesBuild, type PagesTarget } from '../../src/app/pages.js';
import type { PagesHost } from '../../src/app/ports/github.js';

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

  test('are not requested if one has started by itself', async () => {
    const pages = host({ latestBuild: () => Promise.resolve({ commit: 'mine', status: 'building' }) });
    expect(await ensure(pages)).toEqual(SERVED);
    expect(pages.requested).toBe(0);
  });

  test('are requested after a while if none has started', async () => {
    const pages = host({});
    sleeps.length = 0;
    expect(await ensure(pages)).toEqual(SERVED);
    expect(pages.requested).toBe(1);
    expect(sleeps.length).toBeGreaterThan(1);
  });

  test('are not requested if nothing was pushed', async () => {
    const pages = host({});
    expect(await ensure(pages, { commit: undefined })).toEqual(SERVED);
    expect(pages.requested).toBe(0);
  });

  test('are not requested for a site with an address from the user', async () => {
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
    '%s: a site that is not served causes a warning with a link, and its address is not shown',
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
    'the hint names the setting, or all inputs for the served place (%s /%s, site in /%s)',
    async (branch, folder, directory, inputs) => {
      const [problem] = (await ensure(serving(branch, folder), { directory })).problems;
      expect(problem?.hint).toMatch(/^Choose "Deploy from a branch", gh-pages and /);
      expect(problem?.hint).toContain(inputs);
      expect(problem?.hint).toContain('a new site without the versions published until now');
    },
  );

  test('a folder inside the served folder is served', async () => {
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
    ['no response', { site: () => Promise.reject(new Error('500')) }, []],
  ])('%s never fails, and causes a warning only if the user can fix it', async (_name, overrides, codes) => {
    const { problems } = await ensure(host(overrides));
    expect(problems.map(({ code }) => code)).toEqual(codes);
    for (const problem of problems)
      expect(problem).toMatchObject({ severity: 'warning', hint: expect.any(String) as string });
  });
});
