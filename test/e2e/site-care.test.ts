import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import AdmZip from 'adm-zip';
import { makeFolder, sumsBelow, writeFiles } from '../support/folders.js';
import { fileOf, git, makeBareRepository } from '../support/git.js';
import { offersOf, readAsIde } from '../support/ide.js';
import { installedFrom } from '../support/imagej-client.js';
import { JARS, writeApplication } from '../support/large-site.js';
import { makeJar } from '../support/maven.js';
import { pluginZip } from '../support/plugin-archive.js';
import { startCli, type Ran } from '../support/program.js';
import { serveFolder, type SiteServer } from '../support/site-server.js';

/*
 * The life of a site: it moves from a plain web server to a branch, a bad publication is undone, and it comes back from
 * its backup. Each test continues with the result of the one before it.
 */

const MINUTES = 60_000;
const STAMPS = ['20260101000000', '20260201000000', '20260301000000'] as const;
const ADDRESS = 'https://lab.github.io/plugins/';

interface Result {
  changed: boolean;
  problems: unknown[];
  changes: { kind: string; path: string }[];
  checks: { name: string; status: string; reason: string | null; details: unknown[] }[];
}

/** Requires that a run succeeded, and returns its result. */
function resultOf({ code, stdout, stderr }: Ran): Result {
  expect({ code, stderr: code === 0 ? '' : stderr + stdout }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Result;
}

/** Returns the branch of a site as a folder, without what git and GitHub Pages need. */
function checkOut(remote: string): string {
  const folder = path.join(makeFolder(), 'site');
  git(makeFolder(), 'clone', '--quiet', '--branch', 'gh-pages', remote, folder);
  for (const name of ['.git', '.nojekyll']) rmSync(path.join(folder, name), { recursive: true });
  return folder;
}

/** Returns the SHA-256 of the files in an archive, by path. */
function sumsIn(archive: string): Record<string, string> {
  const entries = new AdmZip(archive).getEntries();
  return Object.fromEntries(
    entries.map((entry) => [entry.entryName, createHash('sha256').update(entry.getData()).digest('hex')]),
  );
}

/** Returns the checks that did not pass, as `name status`. */
function notPassed({ checks }: Result): string[] {
  return checks.flatMap(({ name, status, details }) => {
    // Shown in the message of a test that fails.
    if (details.length > 0) return [`${name} ${status} ${JSON.stringify(details)}`];
    return status === 'passed' ? [] : [`${name} ${status}`];
  });
}

/** The checks of web servers, for a site that is not read from one. */
const SERVED = ['https', 'redirects', 'last-modified', 'absent-files', 'cache-headers'].map(
  (name) => `${name} skipped`,
);

describe('a site of 300 jars', () => {
  const cwd = makeFolder();
  const old = path.join(cwd, 'old');
  const app = path.join(cwd, 'app');
  const remote = makeBareRepository();
  const upstream = ['--upstream', 'fiji-stable=upstream.xml'];
  let server: SiteServer;

  const run = async (...args: string[]) => resultOf(await startCli([...args, '--json'], { cwd }));
  const publish = (...args: string[]) =>
    run('publish', '--app-dir', 'app', '--complete-site', ...upstream, ...args);
  const verify = (place: string, ...args: string[]) =>
    run('verify', place, '--history', ...upstream, ...args);
  const branch = `git+file://${remote}#gh-pages`;

  beforeAll(async () => {
    // Users also follow a site without files, so that no check is skipped for lack of one.
    writeFiles(cwd, { 'upstream.xml': '<pluginRecords/>' });
    for (const [at, stamp] of STAMPS.entries()) {
      writeApplication(app, at + 1);
      await publish('--site-dir', 'old', '--timestamp', stamp);
    }
    server = await serveFolder(old);
  }, 5 * MINUTES);

  afterAll(() => server.close());

  test('has jars of several versions, obsolete files and files for single platforms', () => {
    const current = Object.keys(installedFrom(old));
    expect(current.filter((name) => name.endsWith('.jar'))).toHaveLength(JARS);
    expect(current).toContain('lib/win64/native.dll');
    const stored = Object.keys(sumsBelow(old));
    expect(stored.length - current.length).toBeGreaterThan(100);
    expect(current).not.toContain('plugins/Lab_Guest3.jar');
    expect(stored).toContain(`plugins/Lab_Guest3.jar-${STAMPS[1]}`);
  });

  test(
    'is imported from a plain web server into a branch, byte for byte',
    async () => {
      const { problems } = await run('import', server.url, '--remote', remote, '--history');
      expect(problems).toEqual([]);
      expect(fileOf(remote, 'db.xml.gz').equals(readFileSync(path.join(old, 'db.xml.gz')))).toBe(true);
      expect(sumsBelow(checkOut(remote))).toEqual(sumsBelow(old));
      const payloads = server.requests.filter((request) => /^GET .*-\d{14}$/.test(request));
      expect(payloads).toHaveLength(Object.keys(sumsBelow(old)).length - 1);
      expect(new Set(payloads).size).toBe(payloads.length);
    },
    5 * MINUTES,
  );

  test(
    'passes all checks in both places',
    async () => {
      expect(notPassed(await verify(branch))).toEqual(SERVED);
      expect(notPassed(await verify(server.url))).toEqual([
        'lost-versions skipped',
        'orphans skipped',
        'https skipped',
      ]);
    },
    5 * MINUTES,
  );

  test(
    'gives users the same files as before, after a bad publication was undone',
    async () => {
      const before = installedFrom(checkOut(remote));
      rmSync(path.join(app, 'plugins/Lab_Tool2.jar'));
      const jar = makeJar([{ name: 'org/lab/Bad' }]);
      writeFiles(app, { 'plugins/Lab_Tool0.jar': jar, 'scripts/Tool.py': 'bad', 'macros/bad.ijm': 'bad' });
      const bad = await publish('--remote', remote);
      expect(bad.changes.map(({ kind, path: file }) => `${kind} ${file}`).sort()).toEqual([
        'add macros/bad.ijm',
        'remove plugins/Lab_Tool2.jar',
        'update plugins/Lab_Tool0.jar',
        'update scripts/Tool.py',
      ]);
      expect(installedFrom(checkOut(remote))).not.toEqual(before);

      const undone = await run('rollback', '--remote', remote, '--last');
      expect(undone.changes).toHaveLength(4);
      expect(installedFrom(checkOut(remote))).toEqual(before);
      expect(notPassed(await verify(branch))).toEqual(SERVED);
    },
    5 * MINUTES,
  );

  test(
    'comes back from its backup with nothing lost',
    async () => {
      const before = sumsBelow(checkOut(remote));
      await run('export', 'backup.zip', branch);
      await run('import', 'zip:backup.zip', '--site-dir', 'fresh', '--history');
      const after = sumsBelow(path.join(cwd, 'fresh'));
      expect(after).toEqual(before);
      // Also all that the first server had, except its index.
      expect(after).toMatchObject({ ...sumsBelow(old), 'db.xml.gz': after['db.xml.gz'] });
      expect(notPassed(await verify('fresh'))).toEqual(['lost-versions skipped', ...SERVED]);
      expect(installedFrom(path.join(cwd, 'fresh'))).toEqual(installedFrom(old));
    },
    5 * MINUTES,
  );

  test(
    'is exported as exactly the files that users get',
    async () => {
      await run('export', 'application.zip', 'fresh', '--kind', 'application');
      const { 'README-update-site.txt': readme, ...files } = sumsIn(path.join(cwd, 'application.zip'));
      expect(readme).toBeDefined();
      expect(files).toEqual(installedFrom(path.join(cwd, 'fresh')));
    },
    5 * MINUTES,
  );
});

describe('a plugin repository', () => {
  const PLUGINS = 12;
  const BUILDS = ['IC-242.20224.300', 'IC-251.100', 'IC-243.1'];
  const cwd = makeFolder();
  const remote = makeBareRepository();
  const branch = `git+file://${remote}#gh-pages`;
  const old = path.join(cwd, 'old');
  let server: SiteServer;

  const run = async (...args: string[]) => resultOf(await startCli([...args, '--json'], { cwd }));
  const publish = (...args: string[]) =>
    run('publish', '--format', 'jetbrains', '--files', 'build/*.zip', ...args);

  /** Builds some plugins in a version; each third version is for later IDEs only. */
  function build(version: number, plugins: readonly number[]): void {
    rmSync(path.join(cwd, 'build'), { recursive: true, force: true });
    for (const at of plugins) {
      const ideaVersion = at % 3 === 0 && version > 1 ? 'since-build="251"' : 'since-build="242"';
      const zip = pluginZip({ id: `org.lab.tool${at}`, version: `${version}.0`, ideaVersion });
      writeFiles(cwd, { [`build/tool${at}-${version}.zip`]: zip });
    }
  }

  /** Returns what IDEs are offered, with the archives, wherever the site is. */
  function offersIn(site: string, address: string) {
    const xml = readFileSync(path.join(site, 'updatePlugins.xml'), 'utf8');
    const sums = sumsBelow(site);
    return {
      versions: BUILDS.map((ide) => offersOf(xml, ide)),
      archives: readAsIde(xml).map(({ id, version, url }) => [
        id,
        version,
        url.startsWith(address) ? sums[url.slice(address.length)] : url,
      ]),
    };
  }

  beforeAll(async () => {
    server = await serveFolder(old);
    const all = Array.from({ length: PLUGINS }, (_, at) => at);
    for (const version of [1, 2, 3]) {
      build(version, version === 1 ? all : all.filter((at) => at % 2 === version % 2));
      await publish('--site-dir', 'old', '--site-url', `${server.url}/`);
    }
  }, 5 * MINUTES);

  afterAll(() => server.close());

  test(
    'moves to a branch with new addresses, and offers the same there',
    async () => {
      const { problems } = await run(
        'import',
        server.url,
        '--remote',
        remote,
        '--history',
        '--site-url',
        ADDRESS,
      );
      expect(problems).toEqual([]);
      const here = checkOut(remote);
      const before = offersIn(old, `${server.url}/`);
      expect(before.archives.length).toBeGreaterThan(PLUGINS);
      expect(offersIn(here, ADDRESS)).toEqual(before);
      expect(Object.keys(sumsBelow(here))).toEqual(Object.keys(sumsBelow(old)));
      const options = ['--history', '--site-url', ADDRESS];
      expect(notPassed(await run('verify', branch, ...options))).toEqual(SERVED);
      const served = ['lost-versions', 'orphans', 'https', 'last-modified'].map((name) => `${name} skipped`);
      expect(notPassed(await run('verify', server.url, '--history'))).toEqual(served);
    },
    5 * MINUTES,
  );

  test(
    'comes back from its backup, byte for byte',
    async () => {
      build(4, [0, 1]);
      await publish('--remote', remote, '--site-url', ADDRESS);
      await run('export', 'backup.zip', branch);
      await run('import', 'zip:backup.zip', '--site-dir', 'fresh', '--history', '--site-url', ADDRESS);
      const fresh = path.join(cwd, 'fresh');
      const here = checkOut(remote);
      expect(sumsBelow(fresh)).toEqual(sumsBelow(here));
      expect(offersIn(fresh, ADDRESS)).toEqual(offersIn(here, ADDRESS));
      expect(notPassed(await run('verify', 'fresh', '--history', '--site-url', ADDRESS))).toEqual([
        'lost-versions skipped',
        ...SERVED,
      ]);
    },
    5 * MINUTES,
  );
});
