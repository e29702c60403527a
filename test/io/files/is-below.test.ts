import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { isBelow } from '../../../src/io/files/is-below.js';
import { makeFolder, posixTest, writeFiles } from '../../support/folders.js';

function folder(): string {
  const cwd = makeFolder();
  writeFiles(cwd, { 'site/sub/a.txt': 'a', '..site/a.txt': 'a' });
  return cwd;
}

test.each([
  ['site/out.zip', 'site', true],
  ['site/sub/out.zip', 'site', true],
  ['out.zip', '.', true],
  ['..site/out.zip', '.', true],
  ['out.zip', 'site', false],
  ['site/../out.zip', 'site', false],
  ['none/out.zip', '.', false],
  ['out.zip', 'none', false],
])('%s in %s: %s', async (file, below, expected) => {
  expect(await isBelow(folder(), file, below)).toBe(expected);
});

posixTest('links are followed', async () => {
  const cwd = folder();
  symlinkSync(path.join(cwd, 'site'), path.join(cwd, 'link'));
  expect(await isBelow(cwd, 'link/out.zip', 'site')).toBe(true);
  expect(await isBelow(cwd, 'site/out.zip', 'link')).toBe(true);
});
