import {
  filesOf,
  obstaclesIn,
  otherFoldersWith,
  readBlob,
  treeOf,
  type Tree,
} from '../../../src/stores/git/tree.js';
import { localSizes, usageOf } from '../../../src/stores/git/usage.js';
import { printingGit } from '../../support/printing-git.js';

const [A, B] = ['a'.repeat(40), 'b'.repeat(40)];
const OPTIONS = { branch: 'gh-pages', directory: 'sub', timeoutMs: 1000 };

const printing = (text: string) => printingGit(() => text).git;

describe('the list of a commit', () => {
  test('distinguishes files, links and submodules', async () => {
    const listed = [
      `100644 blob ${A}\ta b\n.ijm`,
      `100755 blob ${A}\tx`,
      `120000 blob ${B}\tl`,
      `160000 commit ${B}\tm`,
      '',
    ].join('\0');
    expect([...(await treeOf(printing(listed), 'tip'))]).toEqual([
      ['a b\n.ijm', { object: A, kind: 'file' }],
      ['x', { object: A, kind: 'file' }],
      ['l', { object: B, kind: 'link' }],
      ['m', { object: B, kind: 'repository' }],
    ]);
  });

  test.each([`100644 blob ${A}\ta`, '100644 blob\0', `100644 blob ${A}\t\0`])(
    'is refused if it was cut off (%j)',
    async (listed) => {
      await expect(treeOf(printing(listed), 'tip')).rejects.toThrow(/git ls-tree printed/);
    },
  );
});

describe('a file that is read from a commit', () => {
  const tree: Tree = new Map([
    ['sub/a', { object: A, kind: 'file' }],
    ['sub/link', { object: B, kind: 'link' }],
    ['sub/folder/b', { object: B, kind: 'file' }],
  ]);
  const read = (file: string) => readBlob(printing('text'), OPTIONS, tree, file);

  test('is returned, or undefined if it does not exist', async () => {
    expect(Buffer.from((await read('a')) ?? []).toString()).toBe('text');
    expect(await read('none')).toBeUndefined();
  });

  test.each(['link', 'folder'])('is an error if it is a %s', async (name) => {
    await expect(read(name)).rejects.toMatchObject({
      code: 'site',
      message: `sub/${name} on branch gh-pages is not a file.`,
      hint: 'Remove it from the branch and run again.',
    });
  });
});

test('other folders with a file are sorted by similar names, then by depth', () => {
  const tree: Tree = new Map(
    [
      'deep/er/db.xml.gz',
      'other/db.xml.gz',
      'subs/db.xml.gz',
      'db.xml.gz',
      'sub/db.xml.gz',
      'xdb.xml.gz',
    ].map((path) => [path, { object: A, kind: 'file' }]),
  );
  // An empty name is as near to `sub` as any name of three letters may be.
  expect(otherFoldersWith(tree, OPTIONS, 'db.xml.gz')).toEqual(['subs', 'other', '', 'deep/er']);
});

describe('the size of a commit', () => {
  const sizes = (text: string) => localSizes(printing(text));

  test('is known of local objects', async () => {
    expect([...(await sizes(`${A} 3\n${B} 0\n`))]).toEqual([
      [A, 3],
      [B, 0],
    ]);
    expect((await sizes('')).size).toBe(0);
  });

  test.each([`${A} 3`, `${A}\n`, `${A} missing\n`])(
    'is refused if the list was cut off (%j)',
    async (text) => {
      await expect(sizes(text)).rejects.toThrow(/git cat-file printed/);
    },
  );

  const tree: Tree = new Map([
    ['sub/here', { object: A, kind: 'file' }],
    ['sub/stated', { object: B, kind: 'file' }],
    ['above', { object: B, kind: 'file' }],
    ['module', { object: B, kind: 'repository' }],
  ]);

  test('comes from the host for objects that are not local, then from the index of the site', async () => {
    const stated = new Map([['stated', 7]]);
    const sources = { stated, folder: 'sub/', remoteSizes: undefined };
    expect(await usageOf(printing(`${A} 3\n`), 'tip', tree, sources)).toEqual({ bytes: 10, unmeasured: 1 });
    const remoteSizes = () => Promise.resolve(new Map([[B, 100]]));
    expect(await usageOf(printing(`${A} 3\n`), 'tip', tree, { ...sources, remoteSizes })).toEqual({
      bytes: 203,
      unmeasured: 0,
    });
  });

  test('does not need the host if all objects are local', async () => {
    const remoteSizes = () => Promise.reject(new Error('asked'));
    const sources = { stated: new Map<string, number>(), folder: '', remoteSizes };
    expect(await usageOf(printing(`${A} 3\n${B} 5\n`), 'tip', tree, sources)).toEqual({
      bytes: 13,
      unmeasured: 0,
    });
  });
});

test('the files of a site are those below its folder', () => {
  const tree: Tree = new Map(
    ['sub/a', 'sub/deep/b', 'subs/c', 'd'].map((path) => [path, { object: A, kind: 'file' }]),
  );
  expect(filesOf(tree, OPTIONS)).toEqual(['a', 'deep/b']);
  expect(filesOf(tree, { ...OPTIONS, directory: '' })).toHaveLength(4);
});

test('what is in the way of files is named once', () => {
  const tree: Tree = new Map([
    ['sub/file', { object: A, kind: 'file' }],
    ['sub/folder/a', { object: A, kind: 'file' }],
    ['sub/link', { object: A, kind: 'link' }],
    ['sub/module', { object: A, kind: 'repository' }],
  ]);
  const files = ['file', 'free', 'file/a', 'file/b', 'folder', 'link', 'module'];
  const hint = 'Move it to another place, or publish into another directory of the branch.';
  expect(obstaclesIn(tree, OPTIONS, files)).toEqual([
    {
      path: 'file/a',
      message: 'Branch gh-pages has a file sub/file, and sub/file/a needs a folder in its place.',
      hint,
    },
    ...['folder', 'link', 'module'].map((name) => ({
      path: name,
      message: `Branch gh-pages has a ${name === 'module' ? 'submodule' : name} sub/${name}, and a file must be written in its place.`,
      hint,
    })),
  ]);
});
