import { spawn, execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readConfigFile } from '../../../src/io/files/config-file.js';
import { makeFolder, posixTest, writeFiles } from '../../support/folders.js';

describe('the file of a configuration', () => {
  it('has at most 256 kB', async () => {
    const folder = makeFolder();
    writeFileSync(path.join(folder, 'a.yml'), '#'.repeat(256 * 1024));
    writeFileSync(path.join(folder, 'b.yml'), '#'.repeat(256 * 1024 + 1));
    expect(await readConfigFile(folder, 'a.yml')).toHaveLength(256 * 1024);
    await expect(readConfigFile(folder, 'b.yml')).rejects.toMatchObject({
      code: 'limit',
      message: 'b.yml has 262145 bytes; at most 262144 are read.',
    });
  });

  it('may be missing, and must be UTF-8', async () => {
    const folder = makeFolder();
    writeFiles(folder, { 'latin.yml': Buffer.from([0xe9]) });
    expect(await readConfigFile(folder, 'nowhere.yml')).toBeUndefined();
    await expect(readConfigFile(folder, 'latin.yml')).rejects.toMatchObject({
      code: 'artifact',
      message: 'latin.yml cannot be read: it is not UTF-8.',
    });
  });

  posixTest('may be a pipe, but not a folder', async () => {
    const folder = makeFolder();
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);
    mkdirSync(path.join(folder, 'folder'));
    spawn('sh', ['-c', 'printf "a: 1" > "$0"', path.join(folder, 'pipe')], { stdio: 'ignore' });
    expect(await readConfigFile(folder, 'pipe')).toBe('a: 1');
    await expect(readConfigFile(folder, 'folder')).rejects.toMatchObject({
      code: 'artifact',
      message: 'folder cannot be read: it is a folder.',
    });
  });
});
