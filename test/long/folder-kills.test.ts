import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { PROJECT } from '../support/fixtures.js';
import { expectSiteToSurvive, faultlessCalls } from '../support/folder-faults.js';
import { makeFolder, writeFiles } from '../support/folders.js';
import { runCli } from '../support/program.js';
import { currentFiles, siteFaults } from '../support/site-faults.js';
import { ageWorkFiles, workFiles } from '../support/work-files.js';

/**
 * The system calls of a publication to a folder. Few of them are made while the program itself is loaded. Its reading
 * is tested with simulated faults instead.
 */
// prettier-ignore
const CALLS = [
  'chmod', 'close', 'copy_file_range', 'fstat', 'fsync', 'getdents64', 'ioctl', 'link', 'mkdir', 'openat', 'pread64',
  'pwrite64', 'read', 'readlink', 'rename', 'sendfile', 'statx', 'unlink', 'write',
];
const PER_CALL = 9;
const ARGS = ['publish', '--app-dir', 'app', '--site-dir', 'site', '--upstream', 'none'];

/** Runs the packaged program with one fault, injected by strace (Debian: `apt-get install strace`). */
function runInjected(cwd: string, injection: string): number | null {
  const { status, error } = spawnSync(
    'strace',
    [
      '-f',
      '-qq',
      '-o',
      '/dev/null',
      '-e',
      `inject=${injection}`,
      process.execPath,
      path.join(PROJECT, 'dist/cli.js'),
      ...ARGS,
    ],
    // One thread for the disk, because strace counts the calls of each thread.
    { cwd, stdio: 'ignore', env: { ...process.env, UV_THREADPOOL_SIZE: '1' }, timeout: 60_000 },
  );
  if (error) throw new Error('These tests need strace.', { cause: error });
  return status;
}

function makeSite(): { cwd: string; site: string } {
  const cwd = makeFolder();
  writeFiles(cwd, { 'app/macros/A.ijm': 'one' });
  expect(runCli(ARGS, { cwd })).toMatchObject({ code: 0 });
  writeFiles(cwd, { 'app/macros/A.ijm': 'something else', 'app/macros/sub/B.ijm': 'new' });
  return { cwd, site: path.join(cwd, 'site') };
}

test.each(CALLS)('leaves a valid site if the n-th %s kills the program or fails', async (call) => {
  for (const fault of ['signal=SIGKILL', 'error=EIO', 'error=ENOSPC']) {
    for (let when = 1; when <= PER_CALL; when++) {
      const { cwd, site } = makeSite();
      runInjected(cwd, `${call}:${fault}:when=${when}`);
      expect(await siteFaults(site)).toEqual([]);
      ageWorkFiles(site);
      expect(runCli(ARGS, { cwd })).toMatchObject({ code: 0 });
      expect(await siteFaults(site)).toEqual([]);
      expect(currentFiles(site)).toEqual(['macros/A.ijm', 'macros/sub/B.ijm']);
      expect(workFiles(site)).toEqual([]);
    }
  }
});

test.each(['EIO', 'EACCES', 'EROFS', 'EMFILE'])('explains a system call that fails with %s', async (code) => {
  for (const format of ['imagej', 'jetbrains'] as const)
    for (const at of (await faultlessCalls(format)).keys())
      await expectSiteToSurvive(format, { kind: 'fails', at, code });
});
