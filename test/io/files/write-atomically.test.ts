import { lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { writeAtomically } from '../../../src/io/files/write-atomically.js';
import { makeFolder, posixTest, writeFiles } from '../../support/folders.js';

describe('a file that is written atomically', () => {
  it('is created with its folders, and replaces the previous file', async () => {
    const file = path.join(makeFolder(), 'a/b/file.txt');
    await writeAtomically(file, 'one');
    await writeAtomically(file, Buffer.from('two'));
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(readdirSync(path.dirname(file))).toEqual(['file.txt']);
  });

  posixTest('is a new file, so that a reader that has opened the old one can go on', async () => {
    const folder = makeFolder();
    const file = path.join(folder, 'file.txt');
    writeFiles(folder, { 'file.txt': 'old' });
    const { ino } = statSync(file);
    await writeAtomically(file, 'new');
    expect(statSync(file).ino).not.toBe(ino);
  });

  posixTest('replaces a link, and does not change its target', async () => {
    const folder = makeFolder();
    const file = path.join(folder, 'link.txt');
    writeFiles(folder, { 'target.txt': 'before' });
    symlinkSync('target.txt', file);
    await writeAtomically(file, 'after');
    expect(lstatSync(file).isSymbolicLink()).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe('after');
    expect(readFileSync(path.join(folder, 'target.txt'), 'utf8')).toBe('before');
  });

  it('leaves nothing behind if it cannot be renamed', async () => {
    const folder = makeFolder();
    mkdirSync(path.join(folder, 'taken'));
    writeFiles(folder, { 'taken/x': '' });
    await expect(writeAtomically(path.join(folder, 'taken'), 'x')).rejects.toHaveProperty('code');
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  it('has the content of one writer if several write at the same time', async () => {
    const folder = makeFolder();
    const file = path.join(folder, 'file.txt');
    const contents = Array.from({ length: 20 }, (_, at) => String(at).repeat(10_000));
    await Promise.all(contents.map((content) => writeAtomically(file, content)));
    expect(contents).toContain(readFileSync(file, 'utf8'));
    expect(readdirSync(folder)).toEqual(['file.txt']);
  });
});
