import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { makeFolder, posixTest, writeFiles } from '../support/folders.js';
import { GIT_ENV, makeBareRepository } from '../support/git.js';
import { CLI, runCli } from '../support/program.js';

describe('the program on a machine with faults', () => {
  const app = () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'app/macros/A.ijm': 'a' });
    return cwd;
  };

  test.each(['publish', 'preview'])(
    'ends %s with exit code 1 if the folder for temporary files is missing',
    (command) => {
      const cwd = app();
      const args = [command, '--app-dir', 'app', '--remote', makeBareRepository()];
      const ran = runCli(args, { cwd, env: { RUNNER_TEMP: path.join(cwd, 'missing') } });
      expect(ran.code).toBe(1);
      expect(ran.stderr).toMatch(
        /^error: The temporary folder .*missing cannot be written: it does not exist\./m,
      );
    },
  );

  test('ends demo with exit code 1 if the folder for temporary files is missing', () => {
    const cwd = app();
    const missing = path.join(cwd, 'missing');
    const ran = runCli(['demo', '--once'], { cwd, env: { TMPDIR: missing, TEMP: missing, TMP: missing } });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/^error: The temporary folder .*missing cannot be written/m);
  });

  // Coverage is measured on a build of many files, which Node.js itself cannot open with so few handles.
  const bundleTest = process.env['TESTED_BUILD'] ? test.skip : posixTest;
  bundleTest('succeeds or ends with a message, however few files may be open', () => {
    const args = ['publish', '--app-dir', 'app', '--upstream', 'none', '--remote'];
    const results = [22, 24, 26, 28, 30, 60].map((limit) => {
      const cwd = app();
      const temp = makeFolder();
      const { status, stderr } = spawnSync(
        'sh',
        ['-c', `ulimit -n ${limit}; exec "$0" "$@"`, process.execPath, CLI, ...args, makeBareRepository()],
        { cwd, env: { ...GIT_ENV, RUNNER_TEMP: temp, HOME: temp }, encoding: 'utf8' },
      );
      expect(readdirSync(temp)).toEqual([]);
      if (status === 0) return 'done';
      // With even fewer, Node.js cannot open the program.
      if (status === 1 && /Error: EMFILE.*, open '.*cli\.js'/.test(stderr)) return 'node does not start';
      return /^error: .*too many files are open.*\.\n {2}.*ulimit -n/m.test(stderr)
        ? `message ${String(status)}`
        : stderr;
    });
    expect(results).toContain('message 1');
    expect(results.at(-1)).toBe('done');
    expect(results.filter((result) => !/^(done|message 1|node does not start)$/.test(result))).toEqual([]);
  });
});
