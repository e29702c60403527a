import { presenceOf, publicationsOf } from '../../src/app/file-history.js';
import type { FileState, ReadableSite } from '../../src/app/ports/site-source.js';
import { readState } from '../../src/app/read-state.js';
import { format } from '../../src/formats/imagej/format.js';
import { gzipIndex } from '../../src/formats/imagej/index/gzip.js';
import { LISTING } from '../../src/formats/imagej/listing.js';
import type { DetailedFile } from '../../src/model/listing.js';
import { bytesOf, idOf, keeping, siteWith } from '../support/kept-site.js';

const FIRST = 20260101000000;
const SECOND = 20260201000000;
const THIRD = 20260301000000;

const A = { 'macros/a.ijm': { timestamp: FIRST } };
const B = { 'macros/b.ijm': { timestamp: SECOND } };
const NEW_A = { 'macros/a.ijm': { timestamp: THIRD, checksum: 'b'.repeat(40) } };

async function described(site: ReadableSite, name: string, at?: string) {
  const state = await readState(format, site, at);
  const found = LISTING.find(state.index, name, undefined);
  return { state, files: found.status === 'found' ? found.files : [] };
}

async function changing(site: ReadableSite, name: string, at?: string) {
  const { state, files } = await described(site, name, at);
  const publications = await publicationsOf(format, site, state, files);
  return publications?.map(({ commit, changes }) => [
    commit,
    changes.map(({ kind, path }) => `${kind} ${path}`).join(', '),
  ]);
}

test('the publications that changed a file are found, and no other changes', async () => {
  const { site } = keeping(bytesOf(A), bytesOf({ ...A, ...B }), bytesOf({ ...NEW_A, ...B }));
  expect(await changing(site, 'a.ijm')).toEqual([
    [idOf(0), 'update macros/a.ijm'],
    [idOf(2), 'add macros/a.ijm'],
  ]);
  expect(await changing(site, 'b.ijm')).toEqual([[idOf(1), 'add macros/b.ijm']]);
});

test('later publications do not belong to an earlier state', async () => {
  const { site } = keeping(bytesOf(A), bytesOf({ ...A, ...B }), bytesOf({ ...NEW_A, ...B }));
  for (const at of [String(SECOND), idOf(1)])
    expect(await changing(site, 'a.ijm', at)).toEqual([[idOf(2), 'add macros/a.ijm']]);
});

const renamed = gzipIndex(`<pluginRecords><plugin filename="jars/a-2.0.jar">
  <previous-version timestamp="${FIRST}" timestamp-obsolete="${SECOND}" checksum="1" filename="jars/a-1.0.jar"/>
  <version checksum="2" timestamp="${SECOND}" filesize="5"/>
</plugin></pluginRecords>`);

test('a file is followed through its names, and only stored publications count', async () => {
  const { site } = keeping(bytesOf({ 'jars/a-1.0.jar': { timestamp: FIRST, checksum: '1' } }), renamed);
  expect(await changing(site, 'a.jar')).toEqual([
    [idOf(0), 'update jars/a-2.0.jar'],
    [idOf(1), 'add jars/a-1.0.jar'],
  ]);
  // An imported index also tells of what was before the import.
  expect(await changing(keeping(renamed).site, 'a.jar')).toEqual([[idOf(0), 'add jars/a-2.0.jar']]);
});

test('the history of a plugin is that of all its versions', async () => {
  const change = (path: string, subject: string) => ({ kind: 'add', path, reason: '', details: { subject } });
  const plugins = {
    ...format,
    compare: () => [change('plugins/a-1.zip', 'a'), change('plugins/b-1.zip', 'b')],
  };
  const { site } = keeping(bytesOf(A));
  const file = {
    path: 'a@2',
    plugin: { id: 'a' },
    details: { previousVersions: [] },
  } as unknown;
  const { state } = await described(site, 'a.ijm');
  const found = await publicationsOf(plugins as never, site, state, [file as DetailedFile]);
  expect(found?.flatMap(({ changes }) => changes.map(({ path }) => path))).toEqual(['plugins/a-1.zip']);
});

test('a place without earlier states has no stored publications', async () => {
  expect(await changing(siteWith(renamed), 'a.jar')).toBeUndefined();
});

describe('stored files', () => {
  const asked: string[][] = [];
  const site = (more: Partial<ReadableSite> = {}): ReadableSite => ({
    ...siteWith(renamed),
    statFiles: (paths) => {
      asked.push([...paths]);
      const states: readonly FileState[] = [{ status: 'there', size: 5 }, { status: 'missing' }];
      return Promise.resolve(states.slice(0, paths.length));
    },
    ...more,
  });
  const presence = async (place: ReadableSite) => {
    const { state, files } = await described(place, 'a.jar');
    return presenceOf(format, place, state, undefined, files);
  };
  const NAMES = [`jars/a-2.0.jar-${SECOND}`, `jars/a-1.0.jar-${FIRST}`];

  test('are looked for, the current one and previous ones', async () => {
    expect([...(await presence(site()))]).toEqual([
      [NAMES[0], true],
      [NAMES[1], false],
    ]);
    expect(asked.splice(0)).toEqual([NAMES]);
  });

  test('whose state is not known are left out', async () => {
    const failed: FileState = { status: 'failed', reason: 'no' };
    const unknown = site({ statFiles: (paths) => Promise.resolve(paths.map(() => failed)) });
    expect((await presence(unknown)).size).toBe(0);
  });

  test('are not requested from a server', async () => {
    const served = site({ served: { url: 'https://lab.org/' } as never });
    expect((await presence(served)).size).toBe(0);
    expect(asked).toEqual([]);
  });
});
