import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { makeFolder, posixTest, writeFiles } from '../support/folders.js';
import { killWhenChanged } from '../support/kill.js';
import { runCli, startCli, startProcess } from '../support/program.js';
import { filesBelow } from '../support/scenario.js';
import { currentFiles, siteFaults } from '../support/site-faults.js';
import { age, ageWorkFiles, workFiles } from '../support/work-files.js';

const T1 = '20260102030405';
const T2 = '20260102030406';

function makeApp(): string {
  const cwd = makeFolder();
  writeFiles(cwd, { 'app/macros/A.ijm': 'a', 'app/plugins/b.py': 'b' });
  return cwd;
}

const ARGS = ['publish', '--app-dir', 'app', '--site-dir', 'site'];

function indexIn(folder: string): string {
  return gunzipSync(readFileSync(path.join(folder, 'db.xml.gz'))).toString('utf8');
}

describe('publishing to a folder', () => {
  test('creates the folder, and adds to it', () => {
    const cwd = makeApp();
    expect(runCli([...ARGS, '--timestamp', T1], { cwd }).code).toBe(0);
    writeFiles(cwd, { 'app/macros/A.ijm': 'new' });
    expect(runCli([...ARGS, '--timestamp', T2], { cwd }).code).toBe(0);
    expect(filesBelow(path.join(cwd, 'site'))).toEqual([
      'db.xml.gz',
      `macros/A.ijm-${T1}`,
      `macros/A.ijm-${T2}`,
      `plugins/b.py-${T1}`,
    ]);
    expect(indexIn(path.join(cwd, 'site'))).toContain(`timestamp-obsolete="${T2}"`);
  });

  test('creates the same bytes from the same input', () => {
    const [one, two] = [makeApp(), makeApp()];
    for (const cwd of [one, two]) runCli([...ARGS, '--timestamp', T1], { cwd });
    const bytes = (cwd: string) => readFileSync(path.join(cwd, 'site/db.xml.gz'));
    expect(bytes(one).equals(bytes(two))).toBe(true);
    expect(indexIn(path.join(one, 'site'))).toContain('timestamp="20260102030405"');
  });

  test('does not create the folder in a preview', () => {
    const cwd = makeApp();
    expect(runCli(['preview', '--app-dir', 'app', '--site-dir', 'site'], { cwd }).code).toBe(0);
    expect(readdirSync(cwd)).toEqual(['app']);
  });

  test('waits while another run publishes', async () => {
    const cwd = makeApp();
    writeFiles(cwd, { 'site/.update-site.lock': 'another-run' });
    const lock = path.join(cwd, 'site/.update-site.lock');
    const running = startCli(ARGS, { cwd });
    // Until the second run creates its own lock, plus some time for reading the other one.
    while (workFiles(path.join(cwd, 'site')).length < 2) await sleep(20);
    await sleep(1000);
    expect(readdirSync(path.join(cwd, 'site')).filter((name) => !name.startsWith('.'))).toEqual([]);
    rmSync(lock);
    const ran = await running;
    expect(ran.code).toBe(0);
    expect(ran.stderr).toMatch(
      /Waiting for another run that publishes to site: site.\.update-site\.lock was/,
    );
    expect(filesBelow(path.join(cwd, 'site'))).toHaveLength(3);
  });

  test('ignores an abandoned lock, whatever process id it contains', () => {
    const cwd = makeApp();
    writeFiles(cwd, { 'site/.update-site.lock': JSON.stringify({ pid: process.pid, host: os.hostname() }) });
    age(path.join(cwd, 'site/.update-site.lock'), 121);
    expect(runCli(ARGS, { cwd }).code).toBe(0);
    expect(workFiles(path.join(cwd, 'site'))).toEqual([]);
  });

  test('succeeds in eight concurrent runs, without losing an entry', async () => {
    const cwd = makeFolder();
    const names = Array.from({ length: 8 }, (_, at) => `F${at}`);
    for (const name of names) writeFiles(cwd, { [`${name}/macros/${name}.ijm`]: name });
    const ran = await Promise.all(
      names.map((name) => startCli(['publish', '--app-dir', name, '--site-dir', 'site'], { cwd })),
    );
    expect(ran.map(({ code, stderr }) => (code === 0 ? 0 : stderr))).toEqual(names.map(() => 0));
    expect(currentFiles(path.join(cwd, 'site')).sort()).toEqual(names.map((name) => `macros/${name}.ijm`));
    expect(await siteFaults(path.join(cwd, 'site'))).toEqual([]);
    expect(workFiles(path.join(cwd, 'site'))).toEqual([]);
  });

  test('leaves a valid site if it is killed while it writes', async () => {
    const cwd = makeApp();
    const site = path.join(cwd, 'site');
    runCli(ARGS, { cwd });
    // After the first, second, … change of names in the folder. Other tests interrupt at each system call.
    const moments = [0, 2, 4, 5];
    for (const moment of moments) {
      writeFiles(cwd, { 'app/macros/A.ijm': `content ${moment}`, [`app/macros/N${moment}.ijm`]: 'n' });
      await killWhenChanged(site, moment, () => startProcess(ARGS, cwd));
      expect(await siteFaults(site)).toEqual([]);
      ageWorkFiles(site);
    }
    expect(runCli(ARGS, { cwd })).toMatchObject({ code: 0 });
    expect(await siteFaults(site)).toEqual([]);
    expect(currentFiles(site)).toHaveLength(2 + moments.length);
    expect(workFiles(site)).toEqual([]);
  }, 180_000);

  test('does not change the old index if it cannot be completed', () => {
    const cwd = makeApp();
    runCli([...ARGS, '--timestamp', T1], { cwd });
    const before = readFileSync(path.join(cwd, 'site/db.xml.gz'));
    writeFiles(cwd, { 'app/macros/A.ijm': 'new', 'app/plugins/b.py': 'new' });
    // A folder is in the place of the second payload.
    mkdirSync(path.join(cwd, `site/plugins/b.py-${T2}`));
    for (const options of [['--dry-run'], []]) {
      const ran = runCli([...ARGS, '--timestamp', T2, ...options], { cwd });
      expect(ran.code).toBe(1);
      expect(ran.stdout + ran.stderr).toMatch(
        /b\.py-20260102030406 is a folder.*\n.*Move it out of the site/,
      );
    }
    expect(readFileSync(path.join(cwd, 'site/db.xml.gz')).equals(before)).toBe(true);
    expect(filesBelow(path.join(cwd, 'site')).filter((file) => /lock|partial/.test(file))).toEqual([]);
  });

  posixTest('makes payloads readable for a web server, whatever mode the artifact has', () => {
    const cwd = makeApp();
    chmodSync(path.join(cwd, 'app/macros/A.ijm'), 0o400);
    expect(runCli([...ARGS, '--timestamp', T1], { cwd }).code).toBe(0);
    expect(statSync(path.join(cwd, `site/macros/A.ijm-${T1}`)).mode & 0o777).toBe(0o644);
  });

  test('is refused if the folder is a file', () => {
    const cwd = makeApp();
    writeFileSync(path.join(cwd, 'site'), 'x');
    const ran = runCli(ARGS, { cwd });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/site is a file/);
  });
});
