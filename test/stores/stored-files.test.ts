import { existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SiteStore } from '../../src/app/ports/site-store.js';
import { sitePath } from '../../src/model/site-path.js';
import { createGitSite } from '../../src/stores/git/site.js';
import { makeFolder, writeFiles } from '../support/folders.js';
import { GIT_ENV, makeBareRepository } from '../support/git.js';
import { runHere } from '../support/in-process.js';
import { makeJar, pomEntry } from '../support/maven.js';
import { folderStore } from '../support/publish-here.js';

const STAMP = '20260101000000';
const FILES = {
  'macros/a.ijm': '12345',
  'macros/b c.ijm': '1234567890',
  'macros/d.ijm': '12345678',
  'macros/é.ijm': '1',
};

async function readFrom(store: SiteStore, paths: string[], maxBytesEach: number, maxBytesTotal: number) {
  const snapshot = await store.open(false);
  const read = await snapshot.readFiles?.(
    paths.map((file) => sitePath(`${file}-${STAMP}`)),
    { maxBytesEach, maxBytesTotal },
  );
  await store.close();
  return [...(read ?? [])].map(
    ([file, bytes]) => `${file.replace(`-${STAMP}`, '')}: ${Buffer.from(bytes).toString()}`,
  );
}

describe('the payloads of a site are read in one batch, within limits', () => {
  const stores: Record<string, () => { site: string[]; open: () => SiteStore; cwd: string }> = {
    folder: () => {
      const cwd = makeFolder();
      return { cwd, site: ['--site-dir', 'site'], open: () => folderStore(cwd) };
    },
    git: () => {
      const cwd = makeFolder();
      const remote = `file://${makeBareRepository()}`;
      const place = { remote, branch: 'gh-pages', directory: 'sub' };
      const open = () =>
        createGitSite({
          ...{ ...place, cwd, env: GIT_ENV, author: { name: 'a', email: 'a@b' }, timeoutMs: 60_000 },
          ...{ tempDir: undefined, token: undefined, signal: undefined, remoteSizes: undefined },
        });
      return { cwd, site: ['--remote', remote, '--directory', 'sub'], open };
    },
  };

  test.each(Object.entries(stores))('from a %s', async (_name, make) => {
    const { cwd, site, open } = make();
    writeFiles(path.join(cwd, 'app'), FILES);
    await runHere(['publish', '--app-dir', 'app', '--timestamp', STAMP, ...site], cwd);
    const all = Object.keys(FILES);
    expect(await readFrom(open(), [...all, 'macros/none.ijm', 'macros'], 10, 100)).toEqual(
      Object.entries(FILES).map(([file, text]) => `${file}: ${text}`),
    );
    expect(await readFrom(open(), all, 8, 100)).toEqual([
      'macros/a.ijm: 12345',
      'macros/d.ijm: 12345678',
      'macros/é.ijm: 1',
    ]);
    expect(await readFrom(open(), all, 10, 15)).toEqual([
      'macros/a.ijm: 12345',
      'macros/b c.ijm: 1234567890',
    ]);
    expect(await readFrom(open(), [], 10, 15)).toEqual([]);
  });
});

test('all old jars of a branch are fetched in one request, and only if a jar changes', async () => {
  const cwd = makeFolder();
  const trace = path.join(cwd, 'trace');
  const remote = `file://${makeBareRepository()}`;
  const jar = (name: string, text: string) => makeJar([], { ...pomEntry({ id: `g:${name}:1.0` }), text });
  const fetches = async (args: string[] = []) => {
    rmSync(trace, { force: true });
    const ran = await runHere(['publish', '--app-dir', 'app', '--remote', remote, ...args], cwd, {
      env: { GIT_TRACE: trace },
    });
    expect(ran.refusal).toBeUndefined();
    const text = existsSync(trace) ? readFileSync(trace, 'utf8') : '';
    return text.match(/trace: built-in: git fetch/g)?.length ?? 0;
  };
  const names = ['a', 'b', 'c'];
  writeFiles(
    path.join(cwd, 'app/jars'),
    Object.fromEntries(names.map((name) => [`${name}-1.0.jar`, jar(name, '1')])),
  );
  await fetches();
  writeFiles(cwd, { 'app/macros/New.ijm': 'x' });
  const withoutJars = await fetches();
  writeFiles(
    path.join(cwd, 'app/jars'),
    Object.fromEntries(names.map((name) => [`${name}-1.0.jar`, jar(name, '2')])),
  );
  expect(await fetches()).toBe(withoutJars + 1);
  expect(await fetches()).toBe(withoutJars);
});

describe('a file of a site folder that is read as a whole', () => {
  async function readIndex(cwd: string): Promise<string | undefined> {
    const store = folderStore(cwd);
    const snapshot = await store.open(false);
    const bytes = await snapshot.readFile(sitePath('db.xml.gz'));
    await store.close();
    return bytes && Buffer.from(bytes).toString();
  }

  test('may be missing', async () => {
    const cwd = makeFolder();
    expect(await readIndex(cwd)).toBeUndefined();
    writeFiles(path.join(cwd, 'site'), { 'db.xml.gz': 'index' });
    expect(await readIndex(cwd)).toBe('index');
  });

  test('is an error if it is a folder, or too large', async () => {
    const cwd = makeFolder();
    const index = path.join(cwd, 'site/db.xml.gz');
    mkdirSync(index, { recursive: true });
    await expect(readIndex(cwd)).rejects.toMatchObject({
      code: 'site',
      message: 'db.xml.gz on the site is not a file.',
      hint: 'Remove it and run again.',
    });
    rmSync(index, { recursive: true });
    writeFileSync(index, '');
    truncateSync(index, 64 * 1024 * 1024 + 1);
    await expect(readIndex(cwd)).rejects.toMatchObject({
      code: 'limit',
      message: 'db.xml.gz on the site has 67108865 bytes; at most 67108864 are read.',
      hint: 'A file of this size is damaged, or not an index.',
    });
  });
});
