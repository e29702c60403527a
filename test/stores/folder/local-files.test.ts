import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { localFiles } from '../../../src/stores/folder/local-files.js';
import { makeFolder, posixTest, writeFiles } from '../../support/folders.js';

test('files are found where they are, with the reason for each that is not available', async () => {
  const root = makeFolder();
  writeFiles(root, { 'deep/a': '123', large: '12345' });
  mkdirSync(path.join(root, 'folder'));
  const bytes: number[] = [];
  const names = ['deep/a', 'large', 'folder', 'none', 'large/below'];
  expect(await localFiles(root, names, 4, (more) => bytes.push(more))).toEqual([
    {
      status: 'there',
      file: path.join(root, 'deep/a'),
      size: 3,
      modified: expect.any(Number) as number,
    },
    { status: 'failed', reason: 'it has 5 bytes; at most 4 are read' },
    { status: 'failed', reason: 'it is not a file' },
    { status: 'missing' },
    // A file is in the place of a folder.
    { status: 'missing' },
  ]);
  expect(bytes).toEqual([3, 0, 0, 0, 0]);
  expect(await localFiles(root, ['none'], 4)).toEqual([{ status: 'missing' }]);
});

posixTest('a link that leads to itself is not missing', async () => {
  const root = makeFolder();
  symlinkSync('loop', path.join(root, 'loop'));
  const [found] = await localFiles(root, ['loop'], 4);
  expect(found).toEqual({ status: 'failed', reason: expect.stringMatching(/link/) as string });
});
