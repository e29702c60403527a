import { cpSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import AdmZip from 'adm-zip';
import { makeFolder, writeFiles } from '../support/folders.js';
import { fileOf, git, makeBareRepository } from '../support/git.js';
import { pluginZip } from '../support/plugin-archive.js';
import { runCli, startCli, type Ran } from '../support/program.js';
import { serveFolder } from '../support/site-server.js';

const [T1, T2, T3] = ['20260101000000', '20260201000000', '20260301000000'] as const;
const cwd = makeFolder();
const remote = makeBareRepository();
const branch = `git+file://${remote}#gh-pages`;

/** The commits of the publications, in their order. */
let commits: readonly string[] = [];

const run = (...args: readonly string[]) => runCli(args, { cwd });
const changesIn = (ran: Ran) =>
  (JSON.parse(ran.stdout) as { changes: { kind: string; path: string }[] }).changes.map(
    ({ kind, path: file }) => `${kind} ${file}`,
  );
const entriesOf = (file: string) =>
  new Map(new AdmZip(path.join(cwd, file)).getEntries().map((entry) => [entry.entryName, entry.getData()]));

beforeAll(() => {
  const publish = (timestamp: string, description: string, files: Record<string, string>) => {
    rmSync(path.join(cwd, 'build'), { recursive: true, force: true });
    writeFiles(cwd, {
      ...files,
      'site.yml': `files:\n  macros/a.ijm:\n    description: ${description}\n`,
    });
    const options = ['--complete-site', '--allow-mass-removal', '--upstream', 'none', '--config', 'site.yml'];
    for (const place of [
      ['--remote', remote],
      ['--site-dir', 'site'],
    ])
      expect(
        run('publish', ...place, '--files', 'build/*.ijm => macros/', '--timestamp', timestamp, ...options),
      ).toMatchObject({ code: 0 });
  };
  publish(T1, 'First', { 'build/a.ijm': 'a', 'build/b.ijm': 'b' });
  publish(T2, 'Second', { 'build/a.ijm': 'a2', 'build/c.ijm': 'c' });
  publish(T3, 'Third', { 'build/a.ijm': 'a33', 'build/c.ijm': 'c' });
  commits = git(remote, 'log', '--reverse', '--format=%H', 'gh-pages').trim().split('\n');
});

describe('diff', () => {
  const SINCE_FIRST = ['update macros/a.ijm', 'remove macros/b.ijm', 'add macros/c.ijm'];

  test('compares moments of a branch exactly', () => {
    const first = (commits[0] ?? '').slice(0, 12);
    const ran = run('diff', `${branch}@${first}`, branch, '--json');
    expect([ran.code, changesIn(ran)]).toEqual([0, SINCE_FIRST]);
    const shown = run('diff', `${branch}@${T1}`, `${branch}@${T2}`, '--exit-code');
    expect(shown.code).toBe(1);
    expect(shown.stdout).toContain('update   macros/a.ijm  2 bytes (+1 byte)');
    expect(shown.stdout).toContain('description: "First" → "Second"');
    expect(shown.stdout).not.toContain('Only a later index tells');
    expect(run('diff', `${branch}@${T3}`, branch, '--exit-code').code).toBe(0);
  });

  test('compares moments of a folder and of a web address as far as the index tells, and reads it once', async () => {
    const server = await serveFolder(path.join(cwd, 'site'));
    const web = await startCli(['diff', `${server.url}/@${T1}`, `${server.url}/`, '--json'], { cwd });
    const requests = [...server.requests];
    const across = await startCli(['diff', `${server.url}@${T2}`, `${branch}@${T2}`], { cwd });
    await server.close();
    expect(changesIn(web)).toEqual(SINCE_FIRST);
    expect(requests).toEqual(['GET /db.xml.gz']);
    expect(across.code).toBe(0);
    const shown = run('diff', `site@${T1}`, 'site', '--exit-code');
    expect(shown.code).toBe(1);
    expect(shown.stdout).toContain('update   macros/a.ijm  3 bytes  its content has changed\n');
    expect(shown.stdout).toContain(`Only a later index describes folder site at ${T1}: `);
    expect(run('diff', `file:site@${T3}`, 'site', '--exit-code').code).toBe(0);
  });

  test('with a moment that is not known, the states cannot be compared', () => {
    const ran = run('diff', `site@20260115000000`, `${branch}@abcdef1`, '--exit-code');
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('The history does not list a publication 20260115000000.');
    expect(ran.stderr).toContain(`The nearest ones are ${T1} and ${T2}.`);
    expect(ran.stderr).toContain('The history does not list a publication abcdef1.');
    expect(run('diff', `site@${T1}`, 'site@1a2b3c4').code).toBe(2);
    const file = run('diff', `site/db.xml.gz@${T1}`, 'site');
    expect(file.stderr).toContain(`(site/db.xml.gz@${T1}) cannot be read: it does not exist`);
  });

  test('a folder with the whole name is meant if it exists', () => {
    const folder = makeFolder();
    cpSync(path.join(cwd, 'site'), path.join(folder, 'site'), { recursive: true });
    const compared = () => runCli(['diff', `site@${T1}`, 'site', '--json'], { cwd: folder });
    expect(changesIn(compared())).toEqual(SINCE_FIRST);
    cpSync(path.join(cwd, 'site'), path.join(folder, `site@${T1}`), { recursive: true });
    expect(changesIn(compared())).toEqual([]);
    expect(changesIn(runCli(['diff', `site/@${T1}`, 'site', '--json'], { cwd: folder }))).toEqual(
      SINCE_FIRST,
    );
    const listed = runCli(['list', `site@${T1}`, '--json'], { cwd: folder });
    expect(JSON.parse(listed.stdout)).toMatchObject({ site: `folder site@${T1}`, at: null });
  });
});

describe('list', () => {
  test('shows an earlier state, with what its place knows', () => {
    const exact = run('list', '--remote', remote, '--at', T1);
    expect(exact).toMatchObject({ code: 0, stderr: '' });
    expect(exact.stdout).toBe(
      'macros/a.ijm  -  1 byte  2026-01-01 00:00:00 UTC\nmacros/b.ijm  -  1 byte  2026-01-01 00:00:00 UTC\n',
    );
    const concluded = run('list', `site@${T1}`);
    expect(concluded.stdout).toContain('macros/a.ijm  -  -  2026-01-01 00:00:00 UTC\n');
    expect(concluded.stderr).toContain('Only a later index describes this state: ');
    expect(JSON.parse(run('list', `site@${T1}`, '--json').stdout)).toMatchObject({
      site: 'folder site',
      at: T1,
      isExact: false,
      files: [{ path: 'macros/a.ijm', size: null, previous: 0 }, { path: 'macros/b.ijm' }],
    });
    const commit = run('list', 'site@1a2b3c4');
    expect([commit.code, commit.stderr]).toEqual([
      2,
      expect.stringContaining('The commit 1a2b3c4 is not known: this place does not have commits.'),
    ]);
  });

  test('shows where each version of a file is, and the commits that changed it', () => {
    const ran = run('list', branch, '--file', 'a.ijm');
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain(`  stored as     macros/a.ijm-${T3}\n`);
    expect(ran.stdout).toContain(`  macros/a.ijm-${T1}\n`);
    const lines = ran.stdout.split('\n');
    expect(lines.slice(lines.indexOf('  publications that changed it, newest first:') + 1, -1)).toEqual(
      [T3, T2, T1].map(
        (timestamp, at) =>
          expect.stringContaining(`    ${timestamp}  ${(commits[2 - at] ?? '').slice(0, 12)}  `) as string,
      ),
    );
    const { publications } = JSON.parse(
      run('list', `${branch}@${T2}`, '--file', 'b.ijm', '--json').stdout,
    ) as {
      publications: { commit: string; changes: unknown }[];
    };
    expect(publications.map(({ commit, changes }) => [commit, changes])).toEqual([
      [commits[1], [{ kind: 'remove', path: 'macros/b.ijm' }]],
      [commits[0], [{ kind: 'add', path: 'macros/b.ijm' }]],
    ]);
  });

  test('shows which stored files are missing', () => {
    const folder = makeFolder();
    cpSync(path.join(cwd, 'site'), path.join(folder, 'site'), { recursive: true });
    rmSync(path.join(folder, `site/macros/a.ijm-${T1}`));
    const ran = runCli(['list', 'site', '--file', 'a.ijm'], { cwd: folder });
    expect(ran.stdout).toMatch(new RegExp(`macros/a\\.ijm-${T1} {2}missing\n$`));
    const json = runCli(['list', 'site', '--file', 'a.ijm', '--json'], { cwd: folder });
    expect(JSON.parse(json.stdout)).toMatchObject({
      files: [
        {
          payload: `macros/a.ijm-${T3}`,
          isStored: true,
          previousVersions: [
            { payload: `macros/a.ijm-${T2}`, isStored: true },
            { payload: `macros/a.ijm-${T1}`, isStored: false },
          ],
        },
      ],
      publications: null,
    });
  });
});

describe('export', () => {
  test('a backup of an earlier moment has the index of then, and is imported bit for bit', () => {
    expect(run('export', 'then.zip', '--remote', remote, '--at', commits[0] ?? '').code).toBe(0);
    const index = git(remote, 'rev-parse', `${commits[0] ?? ''}:db.xml.gz`).trim();
    const entries = entriesOf('then.zip');
    expect([...entries.keys()]).toEqual([
      'db.xml.gz',
      `macros/a.ijm-${T1}`,
      `macros/b.ijm-${T1}`,
      'SHA256SUMS',
    ]);
    expect(git(cwd, 'hash-object', write('then.xml.gz', entries.get('db.xml.gz'))).trim()).toBe(index);
    expect(run('diff', 'zip:then.zip', `${branch}@${T1}`, '--exit-code').code).toBe(0);
    expect(run('import', 'zip:then.zip', '--site-dir', 'imported', '--history').code).toBe(0);
    expect(readFileSync(path.join(cwd, `imported/macros/a.ijm-${T1}`), 'utf8')).toBe('a');
  });

  test('without a stored index of then, only the files of an application are exported', () => {
    const backup = run('export', 'none.zip', `site@${T2}`);
    expect(backup.code).toBe(1);
    expect(backup.stderr).toContain(
      'The index of that time is not stored in this place, and a backup needs it.',
    );
    expect(run('export', 'app.zip', `site@${T2}`, '--kind', 'application').code).toBe(0);
    const entries = entriesOf('app.zip');
    expect([...entries].slice(1).map(([name, bytes]) => [name, bytes.toString()])).toEqual([
      ['macros/a.ijm', 'a2'],
      ['macros/c.ijm', 'c'],
    ]);
  });

  test('files of then that are gone are listed, and nothing is written', () => {
    const folder = makeFolder();
    cpSync(path.join(cwd, 'site'), path.join(folder, 'site'), { recursive: true });
    for (const name of ['a', 'b']) rmSync(path.join(folder, `site/macros/${name}.ijm-${T1}`));
    const args = ['export', 'app.zip', 'site', '--at', T1, '--kind', 'application'];
    const ran = runCli(args, { cwd: folder });
    expect(ran.code).toBe(1);
    for (const name of ['a', 'b'])
      expect(ran.stderr).toContain(
        `macros/${name}.ijm-${T1} cannot be fetched from the site: it does not exist there. Users were offered it then.`,
      );
    expect(() => readFileSync(path.join(folder, 'app.zip'))).toThrow('ENOENT');
  });
});

test('a plugin repository has exact moments on its branch, and none in a folder', () => {
  const repository = makeBareRepository();
  const place = `git+file://${repository}#gh-pages`;
  const publish = (version: string, ...more: readonly string[]) => {
    writeFiles(cwd, { 'build/p.zip': pluginZip({ id: 'org.lab.a', version }) });
    const options = ['--format', 'jetbrains', '--files', 'build/p.zip', '--site-url', 'https://lab.org/'];
    expect(run('publish', ...options, ...more)).toMatchObject({ code: 0 });
  };
  for (const version of ['1.0', '1.1', '1.2', '1.3']) publish(version, '--remote', repository, '--keep', '2');
  publish('1.0', '--site-dir', 'plugins');
  const [first, second] = git(repository, 'log', '--reverse', '--format=%h', 'gh-pages').trim().split('\n');
  expect(run('diff', `${place}@${first ?? ''}`, place, '--exit-code').code).toBe(1);
  expect(run('list', `${place}@${first ?? ''}`).stdout).toMatch(/^org\.lab\.a {2}1\.0 /);
  const listed = run('list', place, '--file', 'org.lab.a');
  expect(listed.stdout.match(/^ {4}.* {2}[0-9a-f]{12} {2}/gm)).toHaveLength(4);
  // Only the history of the branch has the archive of the first version.
  expect(git(repository, 'ls-tree', '-r', '--name-only', 'gh-pages')).not.toContain('/1.0/');
  expect(run('export', 'plugins.zip', `${place}@${second ?? ''}`).code).toBe(0);
  const names = git(repository, 'ls-tree', '-r', '--name-only', second ?? '')
    .trim()
    .split('\n');
  const indexes = names.filter((name) => /^updatePlugins/.test(name));
  const entries = entriesOf('plugins.zip');
  expect([...entries.keys()].filter((name) => /^updatePlugins/.test(name)).sort()).toEqual(indexes);
  for (const name of indexes) expect(entries.get(name)).toEqual(fileOf(repository, name, second));
  const folder = run('list', `plugins@${T1}`);
  expect(folder.code).toBe(2);
  expect(folder.stderr).toContain('The branch that a site is published from keeps its earlier states');
});

test.each([['list'], ['history'], ['export', 'out.zip'], ['diff', 'site']])(
  '%s explains how to name a branch of a repository that was taken for a folder',
  (...args) => {
    const folder = makeFolder();
    cpSync(path.join(cwd, 'site'), path.join(folder, 'site'), { recursive: true });
    cpSync(remote, path.join(folder, 'tool.git'), { recursive: true });
    const ran = runCli([...args, 'tool.git'], { cwd: folder });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('No site was found in folder tool.git');
    expect(ran.stderr).toContain('write git+tool.git#gh-pages, with the name of the branch.');
    expect(runCli([...args, 'git+tool.git#gh-pages'], { cwd: folder }).code).toBe(0);
  },
);

/** Writes a file, and returns its path. */
function write(name: string, bytes: Buffer | undefined): string {
  writeFiles(cwd, { [name]: bytes ?? Buffer.of() });
  return path.join(cwd, name);
}
