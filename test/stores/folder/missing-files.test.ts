import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { missingBelow } from '../../../src/stores/folder/missing-files.js';
import { makeFolder, posixTest, writeFiles } from '../../support/folders.js';

test('finds missing files by exact paths, and does not count folders as files', async () => {
  const root = makeFolder();
  writeFiles(root, { 'macros/Größe A.ijm-1': '', 'jars/a.jar-1/x': '', 'top-1': '' });
  const there = ['macros/Größe A.ijm-1', 'top-1'];
  const missing = ['macros/B.ijm-1', 'macros/Größe A.ijm', 'jars/b.jar-1', '/top-1x'];
  expect(await missingBelow(root, [...there, ...missing])).toEqual(missing);
  expect(await missingBelow(root, [])).toEqual([]);
  expect(await missingBelow(makeFolder(), there)).toEqual(there);
});

posixTest('finds files behind links to folders, and reports links that lead nowhere', async () => {
  const [root, elsewhere] = [makeFolder(), makeFolder()];
  writeFiles(elsewhere, { 'a.jar-1': '' });
  symlinkSync(elsewhere, path.join(root, 'jars'));
  expect(await missingBelow(root, ['jars/a.jar-1', 'jars/b.jar-1'])).toEqual(['jars/b.jar-1']);
});
