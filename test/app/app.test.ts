import { checkBudget } from '../../src/app/budget.js';
import { commitMessage } from '../../src/app/commit-message.js';
import { ensurePagesBuild } from '../../src/app/pages.js';
import type { PagesHost } from '../../src/app/ports.js';
import type { Change } from '../../src/model/plan.js';

const BUDGET = { maxFileBytes: 100, warnFileBytes: 90, maxSiteBytes: 1000, warnSiteBytes: 900 };

describe('the budget of GitHub Pages', () => {
  const check = (usage: number, sizes: number[], unmeasured = 0) =>
    checkBudget(
      BUDGET,
      { bytes: usage, unmeasured },
      sizes.map((size, at) => ({ storedPath: `f${at}`, file: 'x', size, modified: 0 })),
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
      site: () => Promise.resolve({ url: 'https://x', branch: 'gh-pages' }),
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
  const ensure = (pages: PagesHost) => ensurePagesBuild(pages, 'mine', 'gh-pages', runtime, log);

  test('one that has begun by itself is enough', async () => {
    const pages = host({ latestBuild: () => Promise.resolve({ commit: 'mine', status: 'building' }) });
    expect(await ensure(pages)).toEqual([]);
    expect(pages.requested).toBe(0);
  });

  test('one that does not begin is asked for, after a while', async () => {
    const pages = host({});
    sleeps.length = 0;
    expect(await ensure(pages)).toEqual([]);
    expect(pages.requested).toBe(1);
    expect(sleeps.length).toBeGreaterThan(1);
  });

  test('a site that a workflow deploys is left to it', async () => {
    const pages = host({ site: () => Promise.resolve({ url: 'https://x', branch: undefined }) });
    expect(await ensure(pages)).toEqual([]);
    expect(pages.requested).toBe(0);
  });

  test.each<[string, Partial<PagesHost>, string[]]>([
    ['not enabled', { site: () => Promise.resolve(undefined) }, ['pages-not-enabled']],
    [
      'another branch',
      { site: () => Promise.resolve({ url: 'https://x', branch: 'main' }) },
      ['pages-other-branch'],
    ],
    [
      'no permission',
      { requestBuild: () => Promise.reject(new Error('403')) },
      ['pages-build-not-requested'],
    ],
    ['no answer', { site: () => Promise.reject(new Error('500')) }, []],
  ])('%s never fails, and warns where the user can do something', async (_name, overrides, codes) => {
    const problems = await ensure(host(overrides));
    expect(problems.map(({ code }) => code)).toEqual(codes);
    for (const problem of problems)
      expect(problem).toMatchObject({ severity: 'warning', hint: expect.any(String) as string });
  });
});
