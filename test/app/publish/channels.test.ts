import type { SiteSnapshot } from '../../../src/app/ports/site-store.js';
import { readChannels } from '../../../src/app/publish/channels.js';
import { formatNamed } from '../../../src/formats/registry.js';

const MARK = 'updatePlugins-versions.json';

test('only folders with valid names are read as channels', async () => {
  const requested: string[] = [];
  const snapshot = {
    isNew: false,
    listFiles: () =>
      Promise.resolve([`eap/${MARK}`, `../${MARK}`, `C:/${MARK}`, `a\\b/${MARK}`, `a/b/${MARK}`, MARK]),
    readFile: (path: string) => {
      requested.push(path);
      return Promise.resolve(
        path.endsWith(MARK) ? Buffer.from('{"channelOf": "..", "format": 1}') : undefined,
      );
    },
  } as unknown as SiteSnapshot;
  const channels = await formatNamed('jetbrains')((format) => readChannels(snapshot, format));
  expect([...channels.keys()]).toEqual(['eap']);
  expect(requested).toEqual(['eap/updatePlugins.xml', `eap/${MARK}`]);
});
