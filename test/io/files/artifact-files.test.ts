import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { isTrackedPath, mayContainTrackedFiles } from '../../../src/formats/imagej/layout.js';
import { createArtifactFiles } from '../../../src/io/files/artifact-files.js';
import { createFileSources } from '../../../src/io/files/file-sources.js';
import { literalBeginning } from '../../../src/io/files/glob.js';
import { listFilesBelow } from '../../../src/io/files/names.js';
import { isWithin } from '../../../src/io/files/within.js';
import { makeFolder, posixTest, writeFiles } from '../../support/folders.js';

/** Returns what a pattern finds: the files, and the problems as `code path`. */
async function match(cwd: string, pattern: string, roots?: readonly string[]) {
  const { files, problems } = await createArtifactFiles(cwd, roots).match(pattern);
  expect(problems.every(({ severity, hint }) => severity === 'error' && hint !== undefined)).toBe(true);
  return [
    ...files.map(({ file }) => file),
    ...problems.map(({ code, path: where }) => `${code} ${where ?? ''}`),
  ];
}

/** A name as bytes: é in Latin-1, which is not UTF-8. Other systems than Linux reject such names. */
const FOREIGN = Buffer.from([0x62, 0xe9]);
const linuxTest = process.platform === 'linux' ? test : test.skip;

function writeForeign(folder: string, extension: string): void {
  const name = Buffer.concat([FOREIGN, Buffer.from(extension)]);
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), name]), 'x');
}

describe('links that a wildcard matches', () => {
  function makeTree(): { cwd: string; outside: string } {
    const cwd = makeFolder();
    const outside = makeFolder();
    writeFiles(outside, { 'secret.ijm': 's', 'sub/deep.ijm': 'd' });
    writeFiles(cwd, { 'app/macros/A.ijm': 'a', 'app/other/B.ijm': 'b' });
    return { cwd, outside };
  }

  posixTest('are refused together if they lead out', async () => {
    const { cwd, outside } = makeTree();
    symlinkSync(path.join(outside, 'secret.ijm'), path.join(cwd, 'app/macros/P.ijm'));
    symlinkSync(path.join(outside, 'secret.ijm'), path.join(cwd, 'app/macros/Q.ijm'));
    symlinkSync('../other/B.ijm', path.join(cwd, 'app/macros/R.ijm'));
    expect(await match(cwd, 'app/macros/*.ijm')).toEqual([
      'app/macros/A.ijm',
      'outside-link app/macros/P.ijm',
      'outside-link app/macros/Q.ijm',
      'outside-link app/macros/R.ijm',
    ]);
    const { problems } = await createArtifactFiles(cwd).match('app/macros/P*.ijm');
    expect(problems[0]?.message).toContain(path.join(outside, 'secret.ijm'));
  });

  posixTest('are followed within the literal beginning of the pattern', async () => {
    const { cwd } = makeTree();
    symlinkSync('../other/B.ijm', path.join(cwd, 'app/macros/R.ijm'));
    symlinkSync('macros', path.join(cwd, 'app/again'));
    expect(await match(cwd, 'app/*/*.ijm')).toEqual([
      'app/again/A.ijm',
      'app/again/R.ijm',
      'app/macros/A.ijm',
      'app/macros/R.ijm',
      'app/other/B.ijm',
    ]);
  });

  posixTest('may be the literal beginning itself, or on the way to it', async () => {
    const { cwd, outside } = makeTree();
    symlinkSync(outside, path.join(cwd, 'target'));
    expect(await match(cwd, 'target/*.ijm')).toEqual(['target/secret.ijm']);
    expect(await match(cwd, 'target/**')).toEqual(['target/secret.ijm', 'target/sub/deep.ijm']);
    expect(await match(cwd, 'target')).toEqual(['target/secret.ijm', 'target/sub/deep.ijm']);
    expect(await match(cwd, 'target/sub/*.ijm')).toEqual(['target/sub/deep.ijm']);
    expect(await match(cwd, `${outside}/*.ijm`)).toEqual([
      path.relative(cwd, path.join(outside, 'secret.ijm')),
    ]);
    const below = path.join(cwd, 'below');
    mkdirSync(below);
    expect(await match(below, '../target/*.ijm')).toEqual(['../target/secret.ijm']);
  });

  posixTest('are not followed to the root of the machine', async () => {
    const { cwd } = makeTree();
    symlinkSync('/', path.join(cwd, 'app/root'));
    expect(await match(cwd, 'app/**/*.ijm')).toEqual([
      'app/macros/A.ijm',
      'app/other/B.ijm',
      'outside-link app/root',
    ]);
    expect(await match(cwd, 'app/*/*.ijm')).toContain('outside-link app/root');
    // The pattern does not go through it.
    expect(await match(cwd, 'app/m*/*.ijm')).toEqual(['app/macros/A.ijm']);
    expect(await match(cwd, 'app/*.ijm')).toEqual([]);
  });

  posixTest('are not followed in circles', async () => {
    const { cwd } = makeTree();
    symlinkSync('.', path.join(cwd, 'app/macros/self'));
    symlinkSync('..', path.join(cwd, 'app/macros/up'));
    symlinkSync('../other', path.join(cwd, 'app/macros/left'));
    symlinkSync('../macros', path.join(cwd, 'app/other/right'));
    const files = await match(cwd, 'app/**/*.ijm');
    expect(files).toContain('app/macros/left/B.ijm');
    expect(files.length).toBeLessThan(10);
    expect(files.every((file) => !file.includes(' '))).toBe(true);
  });

  posixTest('are not files if they are broken, and neither are pipes and devices', async () => {
    const { cwd } = makeTree();
    symlinkSync('nowhere', path.join(cwd, 'app/macros/Broken.ijm'));
    symlinkSync('/dev/zero', path.join(cwd, 'app/macros/Zero.ijm'));
    execFileSync('mkfifo', [path.join(cwd, 'app/macros/Pipe.ijm')]);
    expect(await match(cwd, 'app/macros/*.ijm')).toEqual([
      'app/macros/A.ijm',
      'outside-link app/macros/Broken.ijm',
      'not-a-file app/macros/Pipe.ijm',
      'outside-link app/macros/Zero.ijm',
    ]);
    expect(await match(cwd, 'app/macros/A*')).toEqual(['app/macros/A.ijm']);
    expect(await match(cwd, 'app/macros/Broken.ijm')).toEqual(['outside-link app/macros/Broken.ijm']);
    for (const name of ['Zero.ijm', 'Pipe.ijm']) {
      expect(await match(cwd, `app/macros/${name}`)).toEqual([`not-a-file app/macros/${name}`]);
      expect(() => createFileSources(cwd).open(`app/macros/${name}`)).toThrow(/not a regular file/);
    }
  });

  posixTest('never include files from outside, wherever they lead', async () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const target = fc.constantFrom('.', '..', '../..', 'a', '../b', '../../c', 'OUT', 'OUT/sub', '/');
    const links = fc.array(fc.tuple(name, name, target), { maxLength: 6 });
    const pattern = fc.constantFrom('top/*.ijm', 'top/*/*.ijm', 'top/**/*.ijm', 'top/a/**', '**/*.ijm');
    await fc.assert(
      fc.asyncProperty(links, pattern, async (made, wanted) => {
        const { cwd, outside } = makeTree();
        writeFiles(cwd, { 'top/a/1.ijm': '', 'top/b/2.ijm': '', 'top/c/3.ijm': '' });
        for (const [at, [folder, link, to]] of made.entries()) {
          const file = path.join(cwd, 'top', folder, `${link}${at}`);
          symlinkSync(to.startsWith('OUT') ? to.replace('OUT', outside) : to, file);
        }
        const { files } = await createArtifactFiles(cwd).match(wanted);
        expect(files.map(({ file }) => file).filter((file) => /secret|deep/.test(file))).toEqual([]);
        expect(files.length).toBeLessThan(2000);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a path without wildcards', () => {
  posixTest('is followed wherever it leads, unless the folders are restricted', async () => {
    const cwd = makeFolder();
    const outside = makeFolder();
    const repository = makeFolder();
    writeFiles(outside, { 'x.jar': 'x' });
    writeFiles(repository, { 'g/a/a.jar': 'a' });
    writeFiles(cwd, { 'own/y.jar': 'y', '.git/config': 'token' });
    symlinkSync(path.join(outside, 'x.jar'), path.join(cwd, 'own/link.jar'));
    symlinkSync('own', path.join(cwd, 'inner'));
    symlinkSync('../.git/config', path.join(cwd, 'own/config.txt'));
    const full = path.join(outside, 'x.jar');
    for (const file of ['own/link.jar', full, 'own/config.txt']) {
      expect(await match(cwd, file)).toEqual([file]);
      expect(await match(cwd, file, [cwd, repository])).toEqual([`outside-path ${file}`]);
    }
    for (const file of ['own/y.jar', 'inner/y.jar', path.join(repository, 'g/a/a.jar')])
      expect(await match(cwd, file, [cwd, repository])).toEqual([file]);
    expect(await match(cwd, 'own/link.jar', [cwd, outside])).toEqual(['own/link.jar']);
  });

  posixTest('and the literal beginning of a pattern are restricted to the same folders', async () => {
    const cwd = makeFolder();
    const outside = makeFolder();
    writeFiles(outside, { 'x.jar': 'x' });
    writeFiles(cwd, { 'build/y.jar': 'y' });
    symlinkSync(outside, path.join(cwd, 'target'));
    symlinkSync('build', path.join(cwd, 'own'));
    expect(await match(cwd, 'target/*.jar', [cwd])).toEqual(['outside-path target']);
    expect(await match(cwd, `${outside}/*.jar`, [cwd])).toEqual([`outside-path ${outside}`]);
    expect(await match(cwd, 'own/*.jar', [cwd])).toEqual(['own/y.jar']);
    expect(await match(cwd, 'nothing/*.jar', [cwd])).toEqual([]);
  });

  test('may look like a pattern', async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'tool (1).jar': '', 'a[1].jar': '', 'a1.jar': '' });
    expect(await match(cwd, 'tool (1).jar')).toEqual(['tool (1).jar']);
    expect(await match(cwd, 'a[1].jar')).toEqual(['a[1].jar']);
    expect(await match(cwd, 'a[12].jar')).toEqual(['a1.jar']);
    expect(await match(cwd, '{a1,tool*}.jar')).toEqual(['a1.jar', 'tool (1).jar']);
    expect(await match(cwd, '!a1.jar')).toEqual([]);
  });
});

describe('names that are not UTF-8', () => {
  linuxTest('are problems only if a pattern matches them', async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'a/x.jar': '', 'a/y.txt': '' });
    writeForeign(path.join(cwd, 'a'), '.jar');
    writeForeign(path.join(cwd, 'a'), '2.jar');
    const folder = Buffer.concat([Buffer.from(`${cwd}/`), FOREIGN]);
    mkdirSync(folder);
    writeFileSync(Buffer.concat([folder, Buffer.from('/z.jar')]), '');
    expect(await match(cwd, 'a/*.jar')).toEqual([
      'a/x.jar',
      'name-encoding a/b\ufffd.jar',
      'name-encoding a/b\ufffd2.jar',
    ]);
    expect(await match(cwd, 'a/*.txt')).toEqual(['a/y.txt']);
    expect(await match(cwd, '**/z.jar')).toEqual(['name-encoding b\ufffd/z.jar']);
    expect(await match(cwd, '**/y.txt')).toEqual(['a/y.txt']);
  });

  linuxTest('are refused in an application folder, together with links that lead out', async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'app/macros/A.ijm': '', 'app/docs/x': '' });
    writeForeign(path.join(cwd, 'app/macros'), '.ijm');
    writeForeign(path.join(cwd, 'app/docs'), '.ijm');
    symlinkSync('/etc/passwd', path.join(cwd, 'app/macros/P.ijm'));
    symlinkSync('nowhere', path.join(cwd, 'app/macros/Q.ijm'));
    const found = createArtifactFiles(cwd).below('app', {
      mayContainTrackedFiles: (folder) => !folder.startsWith('docs'),
      isTrackedPath: () => true,
    });
    await expect(found).rejects.toMatchObject({
      code: 'artifact',
      problems: [
        { code: 'outside-link', path: 'app/macros/P.ijm' },
        { code: 'outside-link', path: 'app/macros/Q.ijm' },
        { code: 'name-encoding', path: 'app/macros/b\ufffd.ijm' },
      ],
    });
  });
});

linuxTest('a name that is not UTF-8 is ignored in untracked folders of an application folder', async () => {
  const cwd = makeFolder();
  writeFiles(cwd, { 'app/macros/A.ijm': '', 'app/docs/x': '' });
  const below = () =>
    createArtifactFiles(cwd).below('app', {
      mayContainTrackedFiles: mayContainTrackedFiles,
      isTrackedPath: isTrackedPath,
    });
  for (const folder of ['app', 'app/docs']) writeForeign(path.join(cwd, folder), '.ijm');
  symlinkSync('/etc/passwd', Buffer.concat([Buffer.from(`${cwd}/app/l`), FOREIGN]));
  mkdirSync(Buffer.concat([Buffer.from(`${cwd}/app/d`), FOREIGN]));
  expect((await below()).map((file) => file.path)).toEqual(['macros/A.ijm']);
  // In a tracked folder, the kind of file does not matter.
  for (const extension of ['.ijm', '.pdf']) writeForeign(path.join(cwd, 'app/macros'), extension);
  await expect(below()).rejects.toMatchObject({
    problems: [
      { code: 'name-encoding', path: 'app/macros/b\ufffd.ijm' },
      { code: 'name-encoding', path: 'app/macros/b\ufffd.pdf' },
    ],
  });
});

posixTest(
  'the files of a site folder are listed without following links, and without names that are not text',
  async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'a/b/c': '', d: '' });
    symlinkSync('/', path.join(cwd, 'a/root'));
    if (process.platform === 'linux') writeForeign(cwd, '');
    expect((await listFilesBelow(cwd)).sort()).toEqual(['a/b/c', 'a/root', 'd']);
  },
);

test('a pattern that examines too many entries is an error', async () => {
  const cwd = makeFolder();
  writeFiles(cwd, Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`a/${at}.txt`, ''])));
  await expect(createArtifactFiles(cwd, undefined, 30).match('**/*.jar')).rejects.toMatchObject({
    code: 'limit',
    message: expect.stringContaining('30') as string,
  });
  expect(await match(cwd, '**/*.jar')).toEqual([]);
});

test.each([
  ['target/*.jar', 'target'],
  ['target/sub/**', 'target/sub'],
  ['*.jar', ''],
  ['/opt/*/x.jar', '/opt'],
  ['/*/x.jar', '/'],
  ['../a/*.jar', '../a'],
  ['{a,b}/x.jar', ''],
  ['a/x.jar', 'a/x.jar'],
])('%s has the literal beginning "%s"', (pattern, base) => {
  expect(literalBeginning(pattern)).toBe(base);
});

test.each([
  ['/a/b', '/a', true],
  ['/a', '/a', true],
  ['/ab', '/a', false],
  ['/a', '/', true],
  ['/', '/', true],
  ['/a', '/a/b', false],
])('%s is within %s: %s', (file, folder, expected) => {
  expect(isWithin(Buffer.from(file), Buffer.from(folder))).toBe(expected);
});

describe('an application folder', () => {
  const ALL = { mayContainTrackedFiles: () => true, isTrackedPath: () => true };

  posixTest('may be a link within the workspace, but not one that leads out of it', async () => {
    const workspace = makeFolder();
    const outside = makeFolder();
    writeFiles(workspace, { 'Fiji.app/macros/a.ijm': '' });
    writeFiles(outside, { 'macros/a.ijm': '' });
    symlinkSync('Fiji.app', path.join(workspace, 'inside'));
    symlinkSync(outside, path.join(workspace, 'link'));
    const files = createArtifactFiles(workspace, [workspace, path.join(workspace, 'missing')]);
    expect((await files.below('inside', ALL)).map((file) => file.path)).toEqual(['macros/a.ijm']);
    // Named by the user, not reached by a link.
    expect((await files.below(outside, ALL)).map((file) => file.path)).toEqual(['macros/a.ijm']);
    await expect(files.below('link', ALL)).rejects.toMatchObject({
      code: 'artifact',
      message: `The application folder link is ${outside}: a link leads out of the workspace.`,
      hint: 'Copy the folder into the workspace in a step before this one, or pass the real folder as "app-dir".',
    });
  });

  test.each([
    ['missing', 'The application folder missing cannot be read: it does not exist.'],
    ['file', 'The application folder file is a file.'],
  ])('must be a folder: %s', async (name, message) => {
    const cwd = makeFolder();
    writeFiles(cwd, { file: '' });
    await expect(createArtifactFiles(cwd).below(name, ALL)).rejects.toMatchObject({
      code: 'artifact',
      message,
      hint: 'Check "app-dir" (--app-dir): it is the folder that contains plugins/ and jars/.',
    });
  });

  posixTest('with a single fault is refused with that fault', async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'app/macros/a.ijm': '' });
    symlinkSync('nowhere', path.join(cwd, 'app/macros/b.ijm'));
    await expect(createArtifactFiles(cwd).below('app', ALL)).rejects.toMatchObject({
      message: 'The symbolic link app/macros/b.ijm leads nowhere: it does not exist.',
      hint: 'Remove it, or create its target.',
    });
  });

  posixTest('is searched for files only: pipes are left out', async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'app/macros/a.ijm': '' });
    execFileSync('mkfifo', [path.join(cwd, 'app/macros/pipe.ijm')]);
    const found = await createArtifactFiles(cwd).below('app', ALL);
    expect(found.map((file) => file.path)).toEqual(['macros/a.ijm']);
  });
});
