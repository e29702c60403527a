import type { Inspector, VerifyRequest } from '../../../src/app/ports/inspector.js';
import type { LocalFile, ReadableSite } from '../../../src/app/ports/site-source.js';
import type { SiteSnapshot } from '../../../src/app/ports/site-store.js';
import { fetchNeeded } from '../../../src/app/rollback/fetch-needed.js';
import type { NeededPayload } from '../../../src/formats/rollback.js';
import { sitePath } from '../../../src/model/site-path.js';

type Contents = Readonly<Record<string, string>>;

const needed = (from: string, checksum: string, storedPath = from): NeededPayload => ({
  from: sitePath(from),
  storedPath: sitePath(storedPath),
  path: sitePath(from),
  checksums: [checksum],
  size: undefined,
});

/** Makes files available whose contents are given; the name of the local file is the content. */
const fetchFrom =
  (contents: Contents): ReadableSite['fetchFiles'] =>
  (paths) =>
    Promise.resolve(
      paths.map((path): LocalFile => {
        const content = contents[path];
        if (content === 'too large') return { status: 'failed', reason: 'it is too large' };
        return content === undefined
          ? { status: 'missing' }
          : { status: 'there', file: content, size: content.length, modified: 1 };
      }),
    );

const inspector: Partial<Inspector> = {
  verifyAll: (requests: readonly VerifyRequest[]) =>
    Promise.resolve(
      requests.map(({ file, knownChecksums }) => ({
        facts: { checksum: file, isMatch: knownChecksums.includes(file) },
      })),
    ),
};

/** Fetches contents from a site, and from the commit `c1` of its past. */
async function fetched(all: readonly NeededPayload[], now: Contents, then?: Contents, commit?: string) {
  const asked: string[] = [];
  const site: Partial<SiteSnapshot> = {
    statFiles: (paths) =>
      Promise.resolve(
        paths.map((path) => (now[path] ? { status: 'there', size: undefined } : { status: 'missing' })),
      ),
    fetchFiles: fetchFrom(now),
    ...(then && {
      past: {
        statesOf: () => Promise.resolve([]),
        readAt: () => Promise.resolve([]),
        at: (id) => ({
          readFile: () => Promise.resolve(undefined),
          statFiles: () => Promise.resolve([]),
          fetchFiles(paths, options) {
            asked.push(...paths.map((path) => `${id} ${path}`));
            return fetchFrom(then)(paths, options);
          },
        }),
      },
    }),
  };
  const progress = { start: () => ({ advance: () => undefined, done: () => undefined }) };
  const ports = { inspector: inspector as Inspector, progress };
  const found = await fetchNeeded(site as SiteSnapshot, commit, 'jetbrains', all, { path: '/copies' }, ports);
  const { payloads, contents, problems } = found;
  return {
    payloads: payloads.map(({ storedPath, file }) => [storedPath, file]),
    contents: Object.fromEntries(contents),
    problems: problems.map(({ code, message }) => `${code} ${message}`),
    asked,
  };
}

test('a content that is in its place is compared, but not stored again', async () => {
  expect(await fetched([needed('a', 'aa')], { a: 'aa' }, {}, 'c1')).toEqual({
    payloads: [],
    contents: { a: { checksum: 'aa', size: 2 } },
    problems: [],
    asked: [],
  });
});

test('a content that the site has elsewhere is stored in its new place', async () => {
  expect(await fetched([needed('a-1', 'aa', 'a-2')], { 'a-1': 'aa' }, {}, 'c1')).toEqual({
    payloads: [['a-2', 'aa']],
    contents: { 'a-2': { checksum: 'aa', size: 2 } },
    problems: [],
    asked: [],
  });
});

test('contents that the site lacks, or that were replaced, come from the commit of then', async () => {
  const all = [needed('a', 'aa'), needed('b', 'bb', 'b-2'), needed('c', 'cc')];
  const ran = await fetched(all, { b: 'other', c: 'cc' }, { a: 'aa', b: 'bb', c: 'cc' }, 'c1');
  expect(ran).toMatchObject({
    payloads: [
      ['a', 'aa'],
      ['b-2', 'bb'],
    ],
    problems: [],
    asked: ['c1 a', 'c1 b'],
  });
  expect(Object.keys(ran.contents).sort()).toEqual(['a', 'b-2', 'c']);
});

test('all contents that are gone are reported', async () => {
  const all = [needed('a', 'aa'), needed('b', 'bb'), needed('c', 'cc'), needed('d', 'dd')];
  const ran = await fetched(all, { d: 'damaged' }, { b: 'other', c: 'too large' }, 'c1');
  expect(ran.problems).toEqual([
    'lost-payload The site cannot go back to d: it is not what its index states: its checksum is damaged, the index states dd.',
    'lost-payload The site cannot go back to a: it does not exist any more.',
    'lost-payload The site cannot go back to c: it is too large.',
    'lost-payload The site cannot go back to b: it is not what its index states: its checksum is other, the index states bb.',
  ]);
  // A content in its place cannot be replaced.
  expect(ran.asked).toEqual(['c1 a', 'c1 b', 'c1 c']);
});

test.each([
  ['a place without a past', undefined, 'c1'],
  ['a state without a commit', { a: 'aa' }, undefined],
])('%s has only the contents of now', async (_, then, commit) => {
  const { problems, asked } = await fetched([needed('a', 'aa')], {}, then, commit);
  expect(problems).toEqual(['lost-payload The site cannot go back to a: it does not exist any more.']);
  expect(asked).toEqual([]);
});
