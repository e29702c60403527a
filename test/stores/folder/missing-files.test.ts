import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { missingBelow } from '../../../src/stores/folder/missing-files.js';
import { makeFolder, posixTest, writeFiles } from '../../support/folders.js';

test('what a folder lacks is found by exact paths, and folders are not files', async () => {
  const root = makeFolder();
  writeFiles(root, { 'macros/Größe A.ijm-1': '', 'jars/a.jar-1/x': '', 'top-1': '' });
  const there = ['macros/Größe A.ijm-1', 'top-1'];
  const missing = ['macros/B.ijm-1', 'macros/Größe A.ijm', 'jars/b.jar-1', '/top-1x'];
  expect(await missingBelow(root, [...there, ...missing])).toEqual(missing);
  expect(await missingBelow(root, [])).toEqual([]);
  expect(await missingBelow(makeFolder(), there)).toEqual(there);
});

posixTest('files behind links to folders are there, and links to nothing are not', async () => {
  const [root, elsewhere] = [makeFolder(), makeFolder()];
  writeFiles(elsewhere, { 'a.jar-1': '' });
  symlinkSync(elsewhere, path.join(root, 'jars'));
  expect(await missingBelow(root, ['jars/a.jar-1', 'jars/b.jar-1'])).toEqual(['jars/b.jar-1']);
});
