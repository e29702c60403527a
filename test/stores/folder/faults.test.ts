import { isWriting } from '../../support/faulty-fs.js';
import { expectSiteToSurvive, faultlessCalls } from '../../support/folder-faults.js';

// prettier-ignore
const CALLS = [
  'chmod', 'copyFile', 'handle.close', 'handle.read', 'handle.stat', 'handle.sync', 'handle.write', 'link', 'lstat',
  'mkdir', 'open', 'readdir', 'realpath', 'rename', 'rm', 'writeFile',
];

describe.each(['imagej', 'jetbrains'] as const)('a publication to a folder (%s)', (format) => {
  test('leaves a valid site if it dies before any system call, and the next run continues', async () => {
    const calls = await faultlessCalls(format);
    expect([...new Set(calls)].sort()).toEqual(CALLS);
    for (const at of calls.keys()) await expectSiteToSurvive(format, { kind: 'dies before', at });
  });

  test('leaves a valid site if it dies halfway through any file, and the next run continues', async () => {
    for (const [at, name] of (await faultlessCalls(format)).entries())
      if (isWriting(name)) await expectSiteToSurvive(format, { kind: 'dies halfway', at });
  });

  test('reports a full disk at any system call, and the next run continues', async () => {
    for (const at of (await faultlessCalls(format)).keys())
      await expectSiteToSurvive(format, { kind: 'fails', at, code: 'ENOSPC' });
  });
});
