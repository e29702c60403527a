import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DISK, type FolderFs } from '../../../src/io/files/folder-fs.js';
import type { FolderSiteOptions } from '../../../src/stores/folder/site.js';
import { makeFolder, writeFiles } from '../../support/folders.js';
import { beforePublishing, folderStore, publishHere } from '../../support/publish-here.js';
import { filesBelow } from '../../support/scenario.js';
import { siteFaults } from '../../support/site-faults.js';

const STAMP = '20270101000000';
const OPTIONS = { 'app-dir': 'app', timestamp: STAMP };
const FAILED = Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });

let cwd: string;
let site: string;

beforeEach(() => {
  cwd = makeFolder();
  site = path.join(cwd, 'site');
  writeFiles(cwd, { 'app/lib/sub/x.txt': 'x', 'app/macros/x.txt': 'x' });
});

const publish = (options: Partial<FolderSiteOptions> = {}) =>
  publishHere(cwd, folderStore(cwd, options), OPTIONS);

/** Everything below the site, folders included. */
const everything = () => (readdirSync(site, { recursive: true }) as string[]).sort();

/** The disk, with a function that replaces a rename to a path with this ending. */
function atRename(end: string, happens: (from: string, to: string) => void): FolderFs {
  return {
    ...DISK,
    async rename(from, to) {
      if (!String(to).endsWith(end)) return DISK.rename(from, to);
      happens(String(from), String(to));
      throw FAILED;
    },
  };
}

const NOTHING = () => undefined;

describe('a publication to a folder that fails', () => {
  test('leaves no folder that it has created', async () => {
    const rewrite = (store: ReturnType<typeof folderStore>) =>
      beforePublishing(store, () => {
        writeFiles(cwd, { 'app/macros/x.txt': 'other' });
      });
    const folder = 'new/folder/site';
    const first = publishHere(cwd, rewrite(folderStore(cwd, { folder })), OPTIONS);
    await expect(first).rejects.toMatchObject({ code: 'artifact' });
    expect(existsSync(path.join(cwd, 'new'))).toBe(false);
    mkdirSync(path.join(site, 'lib'), { recursive: true });
    writeFiles(cwd, { 'app/macros/x.txt': 'x' });
    await expect(publishHere(cwd, rewrite(folderStore(cwd)), OPTIONS)).rejects.toMatchObject({
      code: 'artifact',
    });
    expect(everything()).toEqual(['lib']);
  });

  test.each([`lib/sub/x.txt-${STAMP}`, `macros/x.txt-${STAMP}`, 'db.xml.gz'])(
    'leaves no payload if %s cannot be renamed to its final name',
    async (file) => {
      await expect(publish({ fs: atRename(file, NOTHING) })).rejects.toMatchObject({ code: 'site' });
      expect(existsSync(site)).toBe(false);
    },
  );

  test('keeps everything that existed before it', async () => {
    const place = path.join(site, `lib/sub/x.txt-${STAMP}`);
    const fs = atRename(`lib/sub/x.txt-${STAMP}`, () => {
      mkdirSync(place);
    });
    mkdirSync(path.join(site, 'lib/sub'), { recursive: true });
    writeFiles(site, { 'notes.txt': 'x' });
    await expect(publish({ fs })).rejects.toMatchObject({ code: 'site' });
    expect(everything()).toEqual(['lib', 'lib/sub', `lib/sub/x.txt-${STAMP}`, 'notes.txt']);
    rmSync(place, { recursive: true });
    writeFiles(site, { [`macros/x.txt-${STAMP}`]: 'of a run that was killed' });
    await expect(publish({ fs })).rejects.toMatchObject({ code: 'site' });
    expect(filesBelow(site)).toEqual([`macros/x.txt-${STAMP}`, 'notes.txt']);
  });

  test('keeps a payload that has replaced its own', async () => {
    const fs = atRename('db.xml.gz', () => {
      const other = path.join(site, 'other');
      writeFileSync(other, 'theirs');
      renameSync(other, path.join(site, `macros/x.txt-${STAMP}`));
    });
    await expect(publish({ fs })).rejects.toMatchObject({ code: 'site' });
    expect(filesBelow(site)).toEqual([`macros/x.txt-${STAMP}`]);
    expect(readFileSync(path.join(site, `macros/x.txt-${STAMP}`), 'utf8')).toBe('theirs');
  });

  test('removes no payload while another run has the lock', async () => {
    const fs = atRename('db.xml.gz', () => {
      writeFileSync(path.join(site, '.update-site.lock'), 'another-run');
    });
    await expect(publish({ fs })).rejects.toMatchObject({ code: 'site' });
    expect(filesBelow(site)).toContain(`macros/x.txt-${STAMP}`);
  });

  test('keeps its payloads if the index has its name, although the response was lost', async () => {
    await expect(publish({ fs: atRename('db.xml.gz', renameSync) })).rejects.toMatchObject({ code: 'site' });
    expect(filesBelow(site)).toContain('db.xml.gz');
    expect(await siteFaults(site)).toEqual([]);
  });

  test('keeps a payload that the index named before and the site lacked', async () => {
    await publish();
    rmSync(path.join(site, `macros/x.txt-${STAMP}`));
    writeFiles(cwd, { 'app/lib/sub/x.txt': 'new' });
    const store = folderStore(cwd, { fs: atRename('db.xml.gz', NOTHING) });
    const again = publishHere(cwd, store, { ...OPTIONS, timestamp: '20280101000000' });
    await expect(again).rejects.toMatchObject({ code: 'site' });
    expect(filesBelow(site)).toEqual(['db.xml.gz', `lib/sub/x.txt-${STAMP}`, `macros/x.txt-${STAMP}`]);
  });
});
