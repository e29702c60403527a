import { rmSync } from 'node:fs';
import path from 'node:path';
import { makeFolder, writeFiles } from '../support/folders.js';
import { makeBareRepository } from '../support/git.js';
import { pluginZip } from '../support/plugin-archive.js';
import { runCli, startCli } from '../support/program.js';
import { serveFolder } from '../support/site-server.js';

const cwd = makeFolder();
const repository = makeBareRepository();
const OLD = '20260101000000';
const NEW = '20260201000000';
const JSON_OF_TOOL = {
  path: 'macros/Tool.ijm',
  version: null,
  size: 6,
  timestamp: NEW,
  isCurrent: true,
  previous: 1,
};
const JSON_OF_OLD = {
  path: 'macros/Old.ijm',
  version: null,
  size: null,
  timestamp: null,
  checksum: null,
  isCurrent: false,
  previous: 1,
};

beforeAll(() => {
  writeFiles(cwd, { 'app/macros/Tool.ijm': 'first', 'app/macros/Old.ijm': 'old', 'app/luts/a.lut': 'lut' });
  const places = [
    ['--site-dir', 'site'],
    ['--remote', repository, '--directory', 'sub'],
  ];
  const publish = (timestamp: string, ...args: readonly string[]) => {
    for (const place of places)
      expect(
        runCli(['publish', '--app-dir', 'app', '--timestamp', timestamp, ...place, ...args], { cwd }).code,
      ).toBe(0);
  };
  publish(OLD);
  writeFiles(cwd, { 'app/macros/Tool.ijm': 'second' });
  rmSync(path.join(cwd, 'app/macros/Old.ijm'));
  publish(NEW, '--remove', 'macros/Old.ijm');
});

const list = (...args: readonly string[]) => runCli(['list', ...args], { cwd });

test('lists what a folder offers, one file per line', () => {
  const ran = list('site');
  expect(ran).toMatchObject({ code: 0, stderr: '1 obsolete file is not listed (--obsolete lists all).\n' });
  expect(ran.stdout).toBe(
    'macros/Tool.ijm  -  6 bytes  2026-02-01 00:00:00 UTC\nluts/a.lut       -  3 bytes  2026-01-01 00:00:00 UTC\n',
  );
  const all = list('--site-dir', 'site', '--obsolete');
  expect(all.stderr).toBe('');
  expect(all.stdout).toMatch(/^macros\/Old\.ijm +- +- +- +obsolete$/m);
});

test('lists the same of a folder, a branch and an address', async () => {
  const server = await serveFolder(path.join(cwd, 'site'));
  const results = [
    list('site', '--json', '--obsolete'),
    list(`git+file://${repository}#gh-pages:sub`, '--json', '--obsolete'),
    await startCli(['list', `${server.url}/`, '--json', '--obsolete'], { cwd }),
  ];
  await server.close();
  expect(server.requests.every((request) => request === 'GET /db.xml.gz')).toBe(true);
  const parsed = results.map(({ stdout }) => JSON.parse(stdout) as { site: string; files: unknown[] });
  expect(parsed[0]).toMatchObject({ format: 'imagej', site: 'folder site' });
  expect(parsed[1]?.site).toMatch(/^sub on branch gh-pages of /);
  expect(parsed[2]?.site).toBe(`${server.url}/`);
  for (const { files } of parsed) expect(files).toEqual(parsed[0]?.files);
  expect(parsed[0]?.files).toEqual(
    expect.arrayContaining([expect.objectContaining(JSON_OF_TOOL), expect.objectContaining(JSON_OF_OLD)]),
  );
});

test('shows all that the index states about a file', () => {
  const ran = list('site', '--file', 'Tool.ijm');
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(ran.stdout).toMatch(/^macros\/Tool\.ijm\n {2}size {10}6 bytes\n {2}timestamp {5}20260201000000/);
  expect(ran.stdout).toMatch(
    /^ {4}2026-01-01 00:00:00 UTC {2}until 2026-02-01 00:00:00 UTC {2}[0-9a-f]{40} {2}macros\/Tool\.ijm-20260101000000$/m,
  );
  const { files } = JSON.parse(list('site', '--file', 'macros/Old.ijm', '--json').stdout) as {
    files: unknown[];
  };
  expect(files).toMatchObject([
    {
      ...JSON_OF_OLD,
      previousVersions: [{ path: 'macros/Old.ijm', timestamp: OLD, timestampObsolete: NEW }],
    },
  ]);
});

test('names similar files for one that the site does not have', () => {
  const ran = list('site', '--file', 'Toool.ijm', '--json');
  expect(ran.code).toBe(1);
  expect(ran.stderr).toBe(
    'error: The site does not have a file Toool.ijm: folder site.\n  Did you mean "Tool.ijm"?\n',
  );
  expect(JSON.parse(ran.stdout)).toMatchObject({ problems: [{ severity: 'error', code: 'unknown-file' }] });
});

test('lists plugins for IDEs', () => {
  const folder = makeFolder();
  writeFiles(folder, { 'build/a.zip': pluginZip({ id: 'org.lab.a', version: '1.0' }) });
  const args = ['--format', 'jetbrains', '--files', 'build/a.zip', '--site-url', 'https://lab.org/'];
  expect(runCli(['publish', ...args, '--site-dir', 'site'], { cwd: folder }).code).toBe(0);
  const ran = runCli(['list', 'site'], { cwd: folder });
  expect(ran.stdout).toMatch(
    /^org\.lab\.a {2}1\.0 {2}IDEs: .+ {2}all systems {2}https:\/\/lab\.org\/plugins\/org\.lab\.a\/1\.0\/.+\n$/,
  );
  const { files } = JSON.parse(runCli(['list', 'site', '--json'], { cwd: folder }).stdout) as {
    files: unknown[];
  };
  expect(files).toMatchObject([
    { id: 'org.lab.a', version: '1.0', systems: [], timestamp: null, previous: 0 },
  ]);
  expect(runCli(['list', 'site', '--file', 'org.lab.a'], { cwd: folder }).stdout).toMatch(
    /^ {2}version {7}1\.0$/m,
  );
});

test('fails for a place without a site', () => {
  const ran = list('nowhere');
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain(
    'No site was found in folder nowhere: it has no db.xml.gz or updatePlugins.xml.',
  );
});

test.each([
  [[], 'No site was given'],
  [['a', 'b'], 'The argument "b" is unexpected'],
  [['site', '--file', 'a', '--obsolete'], '--file: it cannot be used together with --obsolete'],
  [['site', '--file', ''], '--file has an empty value'],
  [['site', '--format', 'fiji'], '--format: "fiji" is unknown'],
])('is a usage error with %j', (args, message) => {
  const ran = list(...args);
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain(message);
});

test.each<[string, readonly string[]]>([
  ['list', []],
  ['history', []],
  ['verify', ['--upstream', 'none']],
  ['export', ['out.zip', '--force']],
  ['import', ['--dry-run', '--site-dir', 'new', '--site-url', 'https://lab.org/']],
])('the other index of a folder is reported by %s', (command, options) => {
  const folder = makeFolder();
  const run = (...args: readonly string[]) => runCli(args, { cwd: folder });
  for (const format of ['imagej', 'jetbrains'])
    expect(run('publish', '--empty', '--format', format, '--site-dir', 'both').code).toBe(0);
  const reported = run(command, ...options, 'both');
  expect([reported.code, reported.stderr]).toEqual([
    0,
    expect.stringContaining(
      'There are several indexes in folder both: db.xml.gz, updatePlugins.xml. Only db.xml.gz is used. To use another one, set "--format jetbrains".\n',
    ),
  ]);
  const chosen = run(command, ...options, 'both', '--format', 'jetbrains');
  expect(chosen.code).toBe(0);
  expect(chosen.stderr).not.toContain('several indexes');
});
