import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import type { PayloadCopy, SiteStore } from '../../src/app/ports/site-store.js';
import { DISK } from '../../src/io/files/folder-fs.js';
import { sitePath } from '../../src/model/site-path.js';
import { createGit } from '../../src/stores/git/git.js';
import { storePayloads } from '../../src/stores/git/payloads.js';
import { makeFolder, posixTest, writeFiles } from '../support/folders.js';
import { git, GIT_ENV, makeBareRepository, refsOf } from '../support/git.js';
import { pluginZip } from '../support/plugin-archive.js';
import { beforePublishing, folderStore, gitStore, publishHere } from '../support/publish-here.js';
import { siteFaults } from '../support/site-faults.js';
import { makeZip } from '../support/zip.js';

const CHANGED = {
  code: 'artifact',
  message: expect.stringMatching(/changed while .* being published/) as string,
};

/** Writes files with a time of whole seconds, as reproducible builds do: other times cannot be restored exactly. */
function build(folder: string, files: Readonly<Record<string, string | Buffer>>): void {
  writeFiles(folder, files);
  for (const file of Object.keys(files)) utimesSync(path.join(folder, file), 1e9, 1e9);
}

/** Gives a file other content of the same size, and restores its time. */
function rewrite(file: string, content: string | Buffer): void {
  const { size, atime, mtime, mtimeMs } = statSync(file);
  expect(Buffer.from(content as string)).toHaveLength(size);
  writeFileSync(file, content);
  utimesSync(file, atime, mtime);
  expect(statSync(file)).toMatchObject({ size, mtimeMs });
}

function jar(text: string): Buffer {
  return makeZip([{ name: 'a.txt', content: text, stored: true }]);
}

describe.each(['folder', 'git'] as const)(
  'a file that is rewritten with the same size and time (%s)',
  (kind) => {
    let cwd: string;
    let repository: string;

    beforeEach(() => {
      cwd = makeFolder();
      repository = makeBareRepository();
    });

    function store(format: 'imagej' | 'jetbrains' = 'imagej'): SiteStore {
      return kind === 'folder' ? folderStore(cwd, {}, format) : gitStore(cwd, repository);
    }

    function expectNothingPublished(): void {
      expect(refsOf(repository)).toBe('');
      const left = existsSync(path.join(cwd, 'site'))
        ? readdirSync(path.join(cwd, 'site'), { recursive: true })
        : [];
      expect(left.filter((name) => !statSync(path.join(cwd, 'site', String(name))).isDirectory())).toEqual(
        [],
      );
    }

    test.each([
      ['a macro', 'macros/A.ijm', Buffer.from('one'), Buffer.from('two')],
      ['a jar', 'jars/a.jar', jar('one'), jar('two')],
      ['a truncated jar', 'jars/a.jar', jar('one'), Buffer.alloc(jar('one').length)],
    ])('is not published if it was read before: %s', async (_what, file, before, after) => {
      build(path.join(cwd, 'app'), { [file]: before, 'macros/Other.ijm': 'x' });
      const racing = beforePublishing(store(), () => {
        rewrite(path.join(cwd, 'app', file), after);
      });
      await expect(publishHere(cwd, racing, { 'app-dir': 'app' })).rejects.toMatchObject(CHANGED);
      expectNothingPublished();
    });

    test('is not published as a plugin either', async () => {
      build(cwd, { 'build/distributions/cells.zip': pluginZip({ version: '1.0.0' }) });
      const racing = beforePublishing(store('jetbrains'), () => {
        const bytes = pluginZip({ version: '1.0.0' });
        // The time of the first entry, which does not affect the content of the archive.
        bytes.writeUInt16LE(bytes.readUInt16LE(10) ^ 1, 10);
        rewrite(path.join(cwd, 'build/distributions/cells.zip'), bytes);
      });
      await expect(
        publishHere(cwd, racing, { format: 'jetbrains', 'site-url': 'https://lab.github.io/' }),
      ).rejects.toMatchObject(CHANGED);
      expectNothingPublished();
    });

    test('is named together with all other rewritten files', async () => {
      build(cwd, { 'app/macros/A.ijm': 'one', 'app/macros/B.ijm': 'one', 'app/macros/C.ijm': 'one' });
      const racing = beforePublishing(store(), () => {
        for (const name of ['A', 'C']) rewrite(path.join(cwd, `app/macros/${name}.ijm`), 'two');
      });
      await expect(publishHere(cwd, racing, { 'app-dir': 'app' })).rejects.toMatchObject({
        code: 'artifact',
        problems: [
          { path: path.join('app', 'macros', 'A.ijm') },
          { path: path.join('app', 'macros', 'C.ijm') },
        ],
      });
      expectNothingPublished();
    });

    test('is not published if it was deleted in the meantime', async () => {
      build(cwd, { 'app/macros/A.ijm': 'one' });
      const racing = beforePublishing(store(), () => {
        execFileSync('rm', [path.join(cwd, 'app/macros/A.ijm')]);
      });
      await expect(publishHere(cwd, racing, { 'app-dir': 'app' })).rejects.toMatchObject(CHANGED);
      expectNothingPublished();
    });
  },
);

test('a file that is rewritten while it is copied into the folder is not published', async () => {
  const cwd = makeFolder();
  build(cwd, { 'app/macros/A.ijm': 'one and one', 'app/macros/B.ijm': 'x' });
  const racing = folderStore(cwd, {
    fs: {
      ...DISK,
      async copyFile(from, to, mode) {
        await copyFile(from, to, mode);
        if (!String(from).endsWith('A.ijm')) return;
        // The copy has the beginning of the old content, and the end of the new one.
        rewrite(String(from), 'two and two');
        writeFileSync(to, 'one and two');
      },
    },
  });
  await expect(publishHere(cwd, racing, { 'app-dir': 'app' })).rejects.toMatchObject(CHANGED);
  expect(existsSync(path.join(cwd, 'site'))).toBe(false);
});

posixTest('a file that is rewritten while git stores it does not change the commit', async () => {
  const cwd = makeFolder();
  const repository = makeBareRepository();
  build(cwd, { 'app/macros/A.ijm': 'one', 'app/jars/a.jar': jar('one') });
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const file = path.join(cwd, 'app/macros/A.ijm');
  // Rewrites the file right before git hashes it, and restores its time.
  writeFiles(cwd, {
    'bin/git': `#!/bin/sh
if [ "$1" = hash-object ]; then
  touch -r "${file}" "${cwd}/time"; printf two > "${file}"; touch -r "${cwd}/time" "${file}"
fi
exec "${real}" "$@"
`,
  });
  execFileSync('chmod', ['+x', path.join(cwd, 'bin/git')]);
  const env = { ...GIT_ENV, PATH: `${path.join(cwd, 'bin')}:${process.env['PATH'] ?? ''}` };
  await publishHere(cwd, gitStore(cwd, repository, env), { 'app-dir': 'app' });
  expect(readFileSync(file, 'utf8')).toBe('two');
  const site = makeFolder();
  git(site, 'clone', '--quiet', '--branch', 'gh-pages', repository, 'site');
  expect(await siteFaults(path.join(site, 'site'))).toEqual([]);
});

test('copies for git take bounded space, and all are removed', async () => {
  const cwd = makeFolder();
  const scratch = makeFolder();
  const gitDir = makeBareRepository();
  const contents = ['aaaa', 'bbbb', 'cccccccccccc', 'dddd', 'eeee'];
  const payloads = contents.map((content, at) => {
    writeFiles(cwd, { [`${at}`]: content });
    const { mtimeMs } = statSync(path.join(cwd, `${at}`));
    return {
      storedPath: sitePath(`s${at}`),
      path: sitePath(`s${at}`),
      file: `${at}`,
      size: content.length,
      modified: mtimeMs,
      checksum: '',
    };
  });
  const batches: string[][] = [];
  const verify = (copies: readonly PayloadCopy[]) => {
    batches.push(copies.map(({ file }) => readFileSync(file, 'utf8')));
    expect(readdirSync(path.join(scratch, 'payloads'))).toHaveLength(copies.length);
    return Promise.resolve();
  };
  const run = createGit({ env: GIT_ENV, gitDir, config: [], signal: undefined, hasLogin: false });
  const objects = await storePayloads(run, scratch, cwd, { payloads, verify }, 10);
  expect(batches).toEqual([['aaaa', 'bbbb'], ['cccccccccccc'], ['dddd', 'eeee']]);
  expect(objects.map((object) => git(gitDir, 'cat-file', 'blob', object))).toEqual(contents);
  expect(readdirSync(scratch)).toEqual([]);
});
