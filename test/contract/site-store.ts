import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { jest } from '@jest/globals';
import type { PayloadCopy, Publication, SiteSnapshot, SiteStore } from '../../src/app/ports/site-store.js';
import type { Payload } from '../../src/model/plan.js';
import { sitePath } from '../../src/model/site-path.js';
import { UserError } from '../../src/model/user-error.js';
import { makeFolder } from '../support/folders.js';

/** An empty place for one test, removed after it. */
export interface StoreHarness {
  /** Creates a store for the place, as in a separate run. */
  readonly connect: () => SiteStore;
  /** Puts a file into the place without the store. */
  readonly plant: (file: string, content: string) => void | Promise<void>;
  /** Files that the store itself adds to the place. */
  readonly adds?: readonly string[];
}

/** The optional capabilities of a store. */
const CAPABILITIES = [
  'budget',
  'history',
  'missingFiles',
  'obstacles',
  'otherSites',
  'past',
  'readFiles',
  'usage',
] as const satisfies readonly (keyof SiteStore | keyof SiteSnapshot)[];
type Capability = (typeof CAPABILITIES)[number];

const INDEX = sitePath('index.txt');

/**
 * Defines the tests that every store must pass. A new store calls this function in its own test.
 *
 * @param make creates an empty place
 * @param capabilities all capabilities of the store. They are tested, and the store must not have others
 */
export function describeSiteStore(
  name: string,
  make: () => StoreHarness,
  capabilities: readonly Capability[],
): void {
  describe(`the store "${name}"`, () => {
    let harness: StoreHarness;
    let opened: SiteStore[];
    let cwd: string;

    beforeEach(() => {
      harness = make();
      opened = [];
      cwd = makeFolder();
    });

    afterEach(async () => {
      for (const store of opened) await store.close();
    });

    const connect = () => {
      const store = harness.connect();
      opened.push(store);
      return store;
    };

    /** Reads the place like another run. */
    async function read<T>(inspect: (snapshot: SiteSnapshot) => T | Promise<T>): Promise<T> {
      const store = connect();
      try {
        return await inspect(await store.open(false));
      } finally {
        await store.close();
      }
    }

    const textOf = (file: string) =>
      read(async (snapshot) => {
        const bytes = await snapshot.readFile(sitePath(file));
        return bytes && Buffer.from(bytes).toString();
      });
    const files = () =>
      read(async (snapshot) =>
        (await snapshot.listFiles()).filter((file) => !harness.adds?.includes(file)).sort(),
      );

    function payload(stored: string, content: string): Payload {
      const file = path.join(cwd, `build-${stored.replaceAll('/', '_')}`);
      writeFileSync(file, content);
      return {
        storedPath: sitePath(stored),
        path: sitePath(stored),
        file,
        size: Buffer.byteLength(content),
        checksum: sha256(content),
        modified: statSync(file).mtimeMs,
      };
    }

    function publication(
      payloads: readonly Payload[],
      index: string,
      more: Partial<Publication> = {},
    ): Publication {
      return {
        payloads,
        restored: [],
        verify: (copies) => {
          requireSame(copies);
          return Promise.resolve();
        },
        removals: [],
        indexFiles: [{ path: INDEX, bytes: Buffer.from(index) }],
        message: 'Publish',
        date: new Date('2026-11-20T09:32:12Z'),
        ...more,
      };
    }

    /** Runs a publication. Plans again from the new state if another run was faster. */
    async function publish(plan: (index: string) => Publication): Promise<void> {
      const store = connect();
      try {
        for (let attempt = 0; attempt < 50; attempt++) {
          const snapshot = await store.open(true);
          const bytes = await snapshot.readFile(INDEX);
          const result = await store.publish(snapshot, plan(bytes ? Buffer.from(bytes).toString() : ''));
          if (result.status === 'published') return;
        }
      } finally {
        await store.close();
      }
      throw new Error('All attempts lost races.');
    }

    test('describes its place', () => {
      expect(connect().description).toMatch(/\S/);
    });

    test('has exactly the given capabilities', async () => {
      await publish(() => publication([payload('a.txt-1', 'a')], 'a'));
      const store = connect();
      const all = { ...store, ...(await store.open(false)) };
      expect(CAPABILITIES.filter((one) => all[one] !== undefined)).toEqual([...capabilities].sort());
    });

    test('is empty at first, and opening it changes nothing', async () => {
      for (let attempt = 0; attempt < 2; attempt++) {
        const state = await read(async (snapshot) => [snapshot.isNew, await snapshot.listFiles()]);
        expect(state).toEqual([true, []]);
        expect(await textOf(INDEX)).toBeUndefined();
      }
    });

    test('stays empty if it is opened for writing but nothing is published', async () => {
      const store = connect();
      await store.open(true);
      await store.close();
      expect(await read((snapshot) => snapshot.isNew)).toBe(true);
      expect(await files()).toEqual([]);
    });

    test('stores published files unchanged under their paths', async () => {
      const odd = { 'plain.txt-1': 'one\n', 'deep/er/b c.txt-1': '\0\r\n\u00e9', 'empty.txt-1': '' };
      const payloads = Object.entries(odd).map(([file, content]) => payload(file, content));
      await publish(() => publication(payloads, 'index'));
      expect(await files()).toEqual([...Object.keys(odd), INDEX].sort());
      for (const [file, content] of Object.entries(odd)) expect(await textOf(file)).toBe(content);
      expect(await textOf(INDEX)).toBe('index');
      expect(await read((snapshot) => snapshot.isNew)).toBe(false);
    });

    test('adds files and keeps all others', async () => {
      await publish(() => publication([payload('a.txt-1', 'a')], 'a'));
      await harness.plant('README.md', 'ours');
      await publish(() => publication([payload('b.txt-1', 'b')], 'a b'));
      expect(await files()).toEqual(expect.arrayContaining(['README.md', 'a.txt-1', 'b.txt-1', INDEX]));
      expect(await textOf('README.md')).toBe('ours');
      expect(await textOf(INDEX)).toBe('a b');
    });

    test('removes files, and ignores missing ones', async () => {
      await publish(() => publication([payload('a.txt-1', 'a'), payload('b.txt-1', 'b')], 'a b'));
      const removals = [sitePath('a.txt-1'), sitePath('never.txt-1')];
      await publish(() => publication([], 'b', { removals }));
      expect(await files()).toEqual(['b.txt-1', INDEX].sort());
    });

    test('publishes exactly the verified bytes', async () => {
      const one = payload('a.txt-1', 'one');
      const verify = jest.fn((copies: readonly PayloadCopy[]) => {
        requireSame(copies);
        // A later change of the build has no effect.
        writeFileSync(one.file, 'two');
        return Promise.resolve();
      });
      await publish(() => publication([one], 'a', { verify }));
      expect(verify).toHaveBeenCalledTimes(1);
      expect(await textOf('a.txt-1')).toBe('one');
    });

    test('publishes nothing if a payload is not valid', async () => {
      await publish(() => publication([payload('a.txt-1', 'a')], 'a'));
      const refusal = new UserError('artifact', 'It has changed.');
      const refused = publish(() =>
        publication([payload('b.txt-1', 'b')], 'a b', { verify: () => Promise.reject(refusal) }),
      );
      await expect(refused).rejects.toBe(refusal);
      expect(await files()).toEqual(['a.txt-1', INDEX].sort());
      expect(await textOf(INDEX)).toBe('a');
    });

    test('publishes nothing if a file of the build is missing', async () => {
      await publish(() => publication([payload('a.txt-1', 'a')], 'a'));
      const gone = { ...payload('b.txt-1', 'b'), file: path.join(cwd, 'gone') };
      await expect(publish(() => publication([gone], 'a b'))).rejects.toMatchObject({
        message: expect.any(String) as string,
      });
      expect(await files()).toEqual(['a.txt-1', INDEX].sort());
      expect(await textOf(INDEX)).toBe('a');
    });

    test('keeps all of several publications at the same time', async () => {
      const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
      await Promise.all(
        ids.map((id) => publish((index) => publication([payload(`${id}.txt-1`, id)], `${index}${id}`))),
      );
      expect(Array.from((await textOf(INDEX)) ?? '').sort()).toEqual(ids);
      expect(await files()).toEqual([...ids.map((id) => `${id}.txt-1`), INDEX].sort());
    });

    test('finds out which files exist', async () => {
      await publish(() => publication([payload('a.txt-1', '12'), payload('deep/b.txt-1', '1234')], 'a b'));
      const paths = ['deep/b.txt-1', 'never.txt-1', 'a.txt-1'].map((file) => sitePath(file));
      let done = 0;
      const states = await read(({ statFiles }) => statFiles(paths, () => done++));
      expect(states.map(({ status }) => status)).toEqual(['there', 'missing', 'there']);
      // Some stores know the size only of what they have fetched.
      expect([4, undefined]).toContain(states[0]?.status === 'there' ? states[0].size : 'none');
      expect(done).toBe(3);
    });

    test('makes files available on this machine, within a limit', async () => {
      await publish(() =>
        publication([payload('a.txt-1', '12'), payload('b.txt-1', '1234'), payload('c.txt-1', '')], 'a'),
      );
      const paths = ['b.txt-1', 'never.txt-1', 'a.txt-1', 'c.txt-1'].map((file) => sitePath(file));
      const fileFor = (file: string) => path.join(cwd, `copy-${file}`);
      const found = await read(async ({ fetchFiles }) => {
        const local = await fetchFiles(paths, { fileFor, maxBytesEach: 3 });
        return local.map((file) =>
          file.status === 'there' ? [file.size, readFileSync(file.file, 'utf8')] : file.status,
        );
      });
      expect(found).toEqual(['failed', 'missing', [2, '12'], [0, '']]);
    });

    testOf('past', 'keeps earlier states of files', async () => {
      await publish(() => publication([], 'first', { message: 'One\n\nMore' }));
      await publish(() => publication([payload('a.txt-1', 'a')], 'second', { message: 'Two' }));
      await harness.plant('README.md', 'not the index');
      const states = await read(async ({ past }) => {
        const all = (await past?.statesOf([INDEX], 10)) ?? [];
        const ids = all.map(({ id }) => id);
        const bytes = (await past?.readAt(ids, INDEX)) ?? [];
        const payloads = (await past?.readAt(ids, sitePath('a.txt-1'))) ?? [];
        return all.map(({ subject }, at) => [
          subject,
          Buffer.from(bytes[at] ?? []).toString(),
          payloads[at] !== undefined,
        ]);
      });
      expect(states).toEqual([
        ['Two', 'second', true],
        ['One', 'first', false],
      ]);
      expect(await read(async ({ past }) => (await past?.statesOf([INDEX], 1))?.length)).toBe(1);
    });

    testOf('past', 'finds the states in which one of several files changed', async () => {
      const other = { path: sitePath('other.txt'), bytes: Buffer.from('other') };
      await publish(() => publication([], 'first', { message: 'One' }));
      await publish(() => publication([], 'first', { message: 'Two', indexFiles: [other] }));
      await publish(() => publication([payload('a.txt-1', 'a')], 'first', { message: 'Three' }));
      const subjects = await read(async ({ past }) =>
        (await past?.statesOf([INDEX, other.path], 10))?.map(({ subject }) => subject),
      );
      expect(subjects).toEqual(['Two', 'One']);
    });

    testOf('past', 'makes files of an earlier state available on this machine, within a limit', async () => {
      await publish(() => publication([payload('a.txt-1', 'a'), payload('b.txt-1', '1234')], 'first'));
      const removals = ['a.txt-1', 'b.txt-1'].map((file) => sitePath(file));
      await publish(() => publication([payload('c.txt-1', 'c')], 'second', { removals }));
      const paths = [...removals, sitePath('c.txt-1')];
      const fileFor = (file: string) => path.join(cwd, `copy-${file}`);
      const found = await read(async ({ past }) => {
        const [, first] = (await past?.statesOf([INDEX], 10)) ?? [];
        const then = past?.at(first?.id ?? '');
        const local = await then?.fetchFiles(paths, { fileFor, maxBytesEach: 3 });
        return {
          text: Buffer.from((await then?.readFile(sitePath('a.txt-1'))) ?? '').toString(),
          states: (await then?.statFiles(paths))?.map(({ status }) => status),
          files: local?.map((file) =>
            file.status === 'there' ? [file.size, readFileSync(file.file, 'utf8')] : file.status,
          ),
        };
      });
      expect(found).toEqual({
        text: 'a',
        states: ['there', 'there', 'missing'],
        files: [[1, 'a'], 'failed', 'missing'],
      });
    });

    testOf('readFiles', 'reads several files within limits', async () => {
      await publish(() => publication([payload('a.txt-1', '12'), payload('b.txt-1', '1234')], 'a b'));
      const paths = ['a.txt-1', 'b.txt-1', 'never.txt-1'].map((file) => sitePath(file));
      const readWithin = (maxBytesEach: number, maxBytesTotal: number) =>
        read(async ({ readFiles }) => [
          ...((await readFiles?.(paths, { maxBytesEach, maxBytesTotal })) ?? []),
        ]);
      const names = (found: [string, Uint8Array][]) => found.map(([file]) => file);
      const all = await readWithin(100, 100);
      expect(all.map(([file, bytes]) => [file, Buffer.from(bytes).toString()])).toEqual([
        ['a.txt-1', '12'],
        ['b.txt-1', '1234'],
      ]);
      expect(names(await readWithin(3, 100))).toEqual(['a.txt-1']);
      expect(names(await readWithin(100, 5))).toEqual(['a.txt-1']);
    });

    testOf('missingFiles', 'finds missing files', async () => {
      await publish(() => publication([payload('a.txt-1', 'a'), payload('deep/b.txt-1', 'b')], 'a b'));
      const wanted = ['a.txt-1', 'never.txt-1', 'deep', 'deep/b.txt-1'];
      expect(await read(({ missingFiles }) => missingFiles?.(wanted))).toEqual(['never.txt-1', 'deep']);
    });

    testOf('obstacles', 'finds obstacles to files', async () => {
      await publish(() => publication([payload('a.txt-1', 'a')], 'a'));
      await harness.plant('folder/inside.txt', 'x');
      const wanted = ['folder', 'a.txt-1/below.txt-1', 'free.txt-1'].map((file) => sitePath(file));
      const found = await read(({ obstacles }) => obstacles?.(wanted));
      expect(found?.map((obstacle) => obstacle.path)).toEqual(['folder', 'a.txt-1/below.txt-1']);
    });

    testOf('usage', 'measures the site', async () => {
      await publish(() => publication([payload('a.txt-1', '12'), payload('b.txt-1', '1234')], 'a b'));
      const stated = new Map([
        ['a.txt-1', 2],
        ['b.txt-1', 4],
      ]);
      const usage = await read((snapshot) => snapshot.usage?.(stated));
      expect(usage?.bytes).toBeGreaterThanOrEqual(6);
    });

    testOf('history', 'returns the date of the last change', async () => {
      const began = Date.now();
      await publish(() => publication([payload('a.txt-1', 'a')], 'a', { date: new Date() }));
      const change = await read((snapshot) => snapshot.history?.lastChange(INDEX));
      // Some stores only keep whole seconds.
      expect(change?.date.getTime()).toBeGreaterThan(began - 1001);
      expect(change?.date.getTime()).toBeLessThanOrEqual(Date.now());
    });

    testOf('otherSites', 'finds no other sites in a place with a single site', async () => {
      await publish(() => publication([payload('a.txt-1', 'a')], 'a'));
      expect(await read((snapshot) => snapshot.otherSites?.(sitePath('never.txt')))).toEqual([]);
    });

    testOf('budget', 'has plausible limits', () => {
      const {
        warnFileBytes = 0,
        maxFileBytes = 0,
        warnSiteBytes = 0,
        maxSiteBytes = 0,
      } = connect().budget ?? {};
      expect(warnFileBytes).toBeGreaterThan(0);
      expect(maxFileBytes).toBeGreaterThan(warnFileBytes);
      expect(warnSiteBytes).toBeGreaterThan(maxFileBytes);
      expect(maxSiteBytes).toBeGreaterThan(warnSiteBytes);
    });

    /** Defines a test for stores with a capability. */
    function testOf(capability: Capability, what: string, run: () => void | Promise<void>): void {
      if (capabilities.includes(capability)) test(what, async () => run());
    }
  });
}

/** Expects that every payload has a copy with the right checksum. */
function requireSame(copies: readonly PayloadCopy[]): void {
  for (const { payload, file } of copies) {
    expect(file).not.toBe(payload.file);
    expect(sha256(readFileSync(file))).toBe(payload.checksum);
  }
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
