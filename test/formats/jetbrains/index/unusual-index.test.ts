import { makeEntry, parseEntry } from '../../../../src/formats/jetbrains/index/entry-xml.js';
import type { ValidDescriptor } from '../../../../src/formats/jetbrains/descriptor/checks.js';
import { loadRepository } from '../../../../src/formats/jetbrains/index/load.js';
import { branchesOf, offersFor } from '../../../../src/formats/jetbrains/index/offers.js';
import { renderIndex, renderRepository } from '../../../../src/formats/jetbrains/index/render.js';
import { EMPTY_REPOSITORY } from '../../../../src/formats/jetbrains/index/repository.js';
import { ALL_SYSTEMS } from '../../../../src/formats/jetbrains/system.js';
import { sitePath } from '../../../../src/model/site-path.js';
import { artifact, publish, textOf, variant } from '../../../support/plan-plugins.js';

const INDEX = 'updatePlugins.xml';
const HISTORY = 'updatePlugins-versions.json';
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

const load = (index: string, history?: string) =>
  loadRepository(
    new Map([
      [INDEX, Buffer.from(index)],
      ...(history === undefined ? [] : [[HISTORY, Buffer.from(history)] as const]),
    ]),
  );

test.each([
  ['<plugins/>', `${HEAD}<plugins>\n</plugins>\n`],
  ['<plugins />', `${HEAD}<plugins>\n</plugins>\n`],
  ['<plugins\n a="1"\n/>', `${HEAD}<plugins\n a="1">\n</plugins>\n`],
  ['<plugins a="/" ></plugins >', `${HEAD}<plugins a="/" >\n</plugins>\n`],
  ['<a:b xmlns:a="u"></a:b>', `${HEAD}<a:b xmlns:a="u">\n</a:b>\n`],
  ['<?xml version="1.0"?><!-- a --><?b c?>\n<plugins/>', `${HEAD}<!-- a --><?b c?>\n<plugins>\n</plugins>\n`],
  [
    '<!-- a -->\n\n<!DOCTYPE plugins []>\n<!-- b --><plugins/>',
    `${HEAD}<!-- a -->\n<!-- b -->\n<plugins>\n</plugins>\n`,
  ],
  [
    '<plugins>text<!-- a --><?b c?><x><!-- in --></x><y/><!-- d --></plugins><!-- after -->',
    `${HEAD}<plugins>\n  <!-- a -->\n  <x><!-- in --></x>\n  <y/>\n  <!-- d -->\n</plugins>\n`,
  ],
])('the index %j is written as %j', (text, expected) => {
  expect(renderIndex(load(text))).toBe(expected);
});

test.each([
  ['<plugin url="x"/>', { id: 'unknown', version: '', name: '', description: '', changeNotes: '' }],
  ['<plugin id="a" version="1" url="x"><id>b</id><version>2</version></plugin>', { id: 'b', version: '2' }],
  ['<plugin url="x"><downloadUrl>y</downloadUrl></plugin>', { url: 'y' }],
  ['<plugin url="x"><download-url>y</download-url><downloadUrl>z</downloadUrl></plugin>', { url: 'z' }],
  [
    '<idea-plugin id="a" version="1" url="home"><download-url>y</download-url></idea-plugin>',
    { id: 'unknown', version: '', url: 'y' },
  ],
  [
    '<plugin url="x"><idea-version since-build="242"/><idea-version until-build="251.*"/></plugin>',
    { range: { since: undefined, until: [251, Infinity] } },
  ],
  ['<plugin url="x"/>', { range: { since: undefined, until: undefined }, systems: ALL_SYSTEMS }],
  ['<!-- a --><plugin url="x"/>', { source: '<!-- a --><plugin url="x"/>' }],
  ['<plugin url="x"><name>A</name><change-notes>B</change-notes></plugin>', { name: 'A', changeNotes: 'B' }],
])('the entry %s is read as IDEs do', (source, expected) => {
  expect(parseEntry(source)).toMatchObject(expected);
});

test.each(['<plugin id="a" version="1"/>', '<idea-plugin url="home"/>'])(
  'the entry %s is dropped, because it has no address',
  (source) => {
    expect(parseEntry(source)).toBeUndefined();
  },
);

const DESCRIPTOR: ValidDescriptor = {
  id: 'a',
  name: 'A',
  version: '1',
  vendor: undefined,
  since: '242',
  until: undefined,
  strictUntil: undefined,
  effectiveUntil: undefined,
  description: undefined,
  changeNotes: undefined,
  depends: [],
  isIdeaOnly: false,
  productCode: undefined,
  range: { since: [242, 0], until: undefined },
  systems: ALL_SYSTEMS,
};

test('an entry has only the elements for which there are values', () => {
  const made = makeEntry(DESCRIPTOR, 'x.zip');
  expect(made.source).toBe(`<plugin id="a" url="x.zip" version="1">
    <idea-version since-build="242"/>
    <name>A</name>
    <vendor email="" url=""></vendor>
  </plugin>`);
  expect(made).toMatchObject({ description: '', changeNotes: '', range: DESCRIPTOR.range });
});

test('an entry has the code of a paid plugin, and each dependency', () => {
  const { source } = makeEntry(
    { ...DESCRIPTOR, effectiveUntil: '251.*', productCode: 'P&A', depends: ['x', 'y & z'] },
    'x.zip?a&b',
  );
  expect(source).toBe(`<plugin id="a" url="x.zip?a&amp;b" version="1">
    <idea-version since-build="242" until-build="251.*"/>
    <name>A</name>
    <vendor email="" url=""></vendor>
    <depends>x</depends>
    <depends>y &amp; z</depends>
    <productCode>P&amp;A</productCode>
  </plugin>`);
});

test('a rewritten entry keeps only what the program does not write itself', () => {
  const before = parseEntry(`<!-- 1 --><!-- 2 --><plugin id="a" url="x" version="1" stars = '5'>
    <idea-version since-build="1" until-build="2" strict-until-build="3" note="n"/>
    <vendor email="e" url="u" logo="l">Old</vendor><vendor logo="m"/>
    <name x="y">Old</name><description>Old</description><change-notes>Old</change-notes>
    <depends>old</depends><productCode>OLD</productCode>
    <id>a</id><version>1</version><download-url>x</download-url><downloadUrl>x</downloadUrl>
    <tags>t</tags><!-- 3 --><rating>4</rating>
  </plugin>`);
  expect(makeEntry(DESCRIPTOR, 'x.zip', before).source).toBe(`<!-- 1 --><!-- 2 -->
  <plugin id="a" url="x.zip" version="1" stars='5'>
    <idea-version since-build="242" note="n"/>
    <name>A</name>
    <vendor email="" url="" logo="m"></vendor>
    <tags>t</tags>
    <!-- 3 -->
    <rating>4</rating>
  </plugin>`);
});

describe('a file that cannot be read is refused with its name and what to do', () => {
  const HINT = (path: string) =>
    `Nothing was changed. Check ${path} where the site is stored. The history of the branch contains earlier states of it.`;
  const history = (more: object) => JSON.stringify({ version: 1, branches: [], versions: [], ...more });
  const item = { id: 'a', version: '1', url: 'u', state: 'superseded' };

  test.each<[string, string, string]>([
    ['x', HISTORY, 'it is not JSON'],
    [history({ version: 2 }), HISTORY, 'version should be 1'],
    [
      history({ versions: [{ ...item, id: 'a\u0001' }] }),
      HISTORY,
      'the version "1" of "a\\u0001" contains a character that XML forbids',
    ],
    [
      history({ versions: [{ ...item, entry: '<x url="u"/>' }] }),
      HISTORY,
      'the entry of the version "1" of "a" is <x>, not <plugin>',
    ],
    [
      history({ versions: [{ ...item, entry: 'text' }] }),
      HISTORY,
      'the entry of the version "1" of "a" contains 0 elements, not one',
    ],
    [
      history({ versions: [{ ...item, entry: '<plugin url="u"><plugin/></plugin>' }] }),
      HISTORY,
      'the entry of the version "1" of "a" does not fit into the root element of updatePlugins.xml: <plugin> in line 1 is inside another plugin, so IDEs refuse the whole file; move it after that plugin',
    ],
  ])('the history %s', (text, path, reason) => {
    expect(() => load('<plugins/>', text)).toThrow(
      expect.objectContaining({
        code: 'index',
        message: `${path} of the site cannot be read: ${reason}.`,
        hint: HINT(path),
      }) as Error,
    );
  });

  test.each([
    ['<plugin/>', 'its root element is <plugin> itself; put it into <plugins>'],
    ['<html><body>Not found</body></html>', 'its root element is <html>: it is a web page, not an index'],
    ['<idea-plugin/>', 'its root element is <idea-plugin> itself; put it into <plugins>'],
    [`<plugins a="${'x'.repeat(16 * 1024)}"/>`, 'its root tag has 16398 characters; at most 16384 are read'],
    [
      `<plugins>${'<x/>'.repeat(50_001)}</plugins>`,
      'it has 50001 elements and comments; at most 50000 are read',
    ],
    [
      `<plugins><c>${'<plugin url="x"/>'.repeat(50_001)}</c></plugins>`,
      'it has 50001 plugins; at most 50000 are read',
    ],
    [
      '<!-- a -->\n<!DOCTYPE p [<!ATTLIST p a CDATA "b">]>\n<plugins/>',
      'its document type declares default values (line 2), and IDEs refuse every file with a document type; write the values into the elements and remove the document type',
    ],
  ])('an index such as %.40s', (text, reason) => {
    expect(() => load(text)).toThrow(
      expect.objectContaining({
        code: 'index',
        message: `updatePlugins.xml of the site cannot be read: ${reason}.`,
        hint: HINT(INDEX),
      }) as Error,
    );
  });

  test('an index of more than 64 MB', () => {
    const bytes = { length: 64 * 1024 * 1024 + 1 } as Uint8Array;
    expect(() => loadRepository(new Map([[INDEX, bytes]]))).toThrow(
      'updatePlugins.xml of the site cannot be read: it has 67108865 bytes; at most 67108864 are read.',
    );
  });

  test.each(['id', 'name', 'description', 'version', 'vendor', 'depends', 'change-notes', 'rating'])(
    'an index with <%s> outside of a plugin',
    (name) => {
      expect(() => load(`<plugins>\n<x><${name}/></x></plugins>`)).toThrow(
        `<${name}> in line 2 is not inside a <plugin>, so IDEs refuse the whole file; move it into one, or remove it.`,
      );
    },
  );
  test.each(['download-url', 'downloadUrl', 'tags', 'productCode', 'idea-version'])(
    'an index with <%s> in its root',
    (name) => {
      expect(() => load(`<plugins><${name}/></plugins>`)).toThrow(`<${name}> in line 1 is not inside`);
    },
  );
});

test('a document type that declares attributes without values can be removed', () => {
  const { hadDocumentType, prolog } = load('<!DOCTYPE p [<!ATTLIST p a CDATA #IMPLIED>]><plugins/>');
  expect([hadDocumentType, prolog]).toEqual([true, '']);
});

test('the history adds what the index omits', () => {
  const first = publish(EMPTY_REPOSITORY, { artifacts: [artifact({}), artifact({ version: '1.1' })] });
  const history = JSON.parse(textOf(first.files, HISTORY)) as { versions: { version: string }[] };
  expect(history.versions).toMatchObject([
    { version: '1.1', state: 'offered' },
    { version: '1.0', state: 'superseded' },
  ]);
  expect(history.versions[0]).not.toHaveProperty('entry');
  expect(history.versions[1]).toHaveProperty('entry');
  const { index } = publish(first.index, { remove: ['org.lab.cells@1.1'] });
  expect(index.versions.map(({ entry, state }) => [entry.version, state])).toEqual([
    ['1.1', 'withdrawn'],
    ['1.0', 'offered'],
  ]);
});

test('a version about which only the history knows is withdrawn, and has no texts', () => {
  const history = JSON.stringify({
    version: 1,
    branches: [242],
    versions: [{ id: 'a"', version: '<1>', url: 'u&v', state: 'offered' }],
  });
  const { versions, branches, isChannel } = load('<plugins/>', history);
  expect(branches).toEqual([242]);
  expect(isChannel).toBe(false);
  expect(versions).toMatchObject([
    {
      state: 'withdrawn',
      isUnlisted: true,
      archive: undefined,
      entry: {
        id: 'a"',
        version: '<1>',
        url: 'u&v',
        name: '',
        description: '',
        changeNotes: '',
        systems: ALL_SYSTEMS,
        range: { since: undefined, until: undefined },
      },
    },
  ]);
  expect(parseEntry(versions[0]?.entry.source ?? '')).toMatchObject({ id: 'a"', version: '<1>', url: 'u&v' });
});

test('an archive is not recognized by an address that another entry has', () => {
  const { files } = publish(EMPTY_REPOSITORY, { artifacts: [artifact({})] });
  const moved = textOf(files).replace('https://lab.org/', 'https://new.org/');
  const archives = (text: string) =>
    load(text, textOf(files, HISTORY)).versions.map(({ archive }) => archive?.size);
  expect(archives(moved)).toEqual([5]);
  expect(archives(moved.replace('version="1.0">', 'version="1.2">'))).toEqual([undefined, 5]);
  expect(archives(moved.replace('/1.0/', '/1.2/'))).toEqual([undefined, 5]);
});

describe('the branches that have a file', () => {
  const branches = (...ranges: string[]) => {
    const elements = ranges.map((range) => `<plugin url="x"><idea-version ${range}/></plugin>`);
    return branchesOf(
      load(`<plugins>${elements.join('')}</plugins>`).versions.map(({ entry }) => entry),
      261,
    );
  };

  test.each<[string[], number[]]>([
    [[], []],
    [['since-build="252" until-build="253.*"'], [252, 253]],
    [['since-build="253"'], [253, 261]],
    [['until-build="252.*"'], []],
    [
      ['since-build="252" until-build="252.*"', 'until-build="253.*"'],
      [252, 253],
    ],
    [
      ['since-build="252" until-build="252.*"', 'since-build="261" until-build="261.*"'],
      [252, 253, 261],
    ],
    [['since-build="261" until-build="299.*"'], [261]],
    [['since-build="263" until-build="271.*"'], [263]],
    [['since-build="263"'], []],
    [['since-build="252" until-build="x"'], []],
    [['since-build="993" until-build="999.*"'], [993]],
    [['since-build="1000.1"'], []],
  ])('of %j are %j', (ranges, expected) => {
    expect(branches(...ranges)).toEqual(expected);
  });

  test('offer each system its highest version', () => {
    const { index } = publish(EMPTY_REPOSITORY, {
      artifacts: [
        artifact({ version: '0.8', since: '261' }),
        artifact({ version: '0.9', since: '261', until: '262.*' }),
        variant('linux-x86_64'),
        variant('mac-x86_64', { version: '0.7.0' }),
      ],
    });
    const versions = (branch: number) => offersFor(branch, index.versions).map(({ entry }) => entry.version);
    expect(versions(261)).toEqual(['1.0.0-linux-x86_64', '0.9']);
    expect(versions(263)).toEqual(['1.0.0-linux-x86_64', '0.8']);
    expect(versions(253)).toEqual([]);
  });
});

test('the files of a repository are those of its branches, the history and the index', () => {
  const repository = { ...load('<plugins><x/></plugins>'), branches: [242, 243], isChannel: true };
  const files = renderRepository(repository).map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]);
  const empty = `${HEAD}<plugins>\n</plugins>\n`;
  expect(files).toEqual([
    ['updatePlugins-242.xml', empty],
    ['updatePlugins-243.xml', empty],
    [
      HISTORY,
      '{\n "version": 1,\n "channelOf": "..",\n "branches": [\n  242,\n  243\n ],\n "versions": []\n}\n',
    ],
    [INDEX, `${HEAD}<plugins>\n  <x/>\n</plugins>\n`],
  ]);
});

describe('the channels of a repository', () => {
  const written = (channels: unknown) => JSON.stringify({ version: 1, channels, branches: [], versions: [] });

  test('are recorded in the history if there are any', () => {
    const repository = { ...load('<plugins/>'), channels: [sitePath('beta'), sitePath('eap')] };
    const files = new Map(renderRepository(repository).map(({ path, bytes }) => [path, bytes]));
    expect(textOf(files, HISTORY)).toBe(
      '{\n "version": 1,\n "channels": [\n  "beta",\n  "eap"\n ],\n "branches": [],\n "versions": []\n}\n',
    );
    expect(loadRepository(files).channels).toEqual(['beta', 'eap']);
    expect(
      textOf(new Map(renderRepository(load('<plugins/>')).map(({ path, bytes }) => [path, bytes])), HISTORY),
    ).not.toContain('channels');
  });

  test.each([
    [undefined, []],
    [null, []],
    [['eap', 'eap'], ['eap']],
  ])('%j are read as %j', (channels, expected) => {
    expect(load('<plugins/>', written(channels)).channels).toEqual(expected);
  });

  test('are limited in number, because each of them costs requests', () => {
    const names = Array.from({ length: 1001 }, (_, at) => `c${at}`);
    expect(load('<plugins/>', written(names.slice(1))).channels).toHaveLength(1000);
    expect(() => load('<plugins/>', written(names))).toThrow(/should be at most 1000 channels/);
  });

  test.each([['..'], ['a/b'], [''], ['/a'], [1]])('the folder %j is refused', (folder) => {
    expect(() => load('<plugins/>', written([folder]))).toThrow(/should be (the name of a folder|a text)/);
  });
});
