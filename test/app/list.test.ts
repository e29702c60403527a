import { describeFile, listSite } from '../../src/app/list.js';
import type { ReadableSite } from '../../src/app/ports/site-source.js';
import type { ListingRules, NamedFiles } from '../../src/formats/listing.js';
import type { DetailedFile, ListedFile } from '../../src/model/listing.js';
import { sitePath } from '../../src/model/site-path.js';
import { formatWith } from '../support/format-with.js';
import { memorySite, memorySource } from '../support/memory-site.js';

const INDEX = 'db.xml.gz';
const LOG = { info: () => undefined, detail: () => undefined };

function file(path: string, isCurrent = true): ListedFile {
  return {
    path,
    version: undefined,
    size: 1,
    timestamp: undefined,
    checksum: undefined,
    isCurrent,
    previous: 0,
  };
}

/** A format whose sites have these files, and which finds this. Records what it gets. */
function listing(files: readonly ListedFile[], named: NamedFiles = { status: 'unknown', near: [] }) {
  const calls: unknown[] = [];
  const rules: ListingRules<unknown> = {
    filesOf: (index, url) => (calls.push([index, url]), files),
    find: (index, name, url) => (calls.push([index, name, url]), named),
  };
  const format = formatWith({
    name: 'imagej',
    indexPaths: [sitePath(INDEX)],
    parseIndex: (read) => `parsed ${[...read.keys()].join()}`,
    listing: rules,
  });
  return { format, calls };
}

const source = (more: Partial<ReadableSite> = {}) => memorySource(memorySite({ [INDEX]: 'x' }, more));
const SERVED = { served: { url: 'https://lab.org/' } as never };
const SETTINGS = { obsolete: false, siteUrl: undefined, at: undefined };

test('a list shows what clients are offered, and counts the rest', async () => {
  const { format } = listing([file('a'), file('b', false), file('c')]);
  expect(await listSite(source(), [format], SETTINGS, LOG)).toEqual({
    format: 'imagej',
    site: 'folder old',
    at: undefined,
    isExact: true,
    files: [file('a'), file('c')],
    hidden: 1,
  });
  const all = await listSite(source(), [format], { ...SETTINGS, obsolete: true }, LOG);
  expect(all).toMatchObject({ files: [file('a'), file('b', false), file('c')], hidden: 0 });
});

test('addresses are those of the place unless the user gave another one', async () => {
  const { format, calls } = listing([]);
  await listSite(source(), [format], SETTINGS, LOG);
  await listSite(source(SERVED), [format], SETTINGS, LOG);
  await listSite(source(SERVED), [format], { ...SETTINGS, siteUrl: 'https://new.org/' }, LOG);
  expect(calls).toEqual(
    [undefined, 'https://lab.org/', 'https://new.org/'].map((url) => [`parsed ${INDEX}`, url]),
  );
});

test('one file is described by its name', async () => {
  const files = [{ ...file('a'), details: {} } as DetailedFile];
  const { format, calls } = listing([], { status: 'found', files });
  expect(
    await describeFile(source(SERVED), [format], 'a', { siteUrl: undefined, at: undefined }, LOG),
  ).toEqual({
    format: 'imagej',
    site: 'folder old',
    at: undefined,
    isExact: true,
    presence: new Map(),
    publications: undefined,
    files,
    hidden: 0,
  });
  expect(calls).toEqual([[`parsed ${INDEX}`, 'a', 'https://lab.org/']]);
});

const names = (count: number) => Array.from({ length: count }, (_, at) => `n${at}`);
const TEN = 'n0, n1, n2, n3, n4, n5, n6, n7, n8, n9';

test.each<[NamedFiles, string, string]>([
  [
    { status: 'ambiguous', names: names(10) },
    `Several files are called a: ${TEN}.`,
    'Write the whole path of one of them.',
  ],
  [
    { status: 'ambiguous', names: names(12) },
    `Several files are called a: ${TEN} and 2 more.`,
    'Write the whole path of one of them.',
  ],
  [{ status: 'unknown', near: ['b'] }, 'The site does not have a file a: folder old.', 'Did you mean "b"?'],
  [
    { status: 'unknown', near: [] },
    'The site does not have a file a: folder old.',
    'update-site list --obsolete lists all files.',
  ],
])('a name that does not lead to one file is refused (%#)', async (named, message, hint) => {
  const { format } = listing([], named);
  await expect(
    describeFile(source(), [format], 'a', { siteUrl: undefined, at: undefined }, LOG),
  ).rejects.toMatchObject({
    code: 'refused',
    message,
    hint,
    problems: [{ severity: 'error', code: 'unknown-file', message, hint }],
  });
});

test('a format without a list is an internal error', async () => {
  const format = formatWith({ name: 'imagej', indexPaths: [sitePath(INDEX)] });
  await expect(listSite(source(), [format], SETTINGS, LOG)).rejects.toThrow(
    'Sites of the format imagej cannot be listed.',
  );
});
