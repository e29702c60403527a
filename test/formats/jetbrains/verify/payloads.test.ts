import fc from 'fast-check';
import { loadRepository } from '../../../../src/formats/jetbrains/index/load.js';
import { EMPTY_REPOSITORY, type Repository } from '../../../../src/formats/jetbrains/index/repository.js';
import { indexedPayloads, listedVersions } from '../../../../src/formats/jetbrains/verify/payloads.js';
import { artifact, follow, publish } from '../../../support/plan-plugins.js';

const SITE = 'https://lab.org/repo/';
const MOMENT = { now: 20261120093212, siteUrl: SITE, newestBranch: undefined };

interface GivenEntry {
  url: string;
  id?: string;
  version?: string;
}

/** A repository that was written by hand, so that it has no history. */
function byHand(...entries: readonly GivenEntry[]): Repository {
  const lines = entries.map(
    ({ id = 'a', version = '1.0', url }) => `<plugin id="${id}" version="${version}" url="${url}"/>`,
  );
  return loadRepository(
    new Map([['updatePlugins.xml', Buffer.from(`<plugins>${lines.join('')}</plugins>`)]]),
  );
}

/** What is stated about an archive on the site that no history mentions. */
const stored = (path: string) => ({
  storedPath: path,
  name: path,
  path,
  checksums: [],
  size: undefined,
  isCurrent: true,
});
/** The same for an archive on another server. */
const elsewhere = (url: string, path: string) => ({ ...stored(path), storedPath: undefined, name: url, url });

describe('an archive that this program has published', () => {
  const { index } = publish(EMPTY_REPOSITORY, { artifacts: [artifact({})], siteUrl: SITE });
  const path = 'plugins/org.lab.cells/1.0/org.lab.cells-1.0.zip';
  const expected = { ...stored(path), checksums: ['org.lab.cells 1.0 a'], size: 5 };

  test.each([SITE, 'https://new.org/', undefined])(
    'is at the path in the history, with the site at %s',
    (url) => {
      expect(indexedPayloads(index, url)).toEqual([expected]);
    },
  );

  test('is not current if a higher version supersedes it', () => {
    const next = publish(index, { artifacts: [artifact({ version: '1.1' })], siteUrl: SITE });
    expect(indexedPayloads(next.index, SITE).map(({ name, isCurrent }) => [name, isCurrent])).toEqual([
      ['plugins/org.lab.cells/1.1/org.lab.cells-1.1.zip', true],
      [path, false],
    ]);
  });

  test('is not current if it was withdrawn, and is forgotten after the next publication', () => {
    const withdrawn = publish(index, { remove: ['org.lab.cells'] });
    expect(indexedPayloads(withdrawn.index, SITE)).toEqual([{ ...expected, isCurrent: false }]);
    const other = publish(withdrawn.index, { artifacts: [artifact({ id: 'b' })], siteUrl: SITE });
    expect(indexedPayloads(other.index, SITE).map(({ name }) => name)).toEqual(['plugins/b/1.0/b-1.0.zip']);
  });

  test('is not current if its entry was removed from the index by hand', () => {
    const { files } = publish(EMPTY_REPOSITORY, { artifacts: [artifact({})], siteUrl: SITE });
    const edited = new Map([...files, ['updatePlugins.xml', Buffer.from('<plugins/>')] as const]);
    expect(indexedPayloads(loadRepository(edited), SITE)).toEqual([{ ...expected, isCurrent: false }]);
  });
});

describe('an archive that was published to another server', () => {
  const archiveUrl = 'https://files.org/{file}';
  const url = 'https://files.org/org.lab.cells-1.0.zip';
  const { index } = publish(EMPTY_REPOSITORY, { artifacts: [artifact({})], archiveUrl });

  test('has the checksum and the size of the history', () => {
    expect(indexedPayloads(index, SITE)).toEqual([
      { ...elsewhere(url, 'org.lab.cells-1.0.zip'), checksums: ['org.lab.cells 1.0 a'], size: 5 },
    ]);
  });

  test('is not current if a higher version supersedes it, and left out if it was withdrawn', () => {
    const next = publish(index, { artifacts: [artifact({ version: '1.1' })], archiveUrl });
    expect(indexedPayloads(next.index, SITE).map(({ isCurrent }) => isCurrent)).toEqual([true, false]);
    const none = publish(index, { remove: ['org.lab.cells'] });
    expect(none.index.versions).toHaveLength(1);
    expect(indexedPayloads(none.index, SITE)).toEqual([]);
  });
});

describe('an archive that no history mentions', () => {
  test.each([
    ['builds/a.zip', 'builds/a.zip'],
    ['./builds/a.zip', 'builds/a.zip'],
    ['builds/../a.zip', 'a.zip'],
    ['/repo/a.zip', 'a.zip'],
    ['//lab.org/repo/a.zip', 'a.zip'],
    ['https://lab.org/repo/a.zip', 'a.zip'],
    ['https://LAB.org:443/repo/a.zip', 'a.zip'],
    ['http://lab.org/repo/a.zip', 'a.zip'],
    ['a.zip?raw=true#top', 'a.zip'],
    ['a%20b%2B/%C3%BC.zip', 'a b+/ü.zip'],
    [' a.zip ', 'a.zip'],
  ])('is on the site at %j: %s', (url, path) => {
    expect(indexedPayloads(byHand({ url }), SITE)).toEqual([stored(path)]);
    expect(indexedPayloads(byHand({ url }), SITE.slice(0, -1))).toEqual([stored(path)]);
  });

  test.each([
    ['https://files.org/a%20b.zip?id=1', 'https://files.org/a%20b.zip?id=1', 'a b.zip'],
    ['../a.zip', 'https://lab.org/a.zip', 'a.zip'],
    ['/a.zip', 'https://lab.org/a.zip', 'a.zip'],
    ['//files.org/a%zz.zip', 'https://files.org/a%zz.zip', 'a%zz.zip'],
    ['https://lab.org/repository/a.zip', 'https://lab.org/repository/a.zip', 'a.zip'],
    ['https://lab.org:8443/repo/a.zip', 'https://lab.org:8443/repo/a.zip', 'a.zip'],
  ])('is on another server at %j: %s', (url, address, path) => {
    expect(indexedPayloads(byHand({ url }), SITE)).toEqual([elsewhere(address, path)]);
  });

  test.each([
    'a%2Fb.zip',
    'a%zz.zip',
    'a%00.zip',
    '%2e%2e%2fa.zip',
    'a//b.zip',
    '.',
    'file:///a.zip',
    'https://',
  ])('cannot be stored or requested at %j', (url) => {
    const [payload, ...others] = indexedPayloads(byHand({ url }), SITE);
    expect(payload).toEqual({ ...stored(url), storedPath: undefined });
    expect(others).toEqual([]);
  });

  test('is left out if the entry has an empty address', () => {
    expect(indexedPayloads(byHand({ url: '' }), SITE)).toEqual([]);
  });

  test('is listed once if several entries lead to it', () => {
    const index = byHand(
      { url: 'a.zip' },
      { url: `${SITE}a.zip`, version: '2.0' },
      { id: 'b', url: 'b.zip' },
    );
    expect(indexedPayloads(index, SITE)).toEqual([stored('a.zip'), stored('b.zip')]);
  });

  test('is listed if the entry is inside another element', () => {
    const xml = '<plugins><category name="x"><plugin id="a" version="1" url="a.zip"/></category></plugins>';
    const index = loadRepository(new Map([['updatePlugins.xml', Buffer.from(xml)]]));
    expect(indexedPayloads(index, SITE)).toEqual([stored('a.zip')]);
  });

  test('is left out if only the history mentions the version', () => {
    const versions = [{ id: 'a', version: '1', url: 'a.zip', state: 'offered' }];
    const history = JSON.stringify({ version: 1, branches: [], versions });
    const files = new Map([
      ['updatePlugins.xml', Buffer.from('<plugins/>')],
      ['updatePlugins-versions.json', Buffer.from(history)],
    ]);
    const index = loadRepository(files);
    expect(index.versions).toHaveLength(1);
    expect(indexedPayloads(index, SITE)).toEqual([]);
  });
});

describe('if the address of the site is unknown', () => {
  test.each([
    ['builds/a.zip', [stored('builds/a.zip')]],
    // They lead to places that depend on the address.
    ['../a.zip', []],
    ['/a.zip', []],
    ['https://files.org/a.zip', [elsewhere('https://files.org/a.zip', 'a.zip')]],
    [
      'https://site.org/x/plugins/b/1.0/a.zip',
      [elsewhere('https://site.org/x/plugins/b/1.0/a.zip', 'a.zip')],
    ],
    ['https://site.org/x/plugins/a/1.0/a.zip', [stored('plugins/a/1.0/a.zip')]],
    [
      'file:///x/plugins/a/1.0/a.zip',
      [{ ...stored('file:///x/plugins/a/1.0/a.zip'), storedPath: undefined }],
    ],
  ])('the archive at %j is found or left out', (url, expected) => {
    expect(indexedPayloads(byHand({ url }), undefined)).toEqual(expected);
  });

  const ofThisLayout = (site: string, id: string) => ({ id, url: `${site}plugins/${id}/1.0/a.zip` });

  test('the one site whose layout the entries have is taken for it', () => {
    const index = byHand(ofThisLayout(SITE, 'a'), ofThisLayout(SITE, 'b'), { id: 'c', url: `${SITE}c.zip` });
    expect(indexedPayloads(index, undefined)).toEqual(
      ['plugins/a/1.0/a.zip', 'plugins/b/1.0/a.zip', 'c.zip'].map(stored),
    );
  });

  test('two sites are both taken for other servers, as in a channel without its history', () => {
    const index = byHand(ofThisLayout(`${SITE}eap/`, 'a'), ofThisLayout(SITE, 'b'));
    expect(indexedPayloads(index, undefined).map(({ storedPath }) => storedPath)).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('published archives show the address, even if other entries lead elsewhere', () => {
    const before = byHand(
      ofThisLayout('https://other.org/', 'a'),
      { id: 'b', url: `${SITE}b.zip` },
      {
        id: 'c',
        url: '../c.zip',
      },
    );
    const { index } = publish(before, { artifacts: [artifact({})], siteUrl: SITE });
    expect(
      indexedPayloads(index, undefined)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([
      'b.zip',
      'https://lab.org/c.zip',
      'https://other.org/plugins/a/1.0/a.zip',
      'plugins/org.lab.cells/1.0/org.lab.cells-1.0.zip',
    ]);
  });
});

describe('a channel', () => {
  const above = publish(EMPTY_REPOSITORY, { artifacts: [artifact({ id: 'stable' })], siteUrl: SITE }).index;
  const own = publish(EMPTY_REPOSITORY, {
    artifacts: [artifact({ id: 'own' })],
    siteUrl: `${SITE}eap/`,
  }).index;
  const { channel } = follow(own, above, MOMENT);
  const names = (index: Repository, url?: string) => indexedPayloads(index, url).map(({ name }) => name);

  test.each([`${SITE}eap/`, undefined])('has its own archives only, at the address %s', (url) => {
    expect(channel.versions.map(({ entry }) => entry.id).sort()).toEqual(['own', 'stable']);
    expect(names(channel, url)).toEqual(['plugins/own/1.0/own-1.0.zip']);
  });

  test('has the archives of the site above if they are inside the place', () => {
    expect(names(channel, SITE).sort()).toEqual([
      'plugins/own/1.0/own-1.0.zip',
      'plugins/stable/1.0/stable-1.0.zip',
    ]);
  });

  test('leaves out relative addresses of the site above', () => {
    const relative = follow(own, byHand({ url: 'a.zip' }), MOMENT).channel;
    expect(relative.versions.map(({ entry }) => entry.url)).toContain('../a.zip');
    expect(names(relative, `${SITE}eap/`)).toEqual(['plugins/own/1.0/own-1.0.zip']);
    expect(names(relative)).toEqual(['plugins/own/1.0/own-1.0.zip']);
  });
});

const segment = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 6 })
  .filter((text) => !/[/\\\p{C}:]/u.test(text) && !/^\.+$/.test(text));

test('the address that a publication would write for a path leads to this path', () => {
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), fc.boolean(), (parts, isRelative) => {
      const path = parts.map(encodeURIComponent).join('/');
      const index = byHand({ url: isRelative ? path : SITE + path });
      expect(indexedPayloads(index, SITE)).toEqual([stored(parts.join('/'))]);
    }),
  );
});

test('the versions of this program are listed, withdrawn ones for a time, without those of other tools', () => {
  const first = publish(byHand({ url: 'a.zip' }), { artifacts: [artifact({})], siteUrl: SITE });
  const version = {
    key: JSON.stringify(['org.lab.cells', '1.0', 'org.lab.cells 1.0 a']),
    name: 'plugins/org.lab.cells/1.0/org.lab.cells-1.0.zip',
  };
  expect(listedVersions(first.index)).toEqual([{ ...version, isTemporary: false }]);
  const withdrawn = publish(first.index, { remove: ['org.lab.cells'] });
  expect(listedVersions(withdrawn.index)).toEqual([{ ...version, isTemporary: true }]);
  expect(listedVersions(follow(EMPTY_REPOSITORY, first.index, MOMENT).channel)).toEqual([]);
});
