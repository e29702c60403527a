import { existsSync, realpathSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cacheFolder } from '../../src/io/cache-folder.js';
import { createTempFolders } from '../../src/io/temp-folders.js';
import { makeFolder, posixTest, writeFiles } from '../support/folders.js';

describe('a folder for temporary files', () => {
  test('is below that of the runner, and is removed with its files', async () => {
    const parent = makeFolder();
    const folders = createTempFolders({ RUNNER_TEMP: parent });
    const [one, two] = [await folders.make(), await folders.make()];
    expect(one.path).not.toBe(two.path);
    expect(path.dirname(one.path)).toBe(parent);
    writeFiles(one.path, { 'deep/a': '' });
    await one.remove();
    await one.remove();
    expect([existsSync(one.path), existsSync(two.path)]).toEqual([false, true]);
  });

  test.each([{}, { RUNNER_TEMP: '' }])('is below that of the system with %j', async (env) => {
    const folder = await createTempFolders(env).make();
    expect(realpathSync(path.dirname(folder.path))).toBe(realpathSync(os.tmpdir()));
    await folder.remove();
  });

  test('is an error if it cannot be made', async () => {
    const parent = path.join(makeFolder(), 'missing');
    await expect(createTempFolders({ RUNNER_TEMP: parent }).make()).rejects.toMatchObject({
      code: 'machine',
      message: `The temporary folder ${parent} cannot be written: it does not exist.`,
    });
  });
});

posixTest('the folder for cached files is that of the runner, of the user, or of the system', () => {
  expect(cacheFolder({ RUNNER_TEMP: '/runner', XDG_CACHE_HOME: '/cache' })).toBe('/runner/pages-update-site');
  expect(cacheFolder({ RUNNER_TEMP: '', XDG_CACHE_HOME: '/cache' })).toBe('/cache/pages-update-site');
  const folder = process.platform === 'darwin' ? 'Library/Caches' : '.cache';
  expect(cacheFolder({})).toBe(path.join(os.homedir(), folder, 'pages-update-site'));
});
