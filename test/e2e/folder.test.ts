import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { makeFolder, posixTest, writeFiles } from '../support/folders.js';
import { runCli } from '../support/program.js';
import { filesBelow } from '../support/scenario.js';

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
  test('makes the folder, and adds to it', () => {
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

  test('the same input gives the same bytes', () => {
    const [one, two] = [makeApp(), makeApp()];
    for (const cwd of [one, two]) runCli(ARGS, { cwd, env: { SOURCE_DATE_EPOCH: '1767323045' } });
    const bytes = (cwd: string) => readFileSync(path.join(cwd, 'site/db.xml.gz'));
    expect(bytes(one).equals(bytes(two))).toBe(true);
    expect(indexIn(path.join(one, 'site'))).toContain('timestamp="20260102030405"');
  });

  test('preview does not even make the folder', () => {
    const cwd = makeApp();
    expect(runCli(['preview', '--app-dir', 'app', '--site-dir', 'site'], { cwd }).code).toBe(0);
    expect(readdirSync(cwd)).toEqual(['app']);
  });

  test('a second publisher is kept out while the first one works', () => {
    const cwd = makeApp();
    mkdirSync(path.join(cwd, 'site'));
    const lock = path.join(cwd, 'site/.update-site.lock');
    writeFileSync(lock, JSON.stringify({ pid: process.pid, host: os.hostname() }));
    const ran = runCli(ARGS, { cwd });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/Somebody else is publishing to site/);
    expect(readdirSync(path.join(cwd, 'site'))).toEqual(['.update-site.lock']);
  });

  test('the lock of a publisher that is gone does not count', () => {
    const cwd = makeApp();
    mkdirSync(path.join(cwd, 'site'));
    writeFileSync(
      path.join(cwd, 'site/.update-site.lock'),
      JSON.stringify({ pid: 2 ** 30, host: os.hostname() }),
    );
    expect(runCli(ARGS, { cwd }).code).toBe(0);
    expect(filesBelow(path.join(cwd, 'site'))).not.toContain('.update-site.lock');
  });

  test('a publication that cannot be finished leaves the old index as it was', () => {
    const cwd = makeApp();
    runCli([...ARGS, '--timestamp', T1], { cwd });
    const before = readFileSync(path.join(cwd, 'site/db.xml.gz'));
    writeFiles(cwd, { 'app/macros/A.ijm': 'new', 'app/plugins/b.py': 'new' });
    // A folder stands where the second payload must go.
    mkdirSync(path.join(cwd, `site/plugins/b.py-${T2}`));
    const ran = runCli([...ARGS, '--timestamp', T2], { cwd });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/The index is as it was/);
    expect(readFileSync(path.join(cwd, 'site/db.xml.gz')).equals(before)).toBe(true);
    expect(filesBelow(path.join(cwd, 'site')).filter((file) => /lock|partial/.test(file))).toEqual([]);
  });

  posixTest('payloads can be read by a web server, whatever mode the artifact has', () => {
    const cwd = makeApp();
    chmodSync(path.join(cwd, 'app/macros/A.ijm'), 0o400);
    expect(runCli([...ARGS, '--timestamp', T1], { cwd }).code).toBe(0);
    expect(statSync(path.join(cwd, `site/macros/A.ijm-${T1}`)).mode & 0o777).toBe(0o644);
  });

  test('a file in place of the folder is refused', () => {
    const cwd = makeApp();
    writeFileSync(path.join(cwd, 'site'), 'x');
    const ran = runCli(ARGS, { cwd });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/site is a file/);
  });
});
