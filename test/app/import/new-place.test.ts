import { gzipSync } from 'node:zlib';
import { requireNoOtherSite } from '../../../src/app/import/new-place.js';
import { format as imagej } from '../../../src/formats/imagej/format.js';
import { renderIndexXml } from '../../../src/formats/imagej/index/write.js';
import { format as jetbrains } from '../../../src/formats/jetbrains/format.js';
import { HISTORY_PATH } from '../../../src/formats/jetbrains/index/history.js';
import { EMPTY_REPOSITORY, INDEX_PATH } from '../../../src/formats/jetbrains/index/repository.js';
import { imagejIndex } from '../../support/imagej-site.js';
import { memorySite } from '../../support/memory-site.js';

const OURS = [{ path: imagej.indexPaths[0], bytes: Buffer.from('the site') }];

type Files = Readonly<Record<string, Uint8Array | string>>;

/** Returns what a place with these files has, or the message of the refusal. */
async function presentIn(format: typeof imagej | typeof jetbrains, files: Files): Promise<string> {
  const site = memorySite({}, { readFile: (path) => Promise.resolve(bytesOf(files[path])) });
  const check = (chosen: typeof imagej) => requireNoOtherSite(chosen, site, OURS, 'folder new');
  return check(format as never).catch((error: unknown) => (error as Error).message);
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
