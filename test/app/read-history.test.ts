import type { ReadableSite, SitePast } from '../../src/app/ports/site-source.js';
import { readHistory, type PastIndex } from '../../src/app/read-history.js';
import { format } from '../../src/formats/imagej/format.js';
import { gzipIndex } from '../../src/formats/imagej/index/gzip.js';
import type { SiteIndex } from '../../src/formats/imagej/index/site-index.js';
import { renderIndexXml } from '../../src/formats/imagej/index/write.js';
import { format as plugins } from '../../src/formats/jetbrains/format.js';
import {
  EMPTY_REPOSITORY,
  INDEX_PATH,
  type Repository,
} from '../../src/formats/jetbrains/index/repository.js';
import { sitePath } from '../../src/model/site-path.js';
import { imagejIndex } from '../support/imagej-site.js';
import { bytesOf, idOf, keeping, siteWith } from '../support/kept-site.js';
import { memorySite } from '../support/memory-site.js';
import { artifact, publish } from '../support/plan-plugins.js';

const FIRST = 20260101000000;
const SECOND = 20260201000000;
/** Ahead of the clock, as for new files. */
const AHEAD = 20260201140001;

async function listed(site: ReadableSite): Promise<readonly PastIndex<SiteIndex>[]> {
  const all: PastIndex<SiteIndex>[] = [];
  for await (const past of readHistory(format, site)) all.push(past);
  return all;
}

const filesOf = (repository: Repository) =>
  new Map(plugins.renderIndex(repository).map(({ path, bytes }) => [path, bytes]));

const inWords = (all: readonly PastIndex<SiteIndex>[]) =>
  all.map(({ timestamp, commit, changes, isExact }) => [
    timestamp,
    commit,
    changes.map(({ kind, path }) => `${kind} ${path}`).join(', '),
    isExact,
  ]);

const A = { 'macros/a.ijm': { timestamp: FIRST } };
const B = { 'macros/b.ijm': { timestamp: AHEAD } };
const NEW_A = { 'macros/a.ijm': { timestamp: SECOND, checksum: 'b'.repeat(40) } };

test('each state is compared with the one before it', async () => {
  const { site } = keeping(bytesOf(A), bytesOf({ ...A, ...B }));
  expect(inWords(await listed(site))).toEqual([
    [AHEAD, idOf(0), 'add macros/b.ijm', true],
    [FIRST, idOf(1), 'add macros/a.ijm', true],
  ]);
});

test('a publication has its own timestamp, also if an earlier one was further ahead', async () => {
  const { site } = keeping(bytesOf(A), bytesOf({ ...A, ...B }), bytesOf({ ...NEW_A, ...B }));
  expect((await listed(site)).map(({ timestamp }) => timestamp)).toEqual([SECOND, AHEAD, FIRST]);
});

test('a state with the versions of an earlier one has no timestamp of its own', async () => {
  const { site } = keeping(bytesOf(A), bytesOf({ ...A, ...B }), bytesOf(A));
  expect((await listed(site)).map(({ timestamp }) => timestamp)).toEqual([undefined, AHEAD, FIRST]);
});

test('states without a readable index are left out, and not compared with', async () => {
  const { site } = keeping(bytesOf(A), Buffer.from('broken'), undefined, bytesOf({ ...A, ...B }));
  expect(inWords(await listed(site))).toEqual([
    [AHEAD, idOf(0), 'add macros/b.ijm', true],
    [FIRST, idOf(3), 'add macros/a.ijm', true],
  ]);
});

test('a state that lacks the main file of its index is left out', async () => {
  const { files } = publish(EMPTY_REPOSITORY, { artifacts: [artifact({})] });
  const states: readonly ReadonlyMap<string, Uint8Array>[] = [
    new Map([...files].filter(([path]) => path !== INDEX_PATH)),
    files,
  ];
  const asked: (readonly string[])[] = [];
  const past: SitePast = {
    statesOf(paths) {
      asked.push(paths);
      const state = { date: new Date(0), author: 'Jo', subject: '' };
      return Promise.resolve(states.map((_, at) => ({ ...state, id: String(at) })));
    },
    readAt: (ids, path) => Promise.resolve(ids.map((id) => states[Number(id)]?.get(path))),
    at: () => memorySite({}),
  };
  const commits: (string | undefined)[] = [];
  for await (const { commit } of readHistory(plugins, { ...siteWith(undefined), past })) commits.push(commit);
  expect(commits).toEqual(['1']);
  // A publication may change only the history of a plugin repository.
  expect(asked).toEqual([['updatePlugins.xml', 'updatePlugins-versions.json']]);
});

test('a state that only records a channel is not a publication of its site', async () => {
  const before = publish(EMPTY_REPOSITORY, { artifacts: [artifact({})] });
  const channels = [sitePath('eap')];
  const recorded = { ...before.applied, channels };
  const after = publish(recorded, { artifacts: [artifact({ version: '1.1' })] });
  const states = [after.files, filesOf(recorded), before.files];
  const past: SitePast = {
    statesOf: () =>
      Promise.resolve(
        states.map((_, at) => ({ id: String(at), date: new Date(0), author: 'Jo', subject: '' })),
      ),
    readAt: (ids, path) => Promise.resolve(ids.map((id) => states[Number(id)]?.get(path))),
    at: () => memorySite({}),
  };
  const listed: unknown[] = [];
  for await (const { commit, changes } of readHistory(plugins, { ...siteWith(undefined), past }))
    listed.push([commit, changes.map(({ kind }) => kind)]);
  expect(listed).toEqual([
    ['0', ['update']],
    ['2', ['add']],
  ]);
});

test('the first state tells of the publications before it', async () => {
  const old = gzipIndex(
    renderIndexXml(imagejIndex(NEW_A)).replace(
      '<version ',
      `<previous-version timestamp="${FIRST}" timestamp-obsolete="${SECOND}" checksum="${'a'.repeat(40)}" filename="macros/a.ijm"/><version `,
    ),
  );
  const earlier = [FIRST, undefined, 'add macros/a.ijm', false];
  expect(inWords(await listed(keeping(old).site))).toEqual([
    [SECOND, idOf(0), 'add macros/a.ijm', true],
    earlier,
  ]);
  expect(inWords(await listed(siteWith(old)))).toEqual([
    [SECOND, undefined, 'update macros/a.ijm', true],
    earlier,
  ]);
});

test('an import into an empty site tells of the publications before it', async () => {
  const imported = bytesOf({ 'macros/a.ijm': { timestamp: SECOND }, ...B });
  const { site } = keeping(bytesOf({}), imported);
  expect(inWords(await listed(site))).toEqual([
    [AHEAD, idOf(0), 'add macros/a.ijm, add macros/b.ijm', true],
    [undefined, idOf(1), '', true],
    [SECOND, undefined, 'add macros/a.ijm', false],
  ]);
});

test('states are read only as far as necessary', async () => {
  const { site, batches } = keeping(...Array.from({ length: 60 }, () => bytesOf(A)));
  const history = readHistory(format, site);
  await history.next();
  expect(batches).toEqual([25]);
  await history.return({ isComplete: false });
  expect(await listed(site)).toHaveLength(60);
  expect(batches).toEqual([25, 25, 25, 10]);
});

/** Returns the number of publications, and whether they are all that the site has. */
async function extentOf(...states: readonly (Uint8Array | undefined)[]): Promise<[number, boolean]> {
  const history = readHistory(format, keeping(...states).site);
  for (let number = 0; ; number++) {
    const next = await history.next();
    if (next.done) return [number, next.value.isComplete];
  }
}

test('a history states at its end whether it is complete', async () => {
  const many = (length: number) => Array.from({ length }, () => bytesOf(A));
  expect(await extentOf()).toEqual([0, true]);
  expect(await extentOf(...many(500))).toEqual([500, true]);
  expect(await extentOf(...many(501))).toEqual([500, false]);
  expect(await extentOf(...many(600))).toEqual([500, false]);
});

test('a history with states that cannot be read is not complete at its limit either', async () => {
  const states = Array.from({ length: 600 }, (_, at) => (at >= 590 ? undefined : bytesOf(A)));
  expect(await extentOf(...states)).toEqual([490, false]);
});

test('a history from the index is complete', async () => {
  const history = readHistory(format, siteWith(bytesOf(A)));
  await history.next();
  expect(await history.next()).toEqual({ done: true, value: { isComplete: true } });
});

test('an index that did not change is not read again', async () => {
  const parsed: Uint8Array[] = [];
  const counting = {
    ...format,
    parseIndex: (files: ReadonlyMap<string, Uint8Array>) => {
      parsed.push(...files.values());
      return format.parseIndex(files);
    },
  };
  const [old, now] = [bytesOf(A), bytesOf({ ...A, ...B })];
  const { site } = keeping(old, old, Buffer.from(now), now, undefined, now);
  const changes: number[] = [];
  for await (const past of readHistory(counting, site)) changes.push(past.changes.length);
  expect(changes).toEqual([0, 0, 1, 0, 1]);
  expect(parsed).toEqual([now, old]);
});

test('the files of the index are known if they were stored', async () => {
  const [old, now] = [bytesOf(A), bytesOf({ ...A, ...B })];
  const filesIn = async (site: ReadableSite) =>
    (await listed(site)).map(({ files }) => files?.get('db.xml.gz'));
  expect(await filesIn(keeping(old, now).site)).toEqual([now, old]);
  expect(await filesIn(siteWith(now))).toEqual([now, undefined]);
});

test('a site that was only set up has one state without changes', async () => {
  expect(inWords(await listed(keeping(bytesOf({})).site))).toEqual([[undefined, idOf(0), '', true]]);
});

test('a site without an index has no publications', async () => {
  expect(await listed(siteWith(undefined))).toEqual([]);
  expect(await listed(keeping().site)).toEqual([]);
});

test('a defect in reading an index ends the history', async () => {
  const defect = new TypeError('x is undefined');
  const broken = {
    ...format,
    parseIndex: () => {
      throw defect;
    },
  };
  await expect(readHistory(broken, keeping(bytesOf(A)).site).next()).rejects.toBe(defect);
});

test('a format whose sites cannot be rolled back has only what the place keeps', async () => {
  const { rollback, ...plain } = format;
  expect(rollback).toBeDefined();
  expect((await readHistory(plain, siteWith(bytesOf(A))).next()).done).toBe(true);
  const kept = await readHistory(plain, keeping(bytesOf(A)).site).next();
  expect(kept.value).toMatchObject({ commit: idOf(0), timestamp: undefined });
});
