import { mkdirSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { createIndexCache } from '../../../src/io/web/index-cache.js';
import { createUpstreamIndexes, MAX_UPSTREAM_BYTES } from '../../../src/io/web/upstream-indexes.js';
import { makeFolder, writeFiles } from '../../support/folders.js';

/** Reads the index of an upstream site that is a file in a folder. */
async function read(cwd: string, location: string): Promise<string> {
  const indexes = createUpstreamIndexes({
    cwd,
    cache: createIndexCache(path.join(cwd, 'cache'), 100),
    timeoutMs: 1000,
    signal: new AbortController().signal,
    now: () => new Date(0),
  });
  const { bytes } = await indexes.read({ name: 'Lab', location });
  return Buffer.from(bytes).toString();
}

describe('the index of an upstream site in a file', () => {
  it('is read relative to the working directory', async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'sites/db.xml.gz': 'index' });
    expect(await read(cwd, 'sites/db.xml.gz')).toBe('index');
  });

  it('is an error if it is missing, a folder, or too large', async () => {
    const cwd = makeFolder();
    mkdirSync(path.join(cwd, 'folder'));
    writeFiles(cwd, { large: '' });
    truncateSync(path.join(cwd, 'large'), MAX_UPSTREAM_BYTES + 1);
    await expect(read(cwd, 'nowhere')).rejects.toMatchObject({
      code: 'remote',
      message: expect.stringMatching(/^The index of .* cannot be read: it does not exist\.$/) as string,
    });
    await expect(read(cwd, 'folder')).rejects.toMatchObject({
      code: 'remote',
      message: expect.stringMatching(/^The index of .* cannot be read: it is a folder\.$/) as string,
      hint: 'Name the index in it: db.xml.gz, or updatePlugins.xml for JetBrains IDEs.',
    });
    await expect(read(cwd, 'large')).rejects.toMatchObject({
      code: 'limit',
      message: expect.stringMatching(/ has 67108865 bytes; at most 67108864 are read\.$/) as string,
      hint: 'A file of this size is damaged, or not an index.',
    });
  });
});
