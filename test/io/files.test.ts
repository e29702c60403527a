import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInspector } from '../../src/entry/inspector.js';
import { isCandidate, mayHoldCandidates } from '../../src/imagej/layout.js';
import { createArtifactFiles, createFileSources, requireUnchanged } from '../../src/io/files.js';
import { presentBelow } from '../../src/io/present-files.js';
import { withoutCredentials } from '../../src/io/git-words.js';
import { configFor, httpOrigin, remoteUrl } from '../../src/io/git-remote.js';
import { makeFolder, posixTest, writeFiles } from '../support/folders.js';
import { WORKER } from '../support/program.js';
import { makeZip } from '../support/zip.js';

const EVERYTHING = { mayHoldCandidates: () => true, isCandidate: () => true };

describe('files of an application folder', () => {
  test('are found sorted, hidden names left out, folders entered as told', async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'app/b': '', 'app/a/z': 'zz', 'app/a/.h/x': '', 'app/.x': '', 'app/no/x': '' });
    const found = await createArtifactFiles(cwd).below('app', {
      ...EVERYTHING,
      mayHoldCandidates: (folder) => folder !== 'no',
    });
    expect(found.map(({ path: relative, size }) => [relative, size])).toEqual([
      ['a/z', 2],
      ['b', 0],
    ]);
  });

  posixTest('links are followed within the folder, and never in circles', async () => {
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
    'links that lead out are refused if what they bring could be published, and ignored if not',
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
      expect((await files.below('app', { mayHoldCandidates, isCandidate })).map((file) => file.path)).toEqual(
        ['lib/x'],
      );
      link('../outside/folder', 'luts');
      link('../../outside/file', 'plugins/A.txt');
      link('../../outside/folder', 'plugins/folder');
      link('nowhere', 'plugins/unknown');
      link('../outside/file', 'README.md');
      await expect(files.below('app', { mayHoldCandidates, isCandidate })).rejects.toMatchObject({
        problems: ['README.md', 'luts', 'plugins/A.txt', 'plugins/folder', 'plugins/unknown'].map((at) => ({
          code: 'outside-link',
          path: `app/${at}`,
        })),
      });
    },
  );

  test('a folder that is none is an error', async () => {
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

test('patterns match files, sorted, with either slash', async () => {
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

test('a file that changes after it was read is not published', async () => {
  const cwd = makeFolder();
  writeFiles(cwd, { x: 'one' });
  const [found] = (await createArtifactFiles(cwd).match('x')).files;
  if (!found) throw new Error('not found');
  await expect(requireUnchanged(cwd, found)).resolves.toBeUndefined();
  writeFileSync(path.join(cwd, 'x'), 'two');
  utimesSync(path.join(cwd, 'x'), 1, 1);
  await expect(requireUnchanged(cwd, found)).rejects.toThrow(/x has changed while it was being published/);
});

test('sources read exactly, or not at all', () => {
  const cwd = makeFolder();
  writeFiles(cwd, { x: 'abcdef' });
  const source = createFileSources(cwd).open('x');
  expect(source.read(2, 3).toString()).toBe('cde');
  expect(() => source.read(4, 3)).toThrow(RangeError);
  source.close();
  expect(() => createFileSources(cwd).open('y')).toThrow(/y cannot be read: it does not exist/);
});

test('several threads give what one gives, faults included', async () => {
  const cwd = makeFolder();
  const content = Buffer.alloc(400_000);
  for (let at = 0; at < content.length; at++) content[at] = (at * at * 31) >> 3;
  const names = Array.from({ length: 12 }, (_, at) => `jars/${at}.jar`);
  for (const [at, name] of names.entries()) {
    writeFiles(cwd, { [name]: at === 5 ? 'broken' : makeZip([{ name: `a${at}`, content, stored: true }]) });
  }
  const requests = names.map((name, at) => ({
    task: 'inspect' as const,
    format: 'imagej' as const,
    file: name,
    size: at === 5 ? 6 : content.length,
    sitePath: name,
    knownChecksums: at === 3 ? ['other'] : [],
  }));
  let bytes = 0;
  const alone = await createInspector(cwd, 'no such program').inspectAll(requests, () => undefined);
  const together = await createInspector(cwd, WORKER).inspectAll(requests, (done) => (bytes += done));
  expect(together).toEqual(alone);
  expect(alone[5]).toMatchObject({
    problem: { severity: 'error', code: 'unreadable-artifact', path: 'jars/5.jar' },
  });
  expect(alone[3]).toMatchObject({ inspection: { historicalChecksums: expect.any(Array) as unknown } });
  expect(bytes).toBe(requests.reduce((sum, { size }) => sum + size, 0));
});

test('a path that leads out of the application folder is not present in it', async () => {
  const folder = makeFolder();
  writeFiles(folder, { 'app/lib/a.txt': 'a', 'b.txt': 'b' });
  expect(await presentBelow(path.join(folder, 'app'), ['lib/a.txt', '../b.txt', 'lib', 'c.txt'])).toEqual([
    'lib/a.txt',
  ]);
});

describe('remotes', () => {
  test.each([
    ['https://example.org/a/b.git', 'https://example.org'],
    ['http://[::1]:8080/a', 'http://[::1]:8080'],
    ['git@example.org:a/b.git', undefined],
    ['/srv/a.git', undefined],
  ])('%s is reached at %s', (remote, origin) => {
    expect(httpOrigin(remote)).toBe(origin);
  });

  test('only local paths are made absolute', () => {
    expect(remoteUrl('site.git', '/work')).toBe(path.resolve('/work', 'site.git'));
    for (const remote of ['https://example.org/a', 'git@example.org:a/b.git', 'ssh://example.org/a'])
      expect(remoteUrl(remote, '/work')).toBe(remote);
  });

  test('the token is a header for its server, and for nothing else', () => {
    const header = configFor('https://example.org/a', '/work', 'secret').filter(([, value]) =>
      /^$|^Authorization/.test(value),
    );
    expect(header.map(([key]) => key)).toEqual([
      'http.https://example.org/.extraheader',
      'http.https://example.org/.extraheader',
      'credential.helper',
    ]);
    expect(
      configFor('git@example.org:a', '/work', 'secret').some(([, value]) => value.includes('Authorization')),
    ).toBe(false);
  });

  test('messages show no login data', () => {
    expect(withoutCredentials('fatal: https://me:secret@example.org/x and ssh://git@host/y')).toBe(
      'fatal: https://example.org/x and ssh://host/y',
    );
    expect(withoutCredentials('https://me@lab.org:secret@example.org:1/a@b')).toBe(
      'https://example.org:1/a@b',
    );
  });
});
