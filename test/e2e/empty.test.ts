import path from 'node:path';
import { makeFolder, writeFiles } from '../support/folders.js';
import { filesOf, git, makeBareRepository, refsOf } from '../support/git.js';
import { runAction, runCli } from '../support/program.js';
import { filesBelow } from '../support/scenario.js';

const SITE = ['--site-dir', 'site', '--site-url', 'https://lab.github.io/tools'];
const NEXT = 'To publish files, run the same without "--empty".\n';

let cwd: string;

beforeEach(() => {
  cwd = makeFolder();
});

describe('publish --empty', () => {
  test('prints the address of the new site, how to add it, and what is next', () => {
    expect(runCli(['publish', '--empty', ...SITE], { cwd })).toEqual({
      code: 0,
      stderr: 'Writing the index to folder site.\n',
      stdout: `Set up: an empty site.
Users enter its address in ImageJ: Help > Update... > Manage Update Sites > Add Unlisted Site.
${NEXT}Site: folder site
URL for ImageJ: https://lab.github.io/tools/
`,
    });
    expect(filesBelow(path.join(cwd, 'site'))).toEqual(['db.xml.gz']);
  });

  test('prints the address of the index for IDEs', () => {
    const ran = runCli(['publish', '--empty', '--format', 'jetbrains', ...SITE], { cwd });
    expect(ran.stdout).toBe(`Set up: an empty site.
Users enter its address in the IDE: Settings > Plugins > gear icon > Manage Plugin Repositories.
${NEXT}Site: folder site
URL for the IDE: https://lab.github.io/tools/updatePlugins.xml
`);
    expect(ran.code).toBe(0);
  });

  test('shows the same in a preview, and writes nothing', () => {
    for (const args of [
      ['preview', '--empty'],
      ['publish', '--empty', '--dry-run'],
    ]) {
      const ran = runCli([...args, ...SITE], { cwd });
      expect(ran).toMatchObject({ code: 0, stderr: '' });
      expect(ran.stdout).toMatch(/^Would be set up: an empty site\.\n/);
    }
    expect(filesBelow(cwd)).toEqual([]);
  });

  test('changes nothing on a site that exists', () => {
    const repository = makeBareRepository();
    const run = (...more: string[]) =>
      runCli(['publish', '--empty', '--remote', repository, ...more], { cwd });
    expect(run().code).toBe(0);
    expect(filesOf(repository)).toEqual(['.nojekyll', 'db.xml.gz']);
    const before = refsOf(repository);
    expect(run()).toEqual({
      code: 0,
      stderr: '',
      stdout: `Nothing to set up: the site already exists, and stays as it is.\n${NEXT}`,
    });
    expect(JSON.parse(run('--json').stdout)).toEqual({
      changed: false,
      timestamp: null,
      commit: null,
      siteUrl: null,
      changes: [],
      unchanged: 0,
      problems: [],
    });
    expect(refsOf(repository)).toBe(before);
  });

  test('is refused together with files, with the reason', () => {
    writeFiles(cwd, { 'a.txt': 'a' });
    expect(
      runCli(['publish', '--empty', '--files', 'a.txt => macros/', '--remove', 'b', ...SITE], { cwd }),
    ).toEqual({
      code: 2,
      stdout: '',
      stderr: ['--files', '--remove']
        .map(
          (other) =>
            `error: --empty: it cannot be used together with ${other}.\n  The first publication of files sets up the site by itself: use only one of them.\n`,
        )
        .join(''),
    });
    expect(filesBelow(cwd)).toEqual(['a.txt']);
  });

  test('makes a site that passes its checks, and takes files later', () => {
    runCli(['publish', '--empty', ...SITE], { cwd });
    const verified = runCli(['verify', 'site', '--upstream', 'none'], { cwd });
    expect(verified.stdout).not.toMatch(/^(?:failed|warning)/m);
    expect(verified.code).toBe(0);
    writeFiles(cwd, { 'app/macros/A.ijm': 'a' });
    expect(runCli(['publish', '--app-dir', 'app', ...SITE], { cwd })).toMatchObject({ code: 0 });
    expect(runCli(['list', 'site'], { cwd }).stdout).toContain('macros/A.ijm');
  });

  test('works in a repository of JetBrains plugins, which passes its checks', () => {
    runCli(['publish', '--empty', '--format', 'jetbrains', ...SITE], { cwd });
    const verified = runCli(['verify', 'site'], { cwd });
    expect(verified.stdout).not.toMatch(/^(?:failed|warning)/m);
    expect(verified.code).toBe(0);
  });
});

test('the action sets up an empty site, and sets its outputs', async () => {
  const repository = makeBareRepository();
  const inputs = {
    empty: 'true',
    'complete-site': 'false',
    remote: repository,
    'site-url': 'https://lab.github.io/tools/',
    mode: 'publish',
  };
  const ran = await runAction(inputs, { cwd });
  expect(ran.code).toBe(0);
  expect(ran.outputs).toMatchObject({
    changed: 'true',
    'commit-sha': git(repository, 'rev-parse', 'gh-pages').trim(),
    'site-url': 'https://lab.github.io/tools/',
    timestamp: '',
  });
  expect(ran.summary).toContain('an empty site');
  expect((await runAction(inputs, { cwd })).outputs).toMatchObject({ changed: 'false', 'commit-sha': '' });
});
