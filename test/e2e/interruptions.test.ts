import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { makeFolder, posixTest, writeFiles } from '../support/folders.js';
import { git, GIT_ENV, makeBareRepository, refsOf } from '../support/git.js';
import { CLI, runAction } from '../support/program.js';

function makeApp(): string {
  const cwd = makeFolder();
  writeFiles(cwd, { 'app/macros/A.ijm': 'a' });
  return cwd;
}

/** Creates a folder with a git that ends the calling program, before or after a push. */
function gitThatInterrupts(when: 'before' | 'after'): string {
  const bin = makeFolder();
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const steps =
    when === 'after' ? `"${real}" "$@"; kill -TERM $PPID; sleep 0.5; exit 0` : 'kill -TERM $PPID; sleep 30';
  writeFiles(bin, { git: `#!/bin/sh\n[ "$1" = push ] || exec "${real}" "$@"\n${steps}\n` });
  chmodSync(path.join(bin, 'git'), 0o755);
  return bin;
}

describe('an interruption', () => {
  posixTest.each([
    ['after', '1'],
    ['before', ''],
  ] as const)('%s a push says what is known of it', async (when, commits) => {
    const repository = makeBareRepository();
    const env = { PATH: `${gitThatInterrupts(when)}:${process.env['PATH'] ?? ''}` };
    const args = ['publish', '--app-dir', 'app', '--upstream', 'none', '--remote', repository];
    const { status, stderr } = spawnSync(process.execPath, [CLI, ...args], {
      cwd: makeApp(),
      env: { ...GIT_ENV, ...env, RUNNER_TEMP: makeFolder() },
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(status).toBe(1);
    expect(stderr).toContain('Interrupted; could not');
    expect(stderr).toMatch(/push itself was accepted|not known whether the push has arrived/);
    expect(stderr).not.toContain('nothing was changed');
    expect(refsOf(repository) === '' ? '' : git(repository, 'rev-list', '--count', 'gh-pages').trim()).toBe(
      commits,
    );
    if (when === 'before') return;
    const inputs = { 'app-dir': 'app', upstream: 'none', remote: makeBareRepository() };
    const ran = await runAction(inputs, { cwd: makeApp(), env });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('The publication may be incomplete or unconfirmed');
    expect(ran.stdout).not.toMatch(/nothing was (published|changed)/i);
  });

  posixTest('is not caused by a reader that stops reading', () => {
    const cwd = makeApp();
    const temp = makeFolder();
    const line = `"${process.execPath}" "${CLI}" publish --verbose --app-dir app --upstream none --site-dir site 2>&1 | true`;
    execFileSync('sh', ['-c', line], { cwd, env: { ...GIT_ENV, RUNNER_TEMP: temp } });
    expect(readdirSync(path.join(cwd, 'site')).sort()).toEqual(['db.xml.gz', 'macros']);
    expect(readdirSync(temp)).toEqual([]);
  });

  const hasFullDevice = existsSync('/dev/full');
  (hasFullDevice ? test : test.skip)('of the output on a full disk is reported without a stack trace', () => {
    const cwd = makeApp();
    const line = `"${process.execPath}" "${CLI}" publish --app-dir app --upstream none --site-dir site > /dev/full`;
    const { status, stderr } = spawnSync('sh', ['-c', line], { cwd, env: GIT_ENV, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(/^error: The output cannot be written: ENOSPC[^\n]*\n$/m) as string,
    });
    expect(existsSync(path.join(cwd, 'site/db.xml.gz'))).toBe(true);
  });
});

posixTest('a report is not written through a link, and does not overwrite a ".partial" file', async () => {
  const cwd = makeApp();
  writeFiles(cwd, { 'rep.json.partial': 'mine', 'victim.txt': 'precious' });
  symlinkSync(path.join(cwd, 'victim.txt'), path.join(cwd, 'linked.json'));
  for (const file of ['rep.json', 'linked.json']) {
    const inputs = { 'app-dir': 'app', upstream: 'none', mode: 'preview', 'report-file': file };
    expect(await runAction({ ...inputs, remote: makeBareRepository() }, { cwd })).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(path.join(cwd, file), 'utf8'))).toHaveProperty('format');
  }
  expect(readFileSync(path.join(cwd, 'rep.json.partial'), 'utf8')).toBe('mine');
  expect(readFileSync(path.join(cwd, 'victim.txt'), 'utf8')).toBe('precious');
});

posixTest('a workflow refuses a link to an application folder elsewhere', async () => {
  const cwd = makeFolder();
  const outside = makeApp();
  symlinkSync(path.join(outside, 'app'), path.join(cwd, 'app'));
  const inputs = { upstream: 'none', mode: 'preview', remote: makeBareRepository() };
  const ran = await runAction({ ...inputs, 'app-dir': 'app' }, { cwd });
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.stdout).toContain('a link leads out of the workspace');
  expect(await runAction({ ...inputs, 'app-dir': path.join(outside, 'app') }, { cwd })).toMatchObject({
    code: 0,
  });
});
