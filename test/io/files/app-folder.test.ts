import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { isTrackedPath, mayContainTrackedFiles } from '../../../src/formats/imagej/layout.js';
import { createArtifactFiles } from '../../../src/io/files/artifact-files.js';
import { presentBelow } from '../../../src/io/files/present-files.js';
import { makeFolder, posixTest, writeFiles } from '../../support/folders.js';

const EVERYTHING = { mayContainTrackedFiles: () => true, isTrackedPath: () => true };

describe('files of an application folder', () => {
  test('are found in sorted order, without hidden names and untracked folders', async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'app/b': '', 'app/a/z': 'zz', 'app/a/.h/x': '', 'app/.x': '', 'app/no/x': '' });
    const found = await createArtifactFiles(cwd).below('app', {
      ...EVERYTHING,
      mayContainTrackedFiles: (folder) => folder !== 'no',
    });
    expect(found.map(({ path: relative, size }) => [relative, size])).toEqual([
      ['a/z', 2],
      ['b', 0],
    ]);
  });

  posixTest('follow links within the folder, but never in circles', async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'app/a/x': 'x' });
    symlinkSync('a', path.join(cwd, 'app/b'));
    expect((await createArtifactFiles(cwd).below('app', EVERYTHING)).map((file) => file.path)).toEqual([
      'a/x',
      'b/x',
    ]);
    symlinkSync('.', path.join(cwd, 'app/a/loop'));
    await expect(createArtifactFiles(cwd).below('app', EVERYTHING)).rejects.toMatchObject({
      code: 'limit',
    });
  });

  posixTest(
    'refuse links that lead out if their target could be published, and ignore all others',
    async () => {
      const cwd = makeFolder();
      writeFiles(cwd, { 'app/lib/x': 'x', 'outside/folder/y': 'y', 'outside/file': 'z' });
      const link = (target: string, at: string) => {
        symlinkSync(target, path.join(cwd, 'app', at));
      };
      link('../outside/folder', 'java');
      link('nowhere', 'link.txt');
      link('loop', 'loop');
      mkdirSync(path.join(cwd, 'app/plugins'));
      link('../../outside/file', 'plugins/manual.pdf');
      const files = createArtifactFiles(cwd);
      expect(
        (
          await files.below('app', {
            mayContainTrackedFiles: mayContainTrackedFiles,
            isTrackedPath: isTrackedPath,
          })
        ).map((file) => file.path),
      ).toEqual(['lib/x']);
      link('../outside/folder', 'luts');
      link('../../outside/file', 'plugins/A.txt');
      link('../../outside/folder', 'plugins/folder');
      link('nowhere', 'plugins/unknown');
      link('../outside/file', 'README.md');
      await expect(
        files.below('app', { mayContainTrackedFiles: mayContainTrackedFiles, isTrackedPath: isTrackedPath }),
      ).rejects.toMatchObject({
        problems: ['README.md', 'luts', 'plugins/A.txt', 'plugins/folder', 'plugins/unknown'].map((at) => ({
          code: 'outside-link',
          path: `app/${at}`,
        })),
      });
    },
  );

  test('are an error if the folder is missing or is a file', async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { file: '' });
    await expect(createArtifactFiles(cwd).below('nowhere', EVERYTHING)).rejects.toMatchObject({
      code: 'artifact',
    });
    await expect(createArtifactFiles(cwd).below('file', EVERYTHING)).rejects.toMatchObject({
      code: 'artifact',
    });
  });
});

test('patterns match files in sorted order, with either kind of slash', async () => {
  const cwd = makeFolder();
  writeFiles(cwd, { 'target/b.jar': '', 'target/a.jar': '', 'target/.c.jar': '', 'target/sub/d.jar': '' });
  mkdirSync(path.join(cwd, 'target/e.jar'));
  const match = async (pattern: string) =>
    (await createArtifactFiles(cwd).match(pattern)).files.map(({ file }) => file.split(path.sep).join('/'));
  expect(await match('target/*.jar')).toEqual(['target/a.jar', 'target/b.jar']);
  expect(await match('target/**/*.jar')).toEqual(['target/a.jar', 'target/b.jar', 'target/sub/d.jar']);
  expect(await match('target\\*.jar')).toEqual(['target/a.jar', 'target/b.jar']);
  expect(await match('nothing/*')).toEqual([]);
});

test('a path that leads out of the application folder is not present in it', async () => {
  const folder = makeFolder();
  writeFiles(folder, { 'app/lib/a.txt': 'a', 'b.txt': 'b' });
  expect(await presentBelow(path.join(folder, 'app'), ['lib/a.txt', '../b.txt', 'lib', 'c.txt'])).toEqual([
    'lib/a.txt',
  ]);
});
