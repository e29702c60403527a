import { gzipSync } from 'node:zlib';
import { format as imagej } from '../../../src/formats/imagej/format.js';
import { renderIndexXml } from '../../../src/formats/imagej/index/write.js';
import { format as jetbrains } from '../../../src/formats/jetbrains/format.js';
import { HISTORY_PATH } from '../../../src/formats/jetbrains/index/history.js';
import { EMPTY_REPOSITORY, INDEX_PATH } from '../../../src/formats/jetbrains/index/repository.js';
import { imagejIndex } from '../../support/imagej-site.js';
import { lackingIn } from '../../../src/app/import/new-place.js';
import type { SiteToImport } from '../../../src/app/import/sites.js';
import { formatWith } from '../../support/format-with.js';
import { indexedPayload, memorySite, memoryStore, STAMP } from '../../support/memory-site.js';
import { joinSitePath, sitePath, type SitePath } from '../../../src/model/site-path.js';

const INDEX = sitePath('index');
const EAP = sitePath('eap');
const format = formatWith({
  indexPaths: [INDEX],
  isStoredPath: (path) => path.endsWith(STAMP),
  parseIndex: (files) => files.size,
  renderIndex: (index) => [{ path: INDEX, bytes: Buffer.from(String(index)) }],
});

function site(name: string, folder?: SitePath): SiteToImport {
  const storedPath = sitePath(`${folder === undefined ? '' : `${folder}/`}${name}-${STAMP}`);
  const path = folder === undefined ? INDEX : joinSitePath(folder, INDEX);
  return {
    folder,
    stored: new Map(),
    rendered: [{ path, bytes: Buffer.from(name) }],
    payloads: [{ ...indexedPayload(name), storedPath, path: sitePath(name) }],
    elsewhere: 0,
    problems: [],
    changes: [],
  };
}

const MAIN = site('main');
const CHANNEL = site('channel', EAP);

function lacking(files: Readonly<Record<string, string>>) {
  const to = memorySite(files);
  return format((chosen) => lackingIn(chosen, memoryStore(to).store, to, [MAIN, CHANNEL]));
}

test('an empty place lacks a site and its channel', async () => {
  expect(await lacking({})).toEqual({ added: [MAIN, CHANNEL], missing: [], replaced: [] });
});

test('a place that has only the site lacks the channel', async () => {
  expect(await lacking({ index: 'main', [`main-${STAMP}`]: 'x' })).toEqual({
    added: [CHANNEL],
    missing: [],
    replaced: [],
  });
});

test('a place that has both may lack files of both', async () => {
  expect(await lacking({ index: 'main', 'eap/index': 'channel' })).toEqual({
    added: [],
    missing: [...MAIN.payloads, ...CHANNEL.payloads],
    replaced: [],
  });
});

test('another channel in the place is not overwritten', async () => {
  await expect(lacking({ 'eap/index': 'other' })).rejects.toMatchObject({
    code: 'site',
    message: 'There is already another site in channel eap of folder new.',
  });
});

test('a channel that has lost its index there is refused', async () => {
  await expect(lacking({ index: 'main', [`eap/z-${STAMP}`]: 'x' })).rejects.toMatchObject({
    code: 'index',
    message: `index is missing, but channel eap of folder new contains payloads such as z-${STAMP}.`,
  });
});

type Files = Readonly<Record<string, Uint8Array | string>>;

/** Returns whether a site can be added to a place with these files, or the message of the refusal. */
async function presentIn(existing: typeof imagej | typeof jetbrains, files: Files): Promise<string> {
  const place = memorySite({}, { readFile: (path) => Promise.resolve(bytesOf(files[path])) });
  const ours = { ...MAIN, rendered: [{ path: existing.indexPaths[0], bytes: Buffer.from('the site') }] };
  const check = (chosen: typeof imagej) => lackingIn(chosen, memoryStore(place).store, place, [ours]);
  return check(existing as never).then(
    ({ added, replaced }) => {
      expect(added).toEqual([ours]);
      expect(replaced).toEqual(['folder new']);
      return 'empty site';
    },
    (error: unknown) => (error as Error).message,
  );
}

const bytesOf = (content: Uint8Array | string | undefined) =>
  content === undefined ? undefined : Buffer.from(content);

const OTHER = 'There is already another site in folder new.';

describe('an ImageJ site', () => {
  const EMPTY = renderIndexXml(imagejIndex({}));

  test.each([
    ['that was set up', EMPTY, 'empty site'],
    ['with an attribute of its own', EMPTY.replace('<pluginRecords', '<pluginRecords x="1"'), OTHER],
    [
      'with an element of its own',
      EMPTY.replace('<pluginRecords/>', '<pluginRecords><x/></pluginRecords>'),
      OTHER,
    ],
    ['with an obsolete file', renderIndexXml(imagejIndex({ 'a.ijm': { obsolete: true } })), OTHER],
    ['with a file', renderIndexXml(imagejIndex({ 'a.ijm': {} })), OTHER],
  ])('%s', async (_, text, present) => {
    // Another program compresses it in another way.
    expect(await presentIn(imagej, { 'db.xml.gz': gzipSync(text, { level: 1 }) })).toBe(present);
  });

  test('whose index cannot be read', async () => {
    expect(await presentIn(imagej, { 'db.xml.gz': 'broken' })).toBe(OTHER);
  });
});

describe('a plugin repository', () => {
  const SET_UP = Object.fromEntries(
    jetbrains.renderIndex(EMPTY_REPOSITORY).map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]),
  );
  const index = (text: string) => ({ ...SET_UP, [INDEX_PATH]: text });
  const history = (content: object) => ({
    ...SET_UP,
    [HISTORY_PATH]: JSON.stringify({ version: 1, branches: [], versions: [], ...content }),
  });
  const PLUGIN = { id: 'a', version: '1', url: 'a.zip' };

  test.each<[string, Files, string]>([
    ['that was set up', SET_UP, 'empty site'],
    ['that was written by hand', { [INDEX_PATH]: '<plugins></plugins>' }, 'empty site'],
    ['with a comment', index('<!-- Lab --><plugins></plugins>'), OTHER],
    ['with a category', index('<plugins><category name="x"/></plugins>'), OTHER],
    ['with a plugin', index('<plugins><plugin id="a" url="a.zip" version="1"/></plugins>'), OTHER],
    ['with a withdrawn version', history({ versions: [{ ...PLUGIN, state: 'withdrawn' }] }), OTHER],
    ['with the file of a branch', history({ branches: [242] }), OTHER],
    ['with fields of a later version of this program', history({ later: 1 }), OTHER],
    ['that is a channel', history({ channelOf: '..' }), OTHER],
    ['that has lost its index', { [HISTORY_PATH]: SET_UP[HISTORY_PATH] ?? '' }, OTHER],
  ])('%s', async (_, files, present) => {
    expect(await presentIn(jetbrains, files)).toBe(present);
  });
});
