import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { readConfigFile } from '../../src/io/config-file.js';
import { makeFolder } from '../support/folders.js';

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
});
