import type { CopyFolder } from '../../../src/app/ports/files.js';
import type { Inspector } from '../../../src/app/ports/inspector.js';
import type { SiteSnapshot, SiteStore } from '../../../src/app/ports/site-store.js';
import { importSite } from '../../../src/app/import/import.js';
import type { ImportSettings } from '../../../src/app/import/settings.js';
import type { Format } from '../../../src/formats/format.js';
import type { IndexedPayload } from '../../../src/formats/verification.js';
import type { Change } from '../../../src/model/change.js';
import { emptyOutcome } from '../../../src/model/outcome.js';
import { sitePath } from '../../../src/model/site-path.js';
import { UserError } from '../../../src/model/user-error.js';
import { formatWith } from '../../support/format-with.js';
import {
  indexedPayload,
  memorySite,
  memorySource,
  memoryStore,
  recordedProgress,
  STAMP,
  verifyingInspector,
} from '../../support/memory-site.js';

const INDEX = sitePath('db.xml.gz');
const EXTRA = sitePath('extra.json');
const NOW = new Date('2026-11-28T12:00:00Z');

const SETTINGS: ImportSettings = {
  preview: false,
  history: false,
  failOn: 'error',
  siteUrl: undefined,
  message: undefined,
};

const A = indexedPayload('a.ijm');
const B = indexedPayload('b.ijm');
const OLD = indexedPayload('old.ijm', { isCurrent: false });
const CHANGE: Change = { kind: 'add', path: 'a.ijm', reason: 'it is not on the site yet' };

interface Options {
  readonly settings?: Partial<ImportSettings>;
  /** What the old place has in addition to its index and all payloads; `undefined` for files that it has lost. */
  readonly from?: Partial<SiteSnapshot>;
  readonly lost?: readonly IndexedPayload[];
  /** What the new place has. */
  readonly to?: Readonly<Record<string, string>>;
  readonly snapshot?: Partial<SiteSnapshot>;
  readonly store?: Partial<SiteStore>;
  readonly format?: Partial<Format<unknown, never, never, unknown>>;
  readonly inspector?: Partial<Inspector>;
  readonly results?: Parameters<typeof verifyingInspector>[0];
}

/** Imports a site with these payloads into an empty place, unless stated otherwise, and records what happens. */
function importing(payloads: readonly IndexedPayload[], options: Options = {}) {
  const { lost = [], to = {}, settings = {}, results } = options;
  const events: string[] = [];
  const format = formatWith({
    name: 'imagej',
    indexPaths: [INDEX, EXTRA],
    isStoredPath: (path) => path.endsWith(STAMP),
    parseIndex: (files) =>
      Buffer.from(files.get(INDEX) ?? [])
        .toString()
        .trim(),
    renderIndex: (index) => [{ path: INDEX, bytes: Buffer.from(String(index)) }],
    compare: (before, after) => (before === '' && after === 'index' ? [CHANGE] : []),
    verification: { payloadsOf: () => payloads } as never,
    ...options.format,
  });
  const stored = payloads
    .filter((payload) => !lost.includes(payload))
    .flatMap(({ storedPath }) => storedPath ?? []);
  const files = { [INDEX]: 'index', ...Object.fromEntries(stored.map((path) => [path, 'x'])) };
  const { store, published } = memoryStore(memorySite(to, options.snapshot), options.store);
  const folder: CopyFolder = {
    path: '/copies',
    present: () => Promise.resolve(undefined),
    remove: () => Promise.resolve(void events.push('remove copies')),
  };
  const source = memorySource(memorySite(files, options.from));
  const done = importSite(
    source,
    [format],
    { ...SETTINGS, ...settings },
    {
      store: {
        ...store,
        open: (forWriting) => (events.push(`open ${String(forWriting)}`), store.open(forWriting)),
      },
      inspector: { ...verifyingInspector(results), ...options.inspector },
      copies: (key) => {
        events.push(`copies of ${key.map((part) => Buffer.from(part).toString()).join(', ')}`);
        return Promise.resolve(folder);
      },
      progress: recordedProgress(events),
      runtime: { now: () => NOW },
      log: { info: (text) => events.push(text), detail: (text) => events.push(text) },
    },
  );
  return { done, events, published };
}

test('a site gets its index byte for byte, and its current files under the same names', async () => {
  const { done, events, published } = importing([A, B, OLD]);
  expect(await done).toEqual({
    ...emptyOutcome('imagej', 'publication', 'folder new'),
    isMove: true,
    changed: true,
    changes: [CHANGE],
    notices: ['From folder old: 2 files (2 bytes), under the same names.'],
    commit: 'c0ffee',
    publishedFiles: [A.name, B.name],
    publishedBytes: 2,
  });
  expect(published).toHaveLength(1);
  expect(published[0]).toMatchObject({
    payloads: [
      { storedPath: A.name, path: 'a.ijm', size: 1, checksum: 'aa' },
      { storedPath: B.name, path: 'b.ijm', size: 1, checksum: 'aa' },
    ],
    restored: [],
    removals: [],
    indexFiles: [{ path: INDEX, bytes: Buffer.from('index') }],
    message: 'Import the site\n\nFrom folder old\n',
    date: NOW,
  });
  expect(events).toEqual([
    'Reading folder old.',
    'open true',
    'Fetching 2 files from folder old.',
    'copies of folder old, index',
    'Fetching files: 2 bytes',
    '+1',
    '+1',
    'done',
    'Writing 2 files to folder new.',
    'remove copies',
  ]);
});

test('previous versions are imported if they are wanted, without those that are lost', async () => {
  const gone = indexedPayload('gone.ijm', { isCurrent: false });
  const { done, published } = importing([OLD, gone], { settings: { history: true }, lost: [gone] });
  expect((await done).problems).toEqual([
    {
      severity: 'warning',
      code: 'lost-payload',
      path: gone.name,
      message: `The previous version ${gone.name} cannot be fetched from the old place: it does not exist there.`,
      hint: 'The import goes on without it. Users are not offered it, but the site cannot be rolled back to it.',
    },
  ]);
  expect(published[0]?.payloads.map(({ storedPath }) => storedPath)).toEqual([OLD.name]);
});

test('a preview shows what would be imported, and opens the place only for reading', async () => {
  const { done, events, published } = importing([A], { settings: { preview: true } });
  expect(await done).toMatchObject({ kind: 'preview', changed: true, changes: [CHANGE], publishedFiles: [] });
  expect([published, events]).toEqual([[], ['Reading folder old.', 'open false']]);
});

test('a file on another server stays there, and a file of unknown size has none', async () => {
  const url = 'https://x.org/plugin.zip';
  const elsewhere = { ...B, storedPath: undefined, url, name: url };
  const unsized = { ...A, size: undefined };
  const { done } = importing([unsized, elsewhere], {
    settings: { preview: true },
    from: { statFiles: () => Promise.resolve([{ status: 'there', size: undefined }]) },
  });
  expect((await done).notices).toEqual([
    'From folder old: 1 file (0 bytes), under the same names. 1 file on another server stays there.',
  ]);
});

test('the message of the user is used', async () => {
  const { done, published } = importing([A], { settings: { message: 'Move' } });
  await done;
  expect(published[0]?.message).toBe('Move');
});

test('files are fetched in batches', async () => {
  const batches: number[] = [];
  const payloads = Array.from({ length: 70 }, (_, at) => indexedPayload(`${at}.ijm`));
  const { done } = importing(payloads, {
    from: {
      fetchFiles: (paths, { fileFor }) => {
        batches.push(paths.length);
        return Promise.resolve(
          paths.map((path) => ({ status: 'there', file: fileFor(path), size: 1, modified: 1 })),
        );
      },
    },
  });
  expect((await done).publishedFiles).toHaveLength(70);
  expect(batches).toEqual([64, 6]);
});

describe('a place that has the site already', () => {
  test('gets only the files that it lacks', async () => {
    const { done, published } = importing([A, B], { to: { [INDEX]: 'index', [A.name]: 'x' } });
    expect(await done).toMatchObject({
      changed: true,
      changes: [],
      restored: [B.name],
      publishedFiles: [B.name],
      notices: ['From folder old: 1 file (1 byte), under the same names.'],
    });
    expect(published[0]).toMatchObject({
      restored: [B.name],
      indexFiles: [],
      message: 'Complete the import of the site\n\n1 file from folder old\n',
    });
  });

  test('is not changed if nothing of what it lacks can be fetched', async () => {
    const differs = { facts: { isMatch: false, checksum: 'bb' } };
    const { done, published, events } = importing([A, OLD], {
      to: { [INDEX]: 'index', [A.name]: 'x' },
      settings: { history: true },
      results: { [OLD.name]: differs },
    });
    expect(await done).toMatchObject({
      changed: false,
      refusal: undefined,
      restored: [],
      problems: [{ severity: 'warning', code: 'damaged-payload' }],
      notices: ['From folder old: 0 files (0 bytes), under the same names.'],
    });
    expect(published).toEqual([]);
    expect(events.at(-1)).toBe('remove copies');
  });

  test('is not changed if it is complete', async () => {
    const { done, published, events } = importing([A], { to: { [INDEX]: 'index', [A.name]: 'x' } });
    expect(await done).toMatchObject({ changed: false, refusal: undefined, restored: [] });
    expect(published).toEqual([]);
    expect(events).toEqual(['Reading folder old.', 'open true']);
  });
});

describe('a place with an empty site', () => {
  const EMPTY = { [INDEX]: ' ' };

  test('gets the site as an empty place does, and the report names what was replaced', async () => {
    const fresh = importing([A]);
    const { done, published } = importing([A], { to: EMPTY });
    const { notices = [], ...outcome } = await fresh.done;
    expect(await done).toEqual({
      ...outcome,
      notices: [...notices, 'The empty site that was in folder new is replaced.'],
    });
    const verify: unknown = expect.any(Function);
    expect(published).toEqual(fresh.published.map((one) => ({ ...one, verify })));
  });

  test('is not changed by a preview, which names what would be replaced', async () => {
    const { done, published } = importing([A], { to: EMPTY, settings: { preview: true } });
    expect((await done).notices).toContain('The empty site that was in folder new is replaced.');
    expect(published).toEqual([]);
  });

  test('may have users, who are not offered files with old timestamps', async () => {
    const { done } = importing([A], { to: EMPTY, format: { clientsCompareStamps: true } });
    expect((await done).notices?.at(-1)).toBe(
      'The empty site that was in folder new is replaced. Users who have already added it must choose the files themselves: clients select only files that are newer than the index that they have read.',
    );
  });

  test('is not empty if it has payloads', async () => {
    const { done } = importing([A], { to: { ...EMPTY, [`z-${STAMP}`]: 'x' } });
    await expect(done).rejects.toMatchObject({
      code: 'index',
      message: `db.xml.gz does not list any file, but folder new contains payloads such as z-${STAMP}.`,
    });
  });

  test('may have payloads of an interrupted import if it writes files one by one', async () => {
    const to = { ...EMPTY, [A.name]: 'x' };
    const { done } = importing([A], { to, store: { isAtomic: false } });
    expect(await done).toMatchObject({ changed: true, changes: [CHANGE] });
  });
});

describe('a place with something else', () => {
  test.each([
    ['another site', { [INDEX]: 'other' }],
    ['a part of a site', { [EXTRA]: 'index' }],
    ['a part of an empty site', { [EXTRA]: ' ' }],
  ])('is not changed if it has %s', async (_, to) => {
    const { done, published } = importing([A], { to });
    await expect(done).rejects.toMatchObject({
      code: 'site',
      message: 'There is already another site in folder new.',
      hint: expect.stringMatching(/^Nothing was changed: an import never overwrites a site\./) as string,
    });
    expect(published).toEqual([]);
  });

  test('is not changed if its index cannot be read', async () => {
    const parseIndex = (files: ReadonlyMap<string, Uint8Array>) => {
      const text = Buffer.from(files.get(INDEX) ?? []).toString();
      if (text === 'broken') throw new UserError('index', 'It is broken.');
      return text;
    };
    const { done, published } = importing([A], { to: { [INDEX]: 'broken' }, format: { parseIndex } });
    await expect(done).rejects.toMatchObject({
      code: 'site',
      message: 'There is already another site in folder new.',
    });
    expect(published).toEqual([]);
  });

  test('is not changed if it has lost its index', async () => {
    const { done } = importing([A], { to: { 'README.md': 'x', [`z-${STAMP}`]: 'x' } });
    await expect(done).rejects.toMatchObject({
      code: 'index',
      message: `db.xml.gz is missing, but folder new contains payloads such as z-${STAMP}.`,
    });
  });
});

describe('problems', () => {
  test('with a current file refuse the import before anything is fetched', async () => {
    const { done, events, published } = importing([A, B], { lost: [B] });
    expect(await done).toMatchObject({
      changed: false,
      refusal: 'errors',
      problems: [
        {
          severity: 'error',
          code: 'lost-payload',
          message: `${B.name} cannot be fetched from the old place: it does not exist there. Users are offered it.`,
        },
      ],
    });
    expect([published, events]).toEqual([[], ['Reading folder old.', 'open true']]);
  });

  test('that are warnings refuse the import if the user wants that', async () => {
    const options = { settings: { history: true, failOn: 'warning' }, lost: [OLD] } as const;
    expect(await importing([A, OLD], options).done).toMatchObject({ changed: false, refusal: 'warnings' });
  });

  test('with the content of a file refuse the import, and keep what was fetched', async () => {
    const differs = { facts: { isMatch: false, checksum: 'bb' } };
    const { done, events, published } = importing([A, B], { results: { [B.name]: differs } });
    expect(await done).toMatchObject({
      changed: false,
      refusal: 'errors',
      publishedFiles: [],
      problems: [{ code: 'damaged-payload', path: B.name }],
    });
    expect(published).toEqual([]);
    expect(events).not.toContain('remove copies');
  });

  test('of the new place are found before anything is fetched', async () => {
    const { done } = importing([A, { ...B, size: 300 }], {
      store: { budget: { maxFileBytes: 200, warnFileBytes: 100, maxSiteBytes: 2000, warnSiteBytes: 1000 } },
      snapshot: {
        usage: () => Promise.resolve({ bytes: 900, unmeasured: 0 }),
        obstacles: ([path = '']) =>
          Promise.resolve([{ path, message: 'A folder is there.', hint: 'Move it.' }]),
        unserved: ([path = '']) => [
          { path, code: 'dropped-by-jekyll', message: 'It is hidden.', hint: 'Rename it.' },
        ],
      },
    });
    expect((await done).problems.map(({ severity, code, path }) => [severity, code, path])).toEqual([
      ['error', 'file-too-large', B.name],
      ['warning', 'site-near-limit', undefined],
      ['error', 'place-taken', A.name],
      ['warning', 'dropped-by-jekyll', A.name],
    ]);
  });

  test('of size are not found if the place has limits but cannot be measured', async () => {
    const budget = { maxFileBytes: 0, warnFileBytes: 0, maxSiteBytes: 0, warnSiteBytes: 0 };
    expect((await importing([A], { store: { budget } }).done).problems).toEqual([]);
  });

  test('of size count a file of unknown size as empty', async () => {
    const budget = { maxFileBytes: 2, warnFileBytes: 1, maxSiteBytes: 2000, warnSiteBytes: 1000 };
    const { done } = importing([{ ...A, size: undefined }], {
      settings: { preview: true },
      store: { budget },
      snapshot: { usage: () => Promise.resolve({ bytes: 0, unmeasured: 0 }) },
      from: { statFiles: () => Promise.resolve([{ status: 'there', size: undefined }]) },
    });
    expect((await done).problems).toEqual([]);
  });
});

test('a change of the place by another run ends the import, and keeps what was fetched', async () => {
  const { done, events } = importing([A], {
    store: { publish: () => Promise.resolve({ status: 'lost race' }) },
  });
  await expect(done).rejects.toMatchObject({
    code: 'race',
    message: 'Another run changed folder new during the import.',
    hint: 'Nothing was written. Run again: files that were fetched are kept.',
  });
  expect(events).not.toContain('remove copies');
});

test('the copies are compared with the index again when they are written', async () => {
  const { done, events } = importing([A], {
    inspector: { checksumAll: () => Promise.resolve([{ checksum: 'bb', size: 1 }]) },
    store: {
      publish: async (_, { payloads, verify }) => {
        await verify(payloads.map((payload) => ({ payload, file: payload.file })));
        return { status: 'published', commit: undefined };
      },
    },
  });
  await expect(done).rejects.toMatchObject({ code: 'artifact' });
  expect(events).not.toContain('remove copies');
});

describe('an index with addresses', () => {
  const relocating = {
    relocate: (index: unknown, from: string | undefined, to: string) =>
      `${String(index)} ${from ?? '?'} -> ${to}`,
    renderIndex: (index: unknown) => [{ path: INDEX, bytes: Buffer.from(String(index)) }],
  };
  const siteUrl = 'https://new.org/';

  test('gets those of the new place', async () => {
    const served = { url: 'https://old.org/' } as never;
    const { done, published } = importing([A], {
      format: relocating,
      from: { served },
      settings: { siteUrl },
    });
    expect((await done).siteUrl).toBe(siteUrl);
    expect(published[0]?.indexFiles).toEqual([
      { path: INDEX, bytes: Buffer.from('index https://old.org/ -> https://new.org/') },
    ]);
  });

  test('is compared with the new place as it would be written there', async () => {
    const options = { format: relocating, settings: { siteUrl } };
    const there = { [INDEX]: 'index ? -> https://new.org/', [A.name]: 'x' };
    expect(await importing([A], { ...options, to: there }).done).toMatchObject({ changed: false });
  });

  test('is refused if the new address is not known', async () => {
    const { done, events } = importing([A], { format: relocating });
    expect(await done).toMatchObject({
      refusal: 'errors',
      problems: [
        {
          code: 'no-site-url',
          message: 'The public address of the new place is unknown, but the index must contain it.',
          hint: 'Set it with "site-url" (--site-url).',
        },
      ],
    });
    expect(events).toEqual(['Reading folder old.']);
  });
});
