import { spawn } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { filesBelow, makeFolder, posixTest, writeFiles } from '../support/folders.js';
import { fileOf, filesOf, git, GIT_ENV, makeBareRepository } from '../support/git.js';
import { pluginZip } from '../support/plugin-archive.js';
import { CLI, runCli, startCli, type Ran } from '../support/program.js';
import { serveFolder, type Intercept, type SiteServer } from '../support/site-server.js';

interface Result {
  changed: boolean;
  commit: string | null;
  changes: { kind: string; path: string }[];
  problems: { severity: string; code: string; path?: string; message: string }[];
}

const cwd = makeFolder();
const old = path.join(cwd, 'old');
const OLD = '20260101000000';
const NEW = '20260201000000';

beforeAll(() => {
  writeFiles(cwd, { 'a.ijm': 'print(1);', 'b.ijm': 'print(2);' });
  publish(OLD);
  writeFiles(cwd, { 'a.ijm': 'print(3);' });
  publish(NEW);
  // What other tools have written stays as it is, byte for byte.
  const index = path.join(old, 'db.xml.gz');
  const text = gunzipSync(readFileSync(index)).toString().replace('<plugin ', '<plugin coordinate="a:b"  ');
  writeFileSync(index, gzipSync(text, { level: 1 }));
});

function publish(timestamp: string): void {
  const files = ['--files', '*.ijm => macros/', '--upstream', 'none'];
  expect(runCli(['publish', '--site-dir', 'old', '--timestamp', timestamp, ...files], { cwd }).code).toBe(0);
}

function resultOf(ran: Ran): Result {
  return JSON.parse(ran.stdout) as Result;
}

async function withServer<T>(
  folder: string,
  intercept: Intercept | undefined,
  use: (server: SiteServer) => Promise<T>,
): Promise<T> {
  const server = await serveFolder(folder, intercept);
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}

const CURRENT = ['db.xml.gz', `macros/a.ijm-${NEW}`, `macros/b.ijm-${OLD}`];
const ALL = ['db.xml.gz', `macros/a.ijm-${OLD}`, `macros/a.ijm-${NEW}`, `macros/b.ijm-${OLD}`];

test('a site is imported from its address into a folder, byte for byte', async () => {
  const ran = await withServer(old, undefined, ({ url }) =>
    startCli(['import', url, '--site-dir', 'new', '--json'], { cwd }),
  );
  expect({ code: ran.code, problems: resultOf(ran).problems }).toEqual({ code: 0, problems: [] });
  expect(resultOf(ran).changes.map(({ kind, path: file }) => `${kind} ${file}`)).toEqual([
    'add macros/a.ijm',
    'add macros/b.ijm',
  ]);
  const place = path.join(cwd, 'new');
  expect(filesBelow(place)).toEqual(CURRENT);
  for (const file of CURRENT)
    expect(readFileSync(path.join(place, file))).toEqual(readFileSync(path.join(old, file)));
});

test('a site is imported into a branch with its history, in one commit', async () => {
  const remote = makeBareRepository();
  const ran = await withServer(old, undefined, ({ url }) =>
    startCli(['import', `${url}/db.xml.gz`, '--remote', remote, '--history'], { cwd }),
  );
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stdout).toContain('Imported: a site that offers 2 files.');
  expect(ran.stdout).toContain('3 files (27 bytes), under the same names.');
  expect(ran.stdout).toContain('Checked in the new place: all of 14 checks passed.');
  expect(filesOf(remote)).toEqual(['.nojekyll', ...ALL].sort());
  expect(fileOf(remote, 'db.xml.gz')).toEqual(readFileSync(path.join(old, 'db.xml.gz')));
  expect(git(remote, 'rev-list', '--count', 'gh-pages').trim()).toBe('1');
  expect(git(remote, 'log', '-1', '--format=%s', 'gh-pages').trim()).toBe('Import the site');
});

test('importing again changes nothing, and completes what is missing', () => {
  const args = ['import', 'old', '--site-dir', 'twice', '--json'];
  expect(resultOf(runCli(args, { cwd })).changed).toBe(true);
  expect(resultOf(runCli(args, { cwd }))).toMatchObject({ changed: false, problems: [] });
  rmSync(path.join(cwd, `twice/macros/b.ijm-${OLD}`));
  expect(resultOf(runCli([...args, '--history'], { cwd }))).toMatchObject({ changed: true, problems: [] });
  expect(filesBelow(path.join(cwd, 'twice'))).toEqual(ALL);
  const last = runCli(['import', 'old', '--site-dir', 'twice', '--history'], { cwd });
  expect(last.stdout).toContain('Nothing to import: the site is already there, with all files.');
});

test('a dry run fetches and writes nothing', async () => {
  const { ran, requests } = await withServer(old, undefined, async (server) => ({
    ran: await startCli(['import', server.url, '--site-dir', 'dry', '--dry-run', '--history'], { cwd }),
    requests: server.requests,
  }));
  expect(ran.stdout).toContain('Would be imported: a site that offers 2 files.');
  expect(requests.filter((request) => request.startsWith('GET') && !request.endsWith('.gz'))).toEqual([]);
  expect(existsSync(path.join(cwd, 'dry'))).toBe(false);
});

describe('an empty site is replaced', () => {
  const formats = [
    ['imagej', []],
    ['jetbrains', ['--site-url', 'https://new.example.org/']],
  ] as const;

  test.each(formats)('%s, in a folder and on a branch, as an empty place is filled', (format, options) => {
    const place = makeFolder();
    writeFiles(place, { 'a.ijm': 'print(1);', 'one.zip': pluginZip({ version: '1.0' }) });
    const succeed = (...args: string[]) => {
      const ran = runCli([...args, ...options], { cwd: place });
      expect([ran.code, ran.stderr]).toEqual([0, expect.any(String)]);
      return ran.stdout;
    };
    const files = format === 'imagej' ? ['a.ijm => macros/', '--upstream', 'none'] : ['one.zip'];
    succeed('publish', '--format', format, '--site-dir', 'old', '--files', ...files);
    const [fresh, remote] = [makeBareRepository(), makeBareRepository()];
    succeed('import', 'old', '--remote', fresh);
    succeed('import', 'old', '--site-dir', 'fresh');
    for (const to of [
      ['--remote', remote],
      ['--site-dir', 'new'],
    ]) {
      succeed('publish', '--empty', '--format', format, ...to);
      const notice = / is replaced\./;
      expect(succeed('import', 'old', ...to, '--dry-run')).toMatch(notice);
      expect(succeed('import', 'old', ...to)).toMatch(notice);
      expect(succeed('import', 'old', ...to)).toContain('Nothing to import');
    }
    const treeOf = (repository: string) => git(repository, 'rev-parse', 'gh-pages^{tree}');
    expect(treeOf(remote)).toBe(treeOf(fresh));
    const names = filesBelow(path.join(place, 'fresh'));
    expect(filesBelow(path.join(place, 'new'))).toEqual(names);
    for (const name of names)
      expect(readFileSync(path.join(place, 'new', name))).toEqual(
        readFileSync(path.join(place, 'fresh', name)),
      );
  });

  test('but not a site that offers nothing any more', () => {
    const place = makeFolder();
    writeFiles(place, { 'c.ijm': 'print(4);' });
    const site = ['--upstream', 'none', '--site-dir', 'site'];
    expect(runCli(['publish', ...site, '--files', 'c.ijm => macros/'], { cwd: place }).code).toBe(0);
    const removed = runCli(['publish', ...site, '--remove', 'macros/c.ijm', '--allow-mass-removal'], {
      cwd: place,
    });
    expect(removed.code).toBe(0);
    const before = filesBelow(place);
    const ran = runCli(['import', old, '--site-dir', 'site'], { cwd: place });
    expect([ran.code, ran.stderr]).toEqual([
      1,
      expect.stringContaining('There is already another site in folder site.'),
    ]);
    expect(filesBelow(place)).toEqual(before);
  });
});

test('another site is never overwritten', () => {
  const other = makeFolder();
  writeFiles(other, { 'c.ijm': 'print(4);' });
  const files = ['--files', 'c.ijm => macros/', '--upstream', 'none', '--site-dir', 'site'];
  expect(runCli(['publish', ...files], { cwd: other }).code).toBe(0);
  const before = filesBelow(other);
  const ran = runCli(['import', old, '--site-dir', 'site'], { cwd: other });
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('There is already another site in folder site.');
  expect(filesBelow(other)).toEqual(before);
});

test('a lost previous version is reported, and a lost current one stops the import before any download', async () => {
  const broken = path.join(makeFolder(), 'site');
  cpSync(old, broken, { recursive: true });
  rmSync(path.join(broken, `macros/a.ijm-${OLD}`));
  const place = makeFolder();
  const partly = runCli(['import', broken, '--site-dir', 'new', '--history', '--json'], { cwd: place });
  expect(partly.code).toBe(0);
  expect(resultOf(partly).problems.map(({ severity, code, path: file }) => [severity, code, file])).toEqual([
    ['warning', 'lost-payload', `macros/a.ijm-${OLD}`],
  ]);
  expect(filesBelow(path.join(place, 'new'))).toEqual(CURRENT);

  rmSync(path.join(broken, `macros/a.ijm-${NEW}`));
  const { ran, requests } = await withServer(broken, undefined, async (server) => ({
    ran: await startCli(['import', server.url, '--site-dir', 'none', '--json'], { cwd: place }),
    requests: server.requests,
  }));
  expect(ran.code).toBe(1);
  expect(resultOf(ran).problems).toMatchObject([
    { severity: 'error', code: 'lost-payload', path: `macros/a.ijm-${NEW}` },
  ]);
  expect(requests.filter((request) => request.startsWith('GET') && !request.endsWith('.gz'))).toEqual([]);
  expect(existsSync(path.join(place, 'none'))).toBe(false);
});

test('a damaged file stops the import, and nothing is written', () => {
  const broken = path.join(makeFolder(), 'site');
  cpSync(old, broken, { recursive: true });
  writeFileSync(path.join(broken, `macros/a.ijm-${NEW}`), 'print(9);');
  const place = makeFolder();
  const ran = runCli(['import', broken, '--site-dir', 'new', '--json'], { cwd: place });
  expect(ran.code).toBe(1);
  expect(resultOf(ran).problems).toMatchObject([
    { severity: 'error', code: 'damaged-payload', path: `macros/a.ijm-${NEW}` },
  ]);
  expect(filesBelow(place)).toEqual([]);
});

test('an interrupted import goes on where it stopped', async () => {
  const cache = makeFolder();
  const options = { cwd, env: { XDG_CACHE_HOME: cache } };
  // The second file cannot be fetched at first.
  const first = await withServer(
    old,
    (request, response) => {
      if (request.method !== 'GET' || request.url?.includes('b.ijm') !== true) return false;
      response.writeHead(500).end();
      return true;
    },
    async (server) => {
      const ran = await startCli(['import', server.url, '--site-dir', 'resumed', '--json'], options);
      const port = Number(new URL(server.url).port);
      return { ran, port };
    },
  );
  expect(first.ran.code).toBe(1);
  expect(existsSync(path.join(cwd, 'resumed'))).toBe(false);
  const again = await serveFolder(old, undefined, first.port);
  try {
    const ran = await startCli(['import', again.url, '--site-dir', 'resumed', '--json'], options);
    expect(ran.code).toBe(0);
    expect(again.requests.filter((request) => request.startsWith('GET /macros'))).toEqual([
      `GET /macros/b.ijm-${OLD}`,
    ]);
  } finally {
    await again.close();
  }
  expect(filesBelow(path.join(cwd, 'resumed'))).toEqual(CURRENT);
  expect(filesBelow(cache)).toEqual([]);
});

posixTest('an interruption reports that fetched files are kept', async () => {
  const cache = makeFolder();
  const isSecond = ({ url = '' }: { url?: string | undefined }) => url.includes('b.ijm');
  const ran = await withServer(
    old,
    // The second file never arrives.
    (request) => request.method === 'GET' && isSecond(request),
    async ({ url, requests }) => {
      const child = spawn(process.execPath, [CLI, 'import', url, '--site-dir', 'interrupted'], {
        cwd,
        env: { ...GIT_ENV, XDG_CACHE_HOME: cache, UPDATE_SITE_TOKEN: '' },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let stderr = '';
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
      const isAsked = () => requests.filter((one) => one.startsWith('GET /macros')).length === 2;
      while (!isAsked()) await setTimeout(20);
      // The first file has arrived when its copy has its name.
      while (!filesBelow(cache).some((file) => !file.includes('partial'))) await setTimeout(20);
      child.kill('SIGTERM');
      return { code: await ended, stderr };
    },
  );
  expect(ran).toEqual({
    code: 1,
    stderr: expect.stringContaining('Interrupted; nothing was changed.') as string,
  });
  expect(ran.stderr).toContain('Run the import again to continue: files that were already fetched are kept.');
  expect(filesBelow(cache)).not.toEqual([]);
  expect(existsSync(path.join(cwd, 'interrupted'))).toBe(false);
});

test('limits of the host are checked before the download', async () => {
  const large = path.join(makeFolder(), 'site');
  cpSync(old, large, { recursive: true });
  const index = path.join(large, 'db.xml.gz');
  const text = gunzipSync(readFileSync(index)).toString().replaceAll('filesize="9"', 'filesize="200000000"');
  writeFileSync(index, gzipSync(text));
  const { ran, requests } = await withServer(large, undefined, async (server) => ({
    ran: await startCli(['import', server.url, '--remote', makeBareRepository(), '--json'], { cwd }),
    requests: server.requests,
  }));
  expect(ran.code).toBe(1);
  expect(resultOf(ran).problems.map(({ code }) => code)).toEqual(['file-too-large', 'file-too-large']);
  expect(requests.filter((request) => request.startsWith('GET /macros'))).toEqual([]);
});

test('a plugin repository gets the addresses of its new place', async () => {
  const place = makeFolder();
  writeFiles(place, { 'one.zip': pluginZip({ version: '1.0' }) });
  const ran = await withServer(path.join(place, 'old'), undefined, async ({ url }) => {
    const site = ['--format', 'jetbrains', '--site-url', `${url}/`, '--site-dir', 'old'];
    expect(runCli(['publish', ...site, '--files', 'one.zip'], { cwd: place }).code).toBe(0);
    const unknown = await startCli(['import', url, '--site-dir', 'new', '--json'], { cwd: place });
    expect(resultOf(unknown).problems).toMatchObject([{ code: 'no-site-url' }]);
    const to = ['--site-url', 'https://new.example.org/plugins/'];
    return startCli(['import', url, '--site-dir', 'new', '--json', ...to], { cwd: place });
  });
  expect({ code: ran.code, problems: resultOf(ran).problems }).toEqual({ code: 0, problems: [] });
  const [archive = ''] = filesBelow(path.join(place, 'new')).filter((file) => file.endsWith('.zip'));
  expect(readFileSync(path.join(place, 'new', archive))).toEqual(readFileSync(path.join(place, 'one.zip')));
  expect(readFileSync(path.join(place, 'new/updatePlugins.xml'), 'utf8')).toContain(
    `url="https://new.example.org/plugins/${archive}"`,
  );
});

describe('a plugin repository with a channel', () => {
  const place = makeFolder();
  const to = ['--site-url', 'https://new.example.org/plugins/', '--json'];
  const read = (file: string) => readFileSync(path.join(place, file), 'utf8');
  const indexesIn = (folder: string) =>
    filesBelow(path.join(place, folder)).filter((file) => !/\.(zip|lock)$/.test(file));
  let server: SiteServer;

  beforeAll(async () => {
    server = await serveFolder(path.join(place, 'old'));
    const site = ['--format', 'jetbrains', '--site-url', `${server.url}/`, '--site-dir', 'old'];
    const publishVersion = (id: string, version: string, ...more: string[]) => {
      writeFiles(place, { 'one.zip': pluginZip({ id, version }) });
      const ran = runCli(['publish', ...site, '--files', 'one.zip', ...more], { cwd: place });
      expect(ran).toMatchObject({ code: 0 });
    };
    publishVersion('org.lab.one', '1.0');
    publishVersion('org.lab.two', '1.0');
    publishVersion('org.lab.one', '2.0-eap', '--channel', 'eap');
  });
  afterAll(() => server.close());

  test.each(['folder', 'web address'])('moves as a whole from a %s', async (kind) => {
    const [from, folder] = kind === 'folder' ? ['old', 'from-folder'] : [server.url, 'from-web'];
    const args = ['import', from, '--site-dir', folder, '--history', ...to];
    const ran = await startCli(args, { cwd: place });
    expect({ code: ran.code, problems: resultOf(ran).problems }).toEqual({ code: 0, problems: [] });
    expect(resultOf(ran).changes.map(({ path: file }) => file)).toEqual([
      'plugins/org.lab.one/1.0/one.zip',
      'plugins/org.lab.two/1.0/one.zip',
      'eap/plugins/org.lab.one/2.0-eap/one.zip',
    ]);
    expect(filesBelow(path.join(place, folder))).toEqual(filesBelow(path.join(place, 'old')));
    for (const file of indexesIn(folder)) {
      const address = 'https://new.example.org/plugins/';
      expect(read(path.join(folder, file))).toBe(
        read(path.join('old', file)).replaceAll(`${server.url}/`, address),
      );
    }
    expect(read(path.join(folder, 'eap/updatePlugins.xml'))).not.toContain(server.url);
    const again = await startCli(args, { cwd: place });
    expect(resultOf(again)).toMatchObject({ changed: false, problems: [] });
  });

  test('loses nothing without a word if the channel is imported alone, or is not known', async () => {
    const alone = [
      'import',
      `${server.url}/eap/`,
      '--site-dir',
      'alone',
      '--site-url',
      'https://new.org/eap/',
    ];
    expect((await startCli(alone, { cwd: place })).stdout).toContain(
      `${server.url}/eap/ is a channel. If it lists entries of the repository in the parent folder, they lead to the old place until the next publication to the channel.`,
    );
    const history = path.join(place, 'old/updatePlugins-versions.json');
    const { channels, ...older } = JSON.parse(readFileSync(history, 'utf8')) as { channels: string[] };
    expect(channels).toEqual(['eap']);
    writeFileSync(history, JSON.stringify(older));
    const unknown = ['import', server.url, '--site-dir', 'unknown', '--site-url', 'https://new.org/'];
    expect((await startCli(unknown, { cwd: place })).stdout).toContain(
      'Channels are not imported: the index does not record any',
    );
  });
});

test('the history of a branch lists an import as one publication with its files', () => {
  const place = makeFolder();
  writeFiles(place, { 'one.zip': pluginZip({ version: '1.0' }) });
  const site = ['--format', 'jetbrains', '--site-url', 'https://old.org/', '--site-dir', 'old'];
  const publishOne = () => {
    expect(runCli(['publish', ...site, '--files', 'one.zip'], { cwd: place }).code).toBe(0);
  };
  publishOne();
  writeFiles(place, { 'one.zip': pluginZip({ version: '1.1' }) });
  publishOne();
  const remote = makeBareRepository();
  const to = ['--remote', remote, '--site-url', 'https://new.org/', '--history'];
  expect(runCli(['import', 'old', ...to], { cwd: place }).code).toBe(0);
  writeFiles(place, { 'one.zip': pluginZip({ version: '1.2-eap' }) });
  const channel = ['--remote', remote, '--site-url', 'https://new.org/', '--channel', 'eap'];
  const args = ['publish', '--format', 'jetbrains', '--files', 'one.zip', ...channel];
  expect(runCli(args, { cwd: place }).code).toBe(0);
  const { stdout } = runCli(['history', '--remote', remote], { cwd: place });
  // The first publication to a channel records it in the site, but changes nothing that the site offers.
  expect(stdout.trim().replace(/[0-9a-f]{12} {2}[-0-9]{10} [0-9:]{5}/, 'COMMIT')).toBe(
    'COMMIT  2 add  Import the site  (github-actions[bot])',
  );
});

test('files that GitHub Pages would not serve from an existing branch are reported', () => {
  const place = makeFolder();
  writeFiles(place, { '_a.ijm': 'print(1);', 'index.html': 'x' });
  const files = ['--files', '_a.ijm => macros/', '--upstream', 'none', '--site-dir', 'site'];
  expect(runCli(['publish', ...files], { cwd: place }).code).toBe(0);
  const remote = makeBareRepository();
  git(place, 'init', '--quiet', '--initial-branch=gh-pages', 'web');
  writeFiles(path.join(place, 'web'), { 'index.html': 'x' });
  git(path.join(place, 'web'), 'add', '--all');
  git(path.join(place, 'web'), '-c', 'user.name=a', '-c', 'user.email=a@x', 'commit', '--quiet', '-m', 'Web');
  git(path.join(place, 'web'), 'push', '--quiet', remote, 'gh-pages');
  const ran = runCli(['import', 'site', '--remote', remote, '--json'], { cwd: place });
  expect(resultOf(ran).problems.map(({ code }) => code)).toEqual(['dropped-by-jekyll']);
});

test('wrong usage is explained', () => {
  const ran = runCli(['import'], { cwd });
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain('It is not known what to import.');
  expect(ran.stderr).toContain('No site was given.');
  const nothing = runCli(['import', makeFolder(), '--site-dir', 'x'], { cwd });
  expect(nothing.code).toBe(1);
  expect(nothing.stderr).toContain('it has no db.xml.gz or updatePlugins.xml.');
});
