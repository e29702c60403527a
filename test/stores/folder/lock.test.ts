import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DISK, type FolderFs } from '../../../src/io/files/folder-fs.js';
import { LOCK_TIMES } from '../../../src/stores/folder/lock-age.js';
import { TAKEOVER } from '../../../src/stores/folder/names.js';
import type { FolderSiteOptions } from '../../../src/stores/folder/site.js';
import { makeFolder, writeFiles } from '../../support/folders.js';
import { beforePublishing, folderStore, publishHere } from '../../support/publish-here.js';
import { currentFiles, siteFaults } from '../../support/site-faults.js';
import { age, workFiles } from '../../support/work-files.js';

const LOCK = '.update-site.lock';
const OTHER = '0f0e0d0c-another-run';

/** A working directory with one macro to publish. */
function makeApp(name = 'A'): string {
  const cwd = makeFolder();
  writeFiles(cwd, { [`app/macros/${name}.ijm`]: name });
  mkdirSync(path.join(cwd, 'site'));
  return cwd;
}

function lockOf(cwd: string): string {
  return path.join(cwd, 'site', LOCK);
}

/**
 * Publishes with a simulated clock, so that waits take no time. Returns the result, the messages and the waiting
 * time.
 */
async function publishWaiting(cwd: string, options: Partial<FolderSiteOptions> = {}) {
  const shown: string[] = [];
  let waited = 0;
  const result = await publishHere(
    cwd,
    folderStore(cwd, {
      onWaiting: (message) => shown.push(message),
      ...options,
      async sleep(ms) {
        waited += ms;
        await options.sleep?.(waited);
      },
    }),
    { 'app-dir': 'app' },
  ).then(
    () => 'published',
    (error: unknown) => error,
  );
  return { result, shown, waited };
}

/** The folder on a machine whose clock differs from ours by `byMs` milliseconds. */
function clockOff(byMs: number): FolderFs {
  const shifted = <T extends { mtimeMs: number }>(kind: T): T =>
    Object.assign(kind, { mtimeMs: kind.mtimeMs + byMs });
  return {
    ...DISK,
    lstat: (async (file: string) => shifted(await DISK.lstat(file))) as FolderFs['lstat'],
    async open(...args) {
      const handle = await DISK.open(...args);
      const stat = handle.stat.bind(handle);
      return Object.assign(handle, { stat: async () => shifted(await stat()) });
    },
  };
}

describe('the lock of another run', () => {
  test('is waited for during 60 s, and then the message states what to do', async () => {
    const cwd = makeApp();
    writeFileSync(lockOf(cwd), OTHER);
    const { result, shown, waited } = await publishWaiting(cwd);
    expect(result).toMatchObject({
      code: 'site',
      message: 'Another run is publishing to site: site/.update-site.lock still exists after 60 s.',
      hint: expect.stringMatching(/^Nothing was published\. That run is active.* run again\.$/) as string,
    });
    expect(waited).toBeGreaterThanOrEqual(60_000);
    expect(waited).toBeLessThan(61_000);
    expect(shown).toHaveLength(6);
    expect(shown[0]).toMatch(
      /^Waiting for another run that publishes to site: site\/\.update-site\.lock was renewed \d+ s ago/,
    );
    expect(readdirSync(path.join(cwd, 'site'))).toEqual([LOCK]);
    expect(readFileSync(lockOf(cwd), 'utf8')).toBe(OTHER);
  });

  test('is waited for until it is gone', async () => {
    const cwd = makeApp();
    writeFileSync(lockOf(cwd), OTHER);
    const { result } = await publishWaiting(cwd, {
      sleep: (waited) => {
        if (waited > 5000) rmSync(lockOf(cwd), { force: true });
        return Promise.resolve();
      },
    });
    expect(result).toBe('published');
    expect(workFiles(path.join(cwd, 'site'))).toEqual([]);
  });

  test.each([
    ['a random id', OTHER],
    ['nothing because the disk was full', ''],
    ['the id of a live process, from an older version', JSON.stringify({ pid: process.pid, host: 'x' })],
  ])('counts as abandoned after two minutes if it contains %s', async (_what, content) => {
    const cwd = makeApp();
    writeFileSync(lockOf(cwd), content);
    age(lockOf(cwd), 90);
    const early = await publishWaiting(cwd);
    expect(early.result).toMatchObject({
      hint: expect.stringMatching(/was killed, run again in \d+ s/) as string,
    });
    age(lockOf(cwd), 31);
    expect(await publishWaiting(cwd)).toMatchObject({ result: 'published', waited: 0 });
    expect(workFiles(path.join(cwd, 'site'))).toEqual([]);
  });

  test.each([-3600, 3600])("has an age by the folder's own clock, which is %d s off", async (seconds) => {
    const cwd = makeApp();
    const fs = clockOff(seconds * 1000);
    writeFileSync(lockOf(cwd), OTHER);
    expect((await publishWaiting(cwd, { fs })).result).toMatchObject({ code: 'site' });
    age(lockOf(cwd), 121);
    expect(await publishWaiting(cwd, { fs })).toMatchObject({ result: 'published', waited: 0 });
  });

  test('is removed if its time is in the future and its owner does not renew it within 30 s', async () => {
    const cwd = makeApp();
    writeFileSync(lockOf(cwd), OTHER);
    age(lockOf(cwd), -86_400);
    const { result, waited } = await publishWaiting(cwd);
    expect(result).toBe('published');
    expect(waited).toBeGreaterThanOrEqual(30_000);
  });

  test('must be a file', async () => {
    const cwd = makeApp();
    mkdirSync(lockOf(cwd));
    expect((await publishWaiting(cwd)).result).toMatchObject({
      message: `${lockOf(cwd)} is not a file.`,
    });
  });

  test('does not prevent an interruption from ending the run', async () => {
    const cwd = makeApp();
    writeFileSync(lockOf(cwd), OTHER);
    const interruption = new DOMException('interrupted', 'AbortError');
    const { result } = await publishWaiting(cwd, {
      sleep: (waited) => (waited > 500 ? Promise.reject(interruption) : Promise.resolve()),
    });
    expect(result).toBe(interruption);
    expect(readdirSync(path.join(cwd, 'site'))).toEqual([LOCK]);
  });
});

describe('our lock', () => {
  test('contains our id, and is renewed while the run is active', async () => {
    const cwd = makeApp();
    const store = folderStore(cwd, { runId: 'our-id', times: { ...LOCK_TIMES, renewEveryMs: 20 } });
    await store.open(true);
    expect(readFileSync(lockOf(cwd), 'utf8')).toBe('our-id');
    for (let renewals = 0; renewals < 3; renewals++) {
      age(lockOf(cwd), 100);
      const before = statSync(lockOf(cwd)).mtimeMs;
      while (statSync(lockOf(cwd)).mtimeMs - before < 90_000) await pause(5);
    }
    await store.close();
    expect(existsSync(lockOf(cwd))).toBe(false);
  });

  test.each([true, false])('does not stay behind on a full disk (hard links: %s)', async (hasLinks) => {
    const cwd = makeApp();
    const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    const fs: FolderFs = {
      ...DISK,
      // The name takes no space, the content does.
      async writeFile(file, _data, options) {
        if (hasLinks) await DISK.writeFile(file, '', options);
        else return DISK.writeFile(file, _data, options);
        throw full;
      },
      link: () => Promise.reject(Object.assign(new Error('EPERM'), { code: 'EPERM' })),
      async open(...args) {
        const handle = await DISK.open(...args);
        return Object.assign(handle, { writeFile: () => Promise.reject(full) });
      },
    };
    const { result } = await publishWaiting(cwd, { fs });
    expect(result).toMatchObject({ code: 'site', message: 'site cannot be written: the disk is full.' });
    expect(readdirSync(path.join(cwd, 'site'))).toEqual([]);
    expect(await publishWaiting(cwd)).toMatchObject({ result: 'published', waited: 0 });
  });

  test('works on file systems without hard links', async () => {
    const cwd = makeApp();
    const fs: FolderFs = {
      ...DISK,
      link: () => Promise.reject(Object.assign(new Error('EPERM'), { code: 'EPERM' })),
    };
    const store = folderStore(cwd, { fs, runId: 'our-id' });
    await store.open(true);
    expect(readFileSync(lockOf(cwd), 'utf8')).toBe('our-id');
    expect((await publishWaiting(cwd, { fs })).result).toMatchObject({ code: 'site' });
    await store.close();
    expect(await publishWaiting(cwd, { fs })).toMatchObject({ result: 'published', waited: 0 });
  });

  test('is ours even if the response of a network file system was lost', async () => {
    const cwd = makeApp();
    const fs: FolderFs = {
      ...DISK,
      async link(from, to) {
        await DISK.link(from, to);
        throw Object.assign(new Error('EEXIST'), { code: 'EEXIST' });
      },
    };
    expect(await publishWaiting(cwd, { fs })).toMatchObject({ result: 'published', waited: 0 });
    expect(workFiles(path.join(cwd, 'site'))).toEqual([]);
  });

  test('is checked before the index is written, so that a suspended run overwrites nothing', async () => {
    const cwd = makeApp();
    await publishHere(cwd, folderStore(cwd), { 'app-dir': 'app' });
    const before = readFileSync(path.join(cwd, 'site/db.xml.gz'));
    writeFiles(cwd, { 'app/macros/A.ijm': 'new' });
    const suspended = beforePublishing(folderStore(cwd), () => {
      rmSync(lockOf(cwd));
      writeFileSync(lockOf(cwd), OTHER);
    });
    await expect(publishHere(cwd, suspended, { 'app-dir': 'app' })).rejects.toMatchObject({
      code: 'site',
      message: expect.stringMatching(/^Another run has taken over site/) as string,
      hint: expect.stringMatching(/Nothing was published\. Run again/) as string,
    });
    expect(readFileSync(path.join(cwd, 'site/db.xml.gz')).equals(before)).toBe(true);
    // The lock of the other run is left alone.
    expect(readFileSync(lockOf(cwd), 'utf8')).toBe(OTHER);
    expect(workFiles(path.join(cwd, 'site'))).toEqual([LOCK]);
  });

  test('is checked again after the payloads have their names', async () => {
    const cwd = makeApp();
    const fs: FolderFs = {
      ...DISK,
      async rename(from, to) {
        await DISK.rename(from, to);
        if (String(to).includes('A.ijm')) writeFileSync(lockOf(cwd), OTHER);
      },
    };
    expect((await publishWaiting(cwd, { fs })).result).toMatchObject({
      message: expect.stringMatching(/^Another run has taken over/) as string,
    });
    expect(existsSync(path.join(cwd, 'site/db.xml.gz'))).toBe(false);
  });

  test('is reported as lost if another run takes over while the index is written', async () => {
    const cwd = makeApp();
    const fs: FolderFs = {
      ...DISK,
      async rename(from, to) {
        await DISK.rename(from, to);
        if (String(to).endsWith('db.xml.gz')) writeFileSync(lockOf(cwd), OTHER);
      },
    };
    expect((await publishWaiting(cwd, { fs })).result).toMatchObject({
      message: expect.stringMatching(/while this run wrote its index/) as string,
      hint: 'Run both again.',
    });
  });
});

/** Creates two working directories for one site whose lock is abandoned. */
function makeTwo(): [string, string] {
  const one = makeApp('One');
  writeFileSync(lockOf(one), OTHER);
  age(lockOf(one), 300);
  const two = makeFolder();
  writeFiles(two, { 'app/macros/Two.ijm': 'Two' });
  return [one, two];
}

/** Something to wait for. */
function signal(): { promise: Promise<void>; give: () => void } {
  let give: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => (give = resolve));
  return { promise, give };
}

describe('two runs at one abandoned lock', () => {
  /** Publishes with the real clock, waiting as long as it takes. */
  const publishTo = (site: string, cwd: string, fs: FolderFs) =>
    publishHere(cwd, folderStore(cwd, { folder: site, fs, times: { ...LOCK_TIMES, waitMs: 600_000 } }), {
      'app-dir': 'app',
    });
  const isTakeover = (from: unknown) => String(from).endsWith(LOCK);

  test('lose no entry if the second mistakes the lock of the first for the abandoned one', async () => {
    const [one, two] = makeTwo();
    const site = path.join(one, 'site');
    const [seen, firstHolds, wasMoved] = [signal(), signal(), signal()];
    let moved: string | undefined;
    const second = publishTo(site, two, {
      ...DISK,
      async rename(from, to) {
        if (isTakeover(from) && moved === undefined) {
          // It is suspended for so long that it counts as abandoned, and the first run takes over the lock.
          rmSync(path.join(site, TAKEOVER));
          seen.give();
          await firstHolds.promise;
          await DISK.rename(from, to);
          moved = readFileSync(to, 'utf8');
          wasMoved.give();
          return;
        }
        await DISK.rename(from, to);
      },
    });
    await seen.promise;
    const first = publishTo(site, one, {
      ...DISK,
      async copyFile(...args) {
        firstHolds.give();
        await wasMoved.promise;
        await DISK.copyFile(...args);
      },
    });
    await Promise.all([first, second]);
    // The race has taken place.
    expect(moved).toMatch(/^[0-9a-f]{8}-/);
    expect(currentFiles(site)).toEqual(['macros/One.ijm', 'macros/Two.ijm']);
    expect(await siteFaults(site)).toEqual([]);
    expect(workFiles(site)).toEqual([]);
  });

  test('lose no entry if a third run starts while the lock is out of its place', async () => {
    const [one, two] = makeTwo();
    const site = path.join(one, 'site');
    const three = makeFolder();
    writeFiles(three, { 'app/macros/Three.ijm': 'Three' });
    const [seen, firstHolds, wasMoved] = [signal(), signal(), signal()];
    let moves = 0;
    const second = publishTo(site, two, {
      ...DISK,
      async rename(from, to) {
        if (!isTakeover(from) || moves++ > 0) return DISK.rename(from, to);
        rmSync(path.join(site, TAKEOVER));
        seen.give();
        await firstHolds.promise;
        await DISK.rename(from, to);
        // No file is in the place of the lock: the third run completes, and leaves a lock.
        await publishTo(site, three, DISK);
        writeFileSync(path.join(site, LOCK), OTHER);
        wasMoved.give();
        setTimeout(() => {
          rmSync(path.join(site, LOCK));
        }, 1000);
      },
    });
    await seen.promise;
    const first = publishTo(site, one, {
      ...DISK,
      async copyFile(...args) {
        firstHolds.give();
        await wasMoved.promise;
        await DISK.copyFile(...args);
      },
    });
    await expect(first).rejects.toMatchObject({
      message: expect.stringMatching(/^Another run has taken over/) as string,
    });
    await second;
    expect(currentFiles(site)).toEqual(['macros/Three.ijm', 'macros/Two.ijm']);
    await publishTo(site, one, DISK);
    expect(currentFiles(site)).toHaveLength(3);
    expect(await siteFaults(site)).toEqual([]);
    expect(workFiles(site)).toEqual([]);
  });
});

test('twelve concurrent runs at an abandoned lock all succeed and lose no entry', async () => {
  const [one] = makeTwo();
  const site = path.join(one, 'site');
  const names = Array.from({ length: 12 }, (_, at) => `F${String(at).padStart(2, '0')}`);
  await Promise.all(
    names.map(async (name) => {
      const cwd = makeFolder();
      writeFiles(cwd, { [`app/macros/${name}.ijm`]: name });
      const store = folderStore(cwd, { folder: site, times: { ...LOCK_TIMES, waitMs: 600_000 } });
      await publishHere(cwd, store, { 'app-dir': 'app' });
    }),
  );
  expect(currentFiles(site).sort()).toEqual(names.map((name) => `macros/${name}.ijm`));
  expect(await siteFaults(site)).toEqual([]);
  expect(workFiles(site)).toEqual([]);
});
