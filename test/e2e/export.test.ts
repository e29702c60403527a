import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import AdmZip from 'adm-zip';
import { filesBelow, makeFolder, posixTest, writeFiles } from '../support/folders.js';
import { fileOf, filesOf, makeBareRepository } from '../support/git.js';
import { pluginZip } from '../support/plugin-archive.js';
import { runCli, startCli, startProcess, type Ran } from '../support/program.js';
import { serveFolder } from '../support/site-server.js';

interface Result {
  file: string;
  kind: string;
  files: number;
  bytes: number;
  problems: { severity: string; code: string; path?: string }[];
}

const cwd = makeFolder();
const site = path.join(cwd, 'site');
const OLD = '20260101000000';
const NEW = '20260201000000';
const ALL = [
  'db.xml.gz',
  'lib/win64/native.dll-20260101000000',
  `macros/a b.ijm-${OLD}`,
  `macros/a b.ijm-${NEW}`,
  `scripts/tool.sh-${OLD}`,
];

beforeAll(() => {
  writeFiles(cwd, { 'a b.ijm': 'print(1);', 'native.dll': 'binary', 'tool.sh': '#!/bin/sh\n' });
  chmodSync(path.join(cwd, 'tool.sh'), 0o755);
  publish(OLD);
  writeFiles(cwd, { 'a b.ijm': 'print(3);' });
  publish(NEW);
});

function publish(timestamp: string): void {
  const files = ['a b.ijm => macros/', 'native.dll => lib/win64/', 'tool.sh => scripts/'];
  const options = ['--site-dir', 'site', '--timestamp', timestamp, '--upstream', 'none'];
  const ran = runCli(['publish', ...options, ...files.flatMap((file) => ['--files', file])], { cwd });
  expect({ code: ran.code, stderr: ran.code === 0 ? '' : ran.stderr }).toEqual({ code: 0, stderr: '' });
}

function exported(args: readonly string[], options: { cwd: string; env?: Record<string, string> } = { cwd }) {
  return runCli(['export', ...args], options);
}

function resultOf(ran: Ran): Result {
  expect({ code: ran.code, stderr: ran.code === 0 ? '' : ran.stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(ran.stdout) as Result;
}

function entriesOf(file: string): Map<string, { bytes: Buffer; mode: string }> {
  const entries = new AdmZip(path.join(cwd, file)).getEntries();
  return new Map(
    entries.map((entry) => [
      entry.entryName,
      { bytes: entry.getData(), mode: ((entry.header.attr >>> 16) & 0o777).toString(8) },
    ]),
  );
}

/** A copy of the site, to be damaged. */
function copyOfSite(): string {
  const copy = path.join(makeFolder(), 'site');
  cpSync(site, copy, { recursive: true });
  return copy;
}

async function until(isReached: () => boolean): Promise<void> {
  while (!isReached()) await setTimeout(20);
}

test('a backup contains the index and all files as they are, with their checksums', () => {
  const result = resultOf(exported(['backup.zip', 'site', '--json']));
  const entries = entriesOf('backup.zip');
  expect(result).toEqual({
    file: 'backup.zip',
    kind: 'backup',
    files: 6,
    bytes: readFileSync(path.join(cwd, 'backup.zip')).length,
    problems: [],
  });
  expect([...entries.keys()]).toEqual([...ALL, 'SHA256SUMS']);
  for (const file of ALL)
    expect(entries.get(file)).toEqual({ bytes: readFileSync(path.join(site, file)), mode: '644' });
  const sums = ALL.map((file) => {
    const sum = createHash('sha256')
      .update(readFileSync(path.join(site, file)))
      .digest('hex');
    return `${sum}  ${file}\n`;
  });
  expect(entries.get('SHA256SUMS')?.bytes.toString()).toBe(sums.join(''));
  const check = spawnSync('sha256sum', ['-c', '-'], { cwd: site, input: sums.join('') });
  if (!check.error) expect(check.status).toBe(0);
});

test('the same site gives the same backup, from any place and in any time zone', async () => {
  const remote = makeBareRepository();
  expect(runCli(['import', 'site', '--remote', remote, '--history'], { cwd }).code).toBe(0);
  const server = await serveFolder(site);
  try {
    expect((await startCli(['export', 'web.zip', server.url], { cwd })).code).toBe(0);
  } finally {
    await server.close();
  }
  resultOf(exported(['one.zip', 'site', '--json'], { cwd, env: { TZ: 'Pacific/Kiritimati' } }));
  resultOf(exported(['two.zip', '--remote', remote, '--json'], { cwd, env: { TZ: 'Pacific/Pago_Pago' } }));
  resultOf(exported(['three.zip', 'zip:one.zip', '--json']));
  const [first, ...further] = ['one', 'two', 'three', 'web'].map((name) =>
    readFileSync(path.join(cwd, `${name}.zip`)),
  );
  for (const other of further) expect(first?.equals(other)).toBe(true);
});

test('a backup is imported bit for bit, and passes the checks', () => {
  resultOf(exported(['again.zip', 'site', '--json']));
  const place = makeFolder();
  const backup = `zip:${path.join(cwd, 'again.zip')}`;
  const into = runCli(['import', backup, '--site-dir', 'new', '--history'], { cwd: place });
  expect({ code: into.code, stdout: into.stdout }).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Checked in the new place: all of') as unknown,
  });
  expect(filesBelow(path.join(place, 'new'))).toEqual(ALL);
  for (const file of ALL)
    expect(readFileSync(path.join(place, 'new', file))).toEqual(readFileSync(path.join(site, file)));
  const remote = makeBareRepository();
  expect(runCli(['import', backup, '--remote', remote, '--history'], { cwd: place }).code).toBe(0);
  expect(filesOf(remote)).toEqual(['.nojekyll', ...ALL].sort());
  expect(fileOf(remote, 'db.xml.gz')).toEqual(readFileSync(path.join(site, 'db.xml.gz')));
  const checked = runCli(['verify', backup, '--history', '--json', '--upstream', 'none'], { cwd: place });
  expect(checked.code).toBe(0);
  const { checks } = JSON.parse(checked.stdout) as { checks: { name: string; status: string }[] };
  const statuses = new Map(checks.map(({ name, status }) => [name, status]));
  expect(['index-readable', 'payloads-present', 'orphans'].map((name) => statuses.get(name))).toEqual(
    Array(3).fill('passed'),
  );
});

test('a damaged backup is reported, and nothing is written', () => {
  resultOf(exported(['whole.zip', 'site', '--json']));
  const whole = readFileSync(path.join(cwd, 'whole.zip'));
  const place = makeFolder();
  const flipped = Buffer.from(whole);
  const at = whole.indexOf('print(3);') + 6;
  flipped[at] = 0x34;
  writeFileSync(path.join(place, 'flipped.zip'), flipped);
  writeFileSync(path.join(place, 'short.zip'), whole.subarray(0, whole.length - 300));
  writeFileSync(path.join(place, 'text.zip'), 'not an archive');
  const none = new AdmZip();
  none.addFile('other/db.xml.gz', Buffer.from(''));
  none.writeZip(path.join(place, 'none.zip'));
  const before = readdirSync(place);
  const errors = ['flipped', 'short', 'text', 'none', 'absent'].map((name) => {
    const ran = runCli(['import', `zip:${name}.zip`, '--site-dir', 'new'], { cwd: place });
    expect(ran.code).toBe(1);
    expect(runCli(['verify', `zip:${name}.zip`], { cwd: place }).code).toBe(1);
    return ran.stderr;
  });
  expect(errors[0]).toContain(`macros/a b.ijm-${NEW} in the old place is not what its index states`);
  expect(errors[0]).toContain(
    'Clients refuse it. Use another copy of the backup, or write it again with "update-site export". Then import again.',
  );
  expect(errors[1]).toContain(
    'The backup short.zip cannot be read: it is not a zip archive, or it is cut short.',
  );
  expect(errors[2]).toContain('The backup text.zip cannot be read');
  expect(errors[3]).toContain(
    'No site was found in backup none.zip: it has no db.xml.gz or updatePlugins.xml.',
  );
  expect(errors[4]).toContain('The backup absent.zip cannot be read: it does not exist.');
  expect(readdirSync(place)).toEqual(before);
});

test('a lost or damaged current file stops the export, and no file is left', () => {
  const copy = copyOfSite();
  const place = makeFolder();
  const current = path.join(copy, `macros/a b.ijm-${NEW}`);
  writeFileSync(current, 'print(9);');
  const damaged = exported(['out.zip', copy], { cwd: place });
  expect(damaged.code).toBe(1);
  expect(damaged.stderr).toContain('is not what its index states');
  rmSync(current);
  const lost = exported(['out.zip', copy, '--json'], { cwd: place });
  expect(lost.code).toBe(1);
  expect(JSON.parse(lost.stdout)).toMatchObject({
    problems: [{ severity: 'error', code: 'lost-payload', path: `macros/a b.ijm-${NEW}` }],
  });
  expect(readdirSync(place)).toEqual([]);
});

test('previous versions that are lost or damaged are warnings', () => {
  const copy = copyOfSite();
  const place = makeFolder();
  const previous = path.join(copy, `macros/a b.ijm-${OLD}`);
  writeFileSync(previous, 'other');
  const warnings = () =>
    resultOf(exported(['out.zip', copy, '--json', '--force'], { cwd: place })).problems.map(
      ({ severity, code, path: file }) => [severity, code, file],
    );
  expect(warnings()).toEqual([['warning', 'damaged-payload', `macros/a b.ijm-${OLD}`]]);
  rmSync(previous);
  expect(warnings()).toEqual([['warning', 'lost-payload', `macros/a b.ijm-${OLD}`]]);
  const text = exported(['two.zip', copy], { cwd: place });
  expect(text.stdout).toMatch(/warning: The previous version .*\n.*\nWritten: two\.zip with 5 files \(/);
});

test('an existing archive is replaced only with --force', () => {
  const place = makeFolder();
  writeFileSync(path.join(place, 'out.zip'), 'mine');
  const refused = exported(['out.zip', site], { cwd: place });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('out.zip exists.');
  expect(readFileSync(path.join(place, 'out.zip'), 'utf8')).toBe('mine');
  expect(exported(['out.zip', site, '--force'], { cwd: place }).code).toBe(0);
  expect(readdirSync(place)).toEqual(['out.zip']);
});

test('the files for an application have their real names, and a text explains how to get updates', () => {
  const url = 'https://lab.github.io/My%20Tools/';
  const args = ['app.zip', 'site', '--kind', 'application', '--site-url', url, '--json'];
  expect(resultOf(exported(args))).toMatchObject({ kind: 'application', files: 4, problems: [] });
  const entries = entriesOf('app.zip');
  expect([...entries.keys()]).toEqual([
    'README-My-Tools.txt',
    'lib/win64/native.dll',
    'macros/a b.ijm',
    'scripts/tool.sh',
  ]);
  expect(entries.get('macros/a b.ijm')).toEqual({ bytes: Buffer.from('print(3);'), mode: '644' });
  const readme = entries.get('README-My-Tools.txt')?.bytes.toString();
  expect(readme).toContain(`Enter its URL: ${url}`);
  expect(readme).toContain('Manage Update Sites');
});

posixTest('programs can be executed', () => {
  const args = ['programs.zip', 'site', '--kind', 'application', '--json'];
  resultOf(exported(args));
  const modes = [...entriesOf('programs.zip')].map(([name, { mode }]) => `${mode} ${name}`);
  expect(modes).toContain('755 scripts/tool.sh');
  expect(modes[0]).toBe('644 README-update-site.txt');
});

test('the files for other platforms are left out if that is wanted', () => {
  const names = (file: string, ...platforms: string[]) => {
    const options = platforms.flatMap((platform) => ['--platform', platform]);
    resultOf(exported([file, 'site', '--kind', 'application', '--json', ...options]));
    return [...entriesOf(file).keys()].slice(1);
  };
  expect(names('linux.zip', 'linux64')).toEqual(['macros/a b.ijm', 'scripts/tool.sh']);
  expect(names('both.zip', 'linux64', 'win64')).toContain('lib/win64/native.dll');
});

test('a file in which ImageJ keeps what is installed is never written', () => {
  const copy = copyOfSite();
  const index = path.join(copy, 'db.xml.gz');
  const text = gunzipSync(readFileSync(index)).toString().replace('"scripts/tool.sh"', '"db.xml.gz.lock"');
  writeFileSync(index, gzipSync(text));
  const place = makeFolder();
  const ran = exported(['app.zip', copy, '--kind', 'application'], { cwd: place });
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('db.xml.gz.lock would replace a file that the application itself writes.');
  expect(readdirSync(place)).toEqual([]);
});

posixTest('an interrupted export leaves nothing', async () => {
  const place = makeFolder();
  // The server never sends one of the files.
  const server = await serveFolder(
    site,
    (request) => request.method === 'GET' && request.url?.includes('tool.sh') === true,
  );
  try {
    const child = startProcess(['export', 'out.zip', server.url], place);
    const ended = once(child, 'exit');
    await until(() => server.requests.some((request) => request.startsWith('GET /scripts/')));
    expect(readdirSync(place)).toEqual([expect.stringMatching(/^out\.zip\..*\.partial$/)]);
    child.kill('SIGINT');
    expect(await ended).toEqual([1, null]);
    expect(readdirSync(place)).toEqual([]);
  } finally {
    await server.close();
  }
});

test('a plugin repository has a backup, and no application folder', () => {
  const place = makeFolder();
  writeFiles(place, { 'one.zip': pluginZip({ version: '1.0' }) });
  const options = ['--format', 'jetbrains', '--site-dir', 'site', '--site-url', 'https://lab.github.io/p/'];
  expect(runCli(['publish', ...options, '--files', 'one.zip'], { cwd: place }).code).toBe(0);
  const refused = exported(['app.zip', 'site', '--kind', 'application'], { cwd: place });
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('Sites of the format jetbrains have no application folder');
  resultOf(exported(['backup.zip', 'site', '--json'], { cwd: place }));
  const into = ['--site-dir', 'new', '--site-url', 'https://lab.github.io/p/'];
  expect(runCli(['import', 'zip:backup.zip', ...into], { cwd: place }).code).toBe(0);
  const [before, after] = ['site', 'new'].map((folder) => filesBelow(path.join(place, folder)));
  expect(after).toEqual(before);
  for (const file of before ?? [])
    expect(readFileSync(path.join(place, 'new', file))).toEqual(readFileSync(path.join(place, 'site', file)));
  expect(existsSync(path.join(place, 'app.zip'))).toBe(false);

  // An index for IDEs is not compressed: without the checksums of the backup, a wrong byte would not be noticed.
  const flipped = readFileSync(path.join(place, 'backup.zip'));
  flipped[flipped.indexOf('since-build="') + 'since-build="'.length] = 0x39;
  writeFileSync(path.join(place, 'flipped.zip'), flipped);
  const damaged = runCli(['import', 'zip:flipped.zip', '--site-dir', 'damaged'], { cwd: place });
  expect(damaged.code).toBe(1);
  expect(damaged.stderr).toContain(
    'The backup flipped.zip cannot be read: updatePlugins.xml is not what the SHA256SUMS of the backup state.',
  );
  expect(existsSync(path.join(place, 'damaged'))).toBe(false);
});

test('wrong usage is explained', () => {
  const nothing = exported([]);
  expect(nothing.code).toBe(2);
  expect(nothing.stderr).toContain('It is not known what to write.');
  expect(nothing.stderr).toContain('No site was given.');
  const swapped = exported(['site', 'out.zip', '--platform', 'linux63']);
  expect(swapped.code).toBe(2);
  expect(swapped.stderr).toContain('site is not the name of a zip archive.');
  expect(swapped.stderr).toContain('the platform "linux63" is unknown');
  const platform = exported(['out.zip', 'site', '--platform', 'linux64']);
  expect(platform.stderr).toContain('--platform: a backup contains the files for all platforms.');
  const away = exported(['none/out.zip', 'site']);
  expect(away.code).toBe(1);
  expect(away.stderr).toContain('none/out.zip cannot be written: the folder none does not exist.');
  for (const inside of ['site/out.zip', 'site/macros/out.zip']) {
    expect(exported([inside, 'site'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `error: ${inside} would be written into the site itself, the folder site.\n  Choose a place outside of the site for the archive.\n`,
    });
  }
  expect(filesBelow(site)).toEqual(ALL);
  expect(exported(['--help']).stdout).toContain('update-site export FILE.zip [PLACE] [options]');
});
