import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { presentBelow } from '../../../src/io/files/present-files.js';
import { makeFolder, posixTest, writeFiles } from '../../support/folders.js';

test('files below a folder are found, in the given order', async () => {
  const root = makeFolder();
  writeFiles(root, { 'app/b': '', 'app/deep/a': '', outside: '' });
  const names = ['deep/a', 'b', 'deep', 'none', 'b/below', '../outside', 'x'.repeat(300)];
  expect(await presentBelow(path.join(root, 'app'), names)).toEqual(['deep/a', 'b']);
});

posixTest('links count by their target, and as present if they lead nowhere', async () => {
  const root = makeFolder();
  writeFiles(root, { file: '' });
  mkdirSync(path.join(root, 'folder'));
  const links = { toFile: 'file', toFolder: 'folder', broken: 'none' };
  for (const [name, target] of Object.entries(links)) symlinkSync(target, path.join(root, name));
  expect(await presentBelow(root, Object.keys(links))).toEqual(['toFile', 'broken']);
});
