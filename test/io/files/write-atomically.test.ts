import { lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { writeAtomically } from '../../../src/io/files/write-atomically.js';
import { makeFolder, posixTest, writeFiles } from '../../support/folders.js';

describe('a file that is written atomically', () => {
  it('is there with its folders, and replaces the one before', async () => {
    const file = path.join(makeFolder(), 'a/b/file.txt');
    await writeAtomically(file, 'one');
    await writeAtomically(file, Buffer.from('two'));
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(readdirSync(path.dirname(file))).toEqual(['file.txt']);
  });

  posixTest('is another file afterwards: a reader that has the old one open goes on with it', async () => {
    const folder = makeFolder();
    const file = path.join(folder, 'file.txt');
    writeFiles(folder, { 'file.txt': 'old' });
    const { ino } = statSync(file);
    await writeAtomically(file, 'new');
    expect(statSync(file).ino).not.toBe(ino);
  });

  posixTest('takes the place of a link, and what that leads to stays as it is', async () => {
    const folder = makeFolder();
    const file = path.join(folder, 'link.txt');
    writeFiles(folder, { 'target.txt': 'before' });
    symlinkSync('target.txt', file);
    await writeAtomically(file, 'after');
    expect(lstatSync(file).isSymbolicLink()).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe('after');
    expect(readFileSync(path.join(folder, 'target.txt'), 'utf8')).toBe('before');
  });

  it('leaves nothing behind if it cannot get its name', async () => {
    const folder = makeFolder();
    mkdirSync(path.join(folder, 'taken'));
    writeFiles(folder, { 'taken/x': '' });
    await expect(writeAtomically(path.join(folder, 'taken'), 'x')).rejects.toHaveProperty('code');
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  it('is always one of those that are written at the same time', async () => {
    const folder = makeFolder();
    const file = path.join(folder, 'file.txt');
    const contents = Array.from({ length: 20 }, (_, at) => String(at).repeat(10_000));
    await Promise.all(contents.map((content) => writeAtomically(file, content)));
    expect(contents).toContain(readFileSync(file, 'utf8'));
    expect(readdirSync(folder)).toEqual(['file.txt']);
  });
});
