import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { openCopyFolder } from '../../src/io/copy-folders.js';
import { makeFolder, writeFiles } from '../support/folders.js';
import { age } from '../support/work-files.js';

const WEEK_S = 7 * 24 * 60 * 60;
const KEY = [Buffer.from('https://lab.org/'), Buffer.from('index')];

test('the same key opens the same folder again, with the copies of the earlier run', async () => {
  const parent = path.join(makeFolder(), 'new', 'parent');
  const first = await openCopyFolder(parent, KEY, Date.now());
  writeFiles(first.path, { a: '123' });
  const second = await openCopyFolder(parent, KEY, Date.now());
  expect(second.path).toBe(first.path);
  const file = path.join(second.path, 'a');
  const modified = statSync(file).mtimeMs;
  expect(await second.present(file)).toEqual({ status: 'there', file, size: 3, modified });
});

test('another key opens another folder, also if its parts only end elsewhere', async () => {
  const parent = makeFolder();
  const keys = [['ab', 'c'], ['a', 'bc'], ['abc']].map((parts) => parts.map((part) => Buffer.from(part)));
  const folders = await Promise.all(keys.map((key) => openCopyFolder(parent, key, Date.now())));
  expect(new Set(folders.map((folder) => folder.path)).size).toBe(3);
});

test('only files count as copies', async () => {
  const folder = await openCopyFolder(makeFolder(), KEY, Date.now());
  mkdirSync(path.join(folder.path, 'folder'));
  expect(await folder.present(path.join(folder.path, 'folder'))).toBeUndefined();
  expect(await folder.present(path.join(folder.path, 'none'))).toBeUndefined();
});

test('the folders of runs that ended a week ago are removed, except the opened one', async () => {
  const parent = makeFolder();
  const names = ['old', 'young'];
  for (const name of names) writeFiles(parent, { [`${name}/a`]: '' });
  const own = await openCopyFolder(parent, KEY, Date.now());
  for (const folder of [path.join(parent, 'old'), own.path]) age(folder, WEEK_S + 60);
  age(path.join(parent, 'young'), WEEK_S - 60);
  await openCopyFolder(parent, KEY, Date.now());
  expect(readdirSync(parent).sort()).toEqual([path.basename(own.path), 'young'].sort());
});

test('a folder is removed with its copies, and may be gone already', async () => {
  const folder = await openCopyFolder(makeFolder(), KEY, Date.now());
  writeFiles(folder.path, { a: '' });
  await folder.remove();
  expect(existsSync(folder.path)).toBe(false);
  await expect(folder.remove()).resolves.toBeUndefined();
});
