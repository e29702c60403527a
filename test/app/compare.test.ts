import { compareSites, type SiteState } from '../../src/app/compare.js';
import type { UpstreamIndexes } from '../../src/app/ports/upstream-indexes.js';
import type { Format, SomeFormat } from '../../src/formats/format.js';
import type { Change } from '../../src/model/change.js';
import { emptyOutcome } from '../../src/model/outcome.js';
import { sitePath } from '../../src/model/site-path.js';
import { UserError } from '../../src/model/user-error.js';
import { formatWith } from '../support/format-with.js';
import { memorySite, memorySource } from '../support/memory-site.js';

const LOG = { info: () => undefined, detail: () => undefined };

type SomeMembers = Partial<Format<unknown, never, never, unknown>>;

/** A format whose indexes are texts, with one change per letter that is only in the later one. */
function textFormat(name: 'imagej' | 'jetbrains', main: string, more: SomeMembers = {}): SomeFormat {
  return formatWith({
    name,
    indexPaths: [sitePath(main), sitePath('history')],
    parseIndex: (files, origin) => {
      const text = [...files.values()].map((bytes) => Buffer.from(bytes).toString()).join(' ');
      if (text.includes('broken'))
        throw new UserError('index', `${origin?.label ?? 'An index'} is broken.`, { hint: 'Repair it.' });
      return text;
    },
    compare: (before, after) =>
      Array.from(String(after))
        .filter((letter) => !String(before).includes(letter))
        .map((path): Change => ({ kind: 'add', path, reason: '', ...(path === 'x' ? {} : { size: 5 }) })),
    diff: (before, after) => `-${String(before)}\n+${String(after)}\n`,
    ...more,
  });
}

const IMAGEJ = textFormat('imagej', 'db.xml.gz');
const JETBRAINS = textFormat('jetbrains', 'updatePlugins.xml');

const site = (files: Readonly<Record<string, string>>, name = 'folder a'): SiteState => ({
  kind: 'site',
  source: memorySource(memorySite(files), name),
  at: undefined,
});
const indexAt = (location: string): SiteState => ({ kind: 'index', location });
const failing = (error: Error): SiteState => ({
  kind: 'site',
  source: { ...memorySource(memorySite({})), open: () => Promise.reject(error) },
  at: undefined,
});

/** Indexes by their location. */
function indexes(texts: Readonly<Record<string, string>>): UpstreamIndexes {
  return {
    read: ({ location }) => {
      const text = texts[location];
      if (text === undefined) return Promise.reject(new UserError('remote', `${location} does not respond.`));
      return Promise.resolve({
        bytes: Buffer.from(text),
        outdated: undefined,
        keep: () => Promise.resolve(),
      });
    },
  };
}

function compare(before: SiteState, after: SiteState, texts = {}, formats = [IMAGEJ, JETBRAINS] as const) {
  return compareSites(formats, before, after, indexes(texts), LOG);
}

const PLAIN = emptyOutcome('imagej', 'comparison', 'folder b');

test('two sites are compared by their indexes', async () => {
  const after = site({ 'db.xml.gz': 'abx' }, 'folder b');
  expect(await compare(site({ 'db.xml.gz': 'a' }), after)).toEqual({
    ...PLAIN,
    changed: true,
    changes: [
      { kind: 'add', path: 'b', reason: '', size: 5 },
      { kind: 'add', path: 'x', reason: '' },
    ],
    publishedBytes: 5,
    offers: undefined,
    diff: '-a\n+abx\n',
  });
});

test('equal sites have not changed', async () => {
  const outcome = await compare(site({ 'db.xml.gz': 'a' }), site({ 'db.xml.gz': 'a' }, 'folder b'));
  expect(outcome).toMatchObject({ changed: false, changes: [], publishedBytes: 0 });
});

test('the offers of a format with several of them are compared', async () => {
  const offers = { columns: [], rows: [] } as never;
  const format = textFormat('jetbrains', 'updatePlugins.xml', { compareOffers: () => offers });
  const states = [site({ 'updatePlugins.xml': 'a' }), site({ 'updatePlugins.xml': 'b' })] as const;
  expect((await compareSites([format], ...states, indexes({}), LOG)).offers).toBe(offers);
});

test('an index without a site has the format of the other side, or the first format', async () => {
  const texts = { 'a.xml': 'a', 'b.xml': 'b' };
  const folder = site({ 'updatePlugins.xml': 'ab' }, 'folder b');
  expect(await compare(indexAt('a.xml'), folder, texts)).toMatchObject({
    format: 'jetbrains',
    diff: '-a\n+ab\n',
  });
  expect(await compare(folder, indexAt('a.xml'), texts)).toMatchObject({
    format: 'jetbrains',
    site: 'a.xml',
  });
  expect(await compare(indexAt('a.xml'), indexAt('b.xml'), texts)).toMatchObject({
    format: 'imagej',
    diff: '-a\n+b\n',
  });
});

test('further files of an index count only if both states have them', async () => {
  const [both, main] = [{ 'db.xml.gz': 'a', history: 'h' }, { 'db.xml.gz': 'b' }];
  expect((await compare(site(both), site(main))).diff).toBe('-a\n+b\n');
  expect((await compare(site(both), site({ ...main, history: 'i' }))).diff).toBe('-a h\n+b i\n');
  expect((await compare(site(both), indexAt('b.xml'), { 'b.xml': 'b' })).diff).toBe('-a\n+b\n');
});

test('a site that has two kinds is compared as the other one', async () => {
  const two = site({ 'db.xml.gz': 'x', 'updatePlugins.xml': 'a' }, 'folder b');
  expect(await compare(site({ 'updatePlugins.xml': 'b' }), two)).toMatchObject({
    format: 'jetbrains',
    diff: '-b\n+a\n',
  });
});

describe('states that cannot be compared', () => {
  const problemsOf = (done: Promise<unknown>) =>
    done.then(
      () => [],
      (error: unknown) => {
        expect(error).toMatchObject({ code: 'index', message: 'The two indexes cannot be compared.' });
        return (error as UserError).problems.map(({ code, path, message }) => [code, path, message]);
      },
    );

  test('are both reported', async () => {
    const lost = failing(new UserError('remote', 'It is lost.'));
    expect(await problemsOf(compare(lost, indexAt('b.xml')))).toEqual([
      ['upstream-unreachable', 'folder old', 'It is lost.'],
      ['upstream-unreachable', 'b.xml', 'b.xml does not respond.'],
    ]);
    const broken = site({ 'db.xml.gz': 'broken' }, 'folder b');
    expect(await problemsOf(compare(site({}), broken))).toEqual([
      [
        'upstream-unreadable',
        'folder a',
        'No site was found in folder a: it has no db.xml.gz or updatePlugins.xml.',
      ],
      ['upstream-unreadable', 'folder b', 'the later state is broken.'],
    ]);
  });

  test('may be sites of two kinds', async () => {
    const done = compare(site({ 'db.xml.gz': 'a' }), site({ 'updatePlugins.xml': 'a' }, 'folder b'));
    expect(await problemsOf(done)).toEqual([
      ['upstream-unreadable', 'folder b', 'No site was found in folder b: it has no db.xml.gz.'],
    ]);
  });

  test.each([new UserError('cancelled', 'The run was interrupted.'), new TypeError('x is undefined')])(
    'do not hide another fault (%#)',
    async (error) => {
      await expect(compare(failing(error), site({ 'db.xml.gz': 'a' }))).rejects.toBe(error);
    },
  );
});
