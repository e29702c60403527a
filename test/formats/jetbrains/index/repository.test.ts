import fc from 'fast-check';
import { parseBuildNumber, type BuildNumber } from '../../../../src/formats/jetbrains/build-number.js';
import {
  checkDescriptor,
  type ValidDescriptor,
} from '../../../../src/formats/jetbrains/descriptor/checks.js';
import { makeEntry, parseEntry } from '../../../../src/formats/jetbrains/index/entry-xml.js';
import { HISTORY_PATH } from '../../../../src/formats/jetbrains/index/history.js';
import { loadRepository } from '../../../../src/formats/jetbrains/index/load.js';
import { preferredFirst } from '../../../../src/formats/jetbrains/index/offers.js';
import { renderIndex, renderRepository } from '../../../../src/formats/jetbrains/index/render.js';
import {
  EMPTY_REPOSITORY,
  INDEX_PATH,
  type Repository,
} from '../../../../src/formats/jetbrains/index/repository.js';
import { applyToRepository } from '../../../../src/formats/jetbrains/plan/apply.js';
import { sitePath } from '../../../../src/model/site-path.js';
import { UserError } from '../../../../src/model/user-error.js';
import { describeBuild } from '../../../support/build-number.js';
import { offersOf, readAsIde } from '../../../support/ide.js';

const NEWEST = 263;

function descriptorOf(given: Partial<ValidDescriptor>): ValidDescriptor {
  const { valid } = checkDescriptor(
    {
      id: 'org.lab.cells',
      name: 'Cells',
      version: '1.0',
      vendor: { name: 'Lab', email: '', url: '' },
      since: '242',
      until: undefined,
      strictUntil: undefined,
      description: 'd',
      changeNotes: undefined,
      depends: [],
      isIdeaOnly: false,
      productCode: undefined,
      ...given,
    },
    'x',
    { knownIds: new Set(), newestBranch: NEWEST },
  );
  return valid as ValidDescriptor;
}

const pathOf = ({ id = 'org.lab.cells', version = '1.0' }: Partial<ValidDescriptor>) =>
  sitePath(`plugins/${id}/${version}/p.zip`);
const entryFor = (given: Partial<ValidDescriptor>) =>
  makeEntry(descriptorOf(given), `https://lab.org/${pathOf(given)}`);
const versionOf = (given: Partial<ValidDescriptor>) => ({
  entry: entryFor(given),
  state: 'offered' as const,
  archive: { path: pathOf(given), checksum: '0', size: 1 },
});

function repositoryOf(given: readonly Partial<ValidDescriptor>[]): Repository {
  return { ...EMPTY_REPOSITORY, versions: preferredFirst(given.map(versionOf)) };
}

const load = (index: string, history?: string) =>
  loadRepository(
    new Map([
      [INDEX_PATH, Buffer.from(index)],
      ...(history === undefined ? [] : [[HISTORY_PATH, Buffer.from(history)] as const]),
    ]),
  );
const filesOf = (repository: Repository) => {
  const plan = {
    timestamp: 0,
    changes: [],
    unchanged: 0,
    skipped: [],
    payloads: [],
    problems: [],
    newestBranch: NEWEST,
  };
  const written = applyToRepository(repository, plan);
  return new Map<string, string>(
    renderRepository(written).map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]),
  );
};

test('an entry is written as in the specification', () => {
  const { source } = makeEntry(
    descriptorOf({
      until: '251.*',
      description: '<p>a ]]> b</p>',
      changeNotes: '<ul>…</ul>',
      depends: ['com.intellij.modules.platform'],
      vendor: { name: 'A & B', email: 'a@b.org', url: 'https://b.org/?a&b' },
    }),
    'https://lab.org/a%20b.zip',
  );
  expect(source).toBe(`<plugin id="org.lab.cells" url="https://lab.org/a%20b.zip" version="1.0">
    <idea-version since-build="242" until-build="251.*"/>
    <name>Cells</name>
    <vendor email="a@b.org" url="https://b.org/?a&amp;b">A &amp; B</vendor>
    <description><![CDATA[<p>a ]]]]><![CDATA[> b</p>]]></description>
    <change-notes><![CDATA[<ul>…</ul>]]></change-notes>
    <depends>com.intellij.modules.platform</depends>
  </plugin>`);
});

test('an entry with any texts is read back', () => {
  const text = fc.string({
    unit: fc.constantFrom(...Array.from('ab]]>><&"\'\n é🦊'), ']]>', '<![CDATA[', '--'),
    maxLength: 20,
  });
  fc.assert(
    fc.property(text, text, text, (name, description, notes) => {
      const made = makeEntry(
        descriptorOf({ name: `n${name}`, description, changeNotes: notes }),
        'https://lab.org/p.zip',
      );
      const { name: read, description: first, changeNotes } = parseEntry(made.source) ?? made;
      expect([read, first, changeNotes]).toEqual([`n${name}`, description, notes]);
      expect(readAsIde(made.source)).toMatchObject([{ name: `n${name}`, description, changeNotes: notes }]);
      const index = renderIndex({
        ...EMPTY_REPOSITORY,
        versions: [{ entry: made, state: 'offered', archive: undefined }],
      });
      expect(load(index).versions[0]?.entry).toEqual(made);
    }),
  );
});

test('entries that IDEs drop are kept but not offered', () => {
  const { versions, others } = load(
    '<plugins><plugin id="a" version="1"/><plugin url="x.zip"/><!-- note --><feature x="1"/><!-- end --></plugins>',
  );
  expect(versions.map(({ entry }) => [entry.id, entry.url])).toEqual([['unknown', 'x.zip']]);
  expect(others).toEqual([
    '<plugin id="a" version="1"/>',
    '<!-- note -->\n  <feature x="1"/>',
    '<!-- end -->',
  ]);
});

test('a carriage return in a text becomes a line end in the index, as in every reader of XML', () => {
  const entry = entryFor({ description: 'a\r\nb\rc' });
  expect(entry.description).toBe('a\nb\nc');
  expect(readAsIde(entry.source)).toMatchObject([{ description: 'a\nb\nc' }]);
});

test('tags in a description discard the text before them, as in IDEs', () => {
  const entry = '<plugin url="x"><description>a <b>c</b> d</description></plugin>';
  expect(parseEntry(entry)?.description).toBe(' d');
  expect(readAsIde(entry)[0]?.description).toBe(' d');
});

const REAL_LIFE = `<?xml version='1.0' encoding='UTF-8'?>
<!-- made by hand -->
<plugins xmlns:x="urn:x" note='a > b'>
  <!-- our own -->
  <plugin id="org.lab.hand" url='hand-1.zip' version="1.0"   custom="yes">
      <idea-version since-build="231.0"   until-build="242.*"/>
      <name>By &amp; hand</name><x:extra>kept</x:extra>
      <description><![CDATA[ <b>HTML</b> <plugin> ]]></description>
      <tags>a</tags> <rating>4.5</rating> <!-- inside -->
  </plugin>
  <category name="unknown"><plugin id="no.entry"/></category>
  <plugin id="org.lab.open" url="https://else.org/open.jar" version="2"/>
</plugins>
`;

test('entries of other tools are kept unchanged', () => {
  const repository = load(REAL_LIFE);
  expect(repository.versions.map(({ entry }) => entry.id)).toEqual(['org.lab.hand', 'org.lab.open']);
  const { versions } = repositoryOf([{}]);
  const written = renderIndex({ ...repository, versions: [...repository.versions, ...versions] });
  for (const { entry } of repository.versions) expect(written).toContain(entry.source);
  expect(written).toContain(`<plugins xmlns:x="urn:x" note='a > b'>`);
  expect(written).toContain('<category name="unknown"><plugin id="no.entry"/></category>');
  expect(written).toMatch(/<!-- our own -->\n {2}<plugin id="org\.lab\.hand"/);
  expect(written).toMatch(/^<\?xml [^>]*>\n<!-- made by hand -->\n<plugins/);
  const again = load(written);
  expect(again.versions.map(({ entry }) => entry.source)).toEqual(
    [...repository.versions, ...versions].map(({ entry }) => entry.source),
  );
  expect(renderIndex(again)).toBe(written);
});

test.each([
  [
    'without a declaration, tags on several lines, entries without a range',
    `<plugins>
    <plugin
        id="org.lab.one"
        version="1.0.0-SNAPSHOT"
        url="https://lab.org/one.zip?raw=true"/>
    <plugin id="org.lab.two" url="http://lab.org/two.jar" version="1.17" >
    </plugin>
</plugins>`,
    ['org.lab.one', 'org.lab.two'],
  ],
  [
    'with earlier versions in comments, and an address on the same server',
    `<plugins>
    <!--<plugin id="org.lab.one" url="builds/one-0.1.zip" version="0.1"/>-->
    <!--<plugin id="org.lab.one" url="builds/one-0.2.zip" version="0.2"/>-->
    <plugin id="org.lab.one" url="builds/one-0.3.zip" version="0.3"/>
</plugins>`,
    ['org.lab.one'],
  ],
  [
    'with a head, a placeholder, empty bounds and attributes that IDEs do not know',
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<!--
  The repository of the lab.
-->
<plugins>
  <!-- Each <plugin> is one. -->
  <plugin id="org.lab.one" url="https://lab.org/one.zip" version="2.1.0" size="13398840" date="2026-03-19">
    <!-- as in plugin.xml -->
    <idea-version since-build="232.10203.10" until-build=""/>
    <depends>org.lab.two</depends>
    <description>
        Plain text on
        several lines.
    </description>
    <change-notes>
      <![CDATA[<ul><li>not <b>closed</ul>]]>
    </change-notes>
  </plugin>
  <plugin>
    <!-- And so on. -->
  </plugin>
</plugins>`,
    ['org.lab.one'],
  ],
])('a repository %s is kept', (_, text, ids) => {
  const squeezed = (xml: string) =>
    xml
      .replace(/^<\?xml[^>]*>/, '')
      .replace(/\s*\n\s*/g, '\n')
      .trim();
  const repository = load(text);
  expect(repository.versions.map(({ entry }) => entry.id)).toEqual(ids);
  const written = filesOf(repository).get(INDEX_PATH) ?? '';
  expect(squeezed(written)).toBe(squeezed(text));
  expect(readAsIde(written)).toEqual(readAsIde(text));
  expect(filesOf(load(written)).get(INDEX_PATH)).toBe(written);
});

test.each([
  ['not XML', 'x', 'line 1, column 1: there is text outside of the root element'],
  ['cut short', REAL_LIFE.slice(0, 300), 'is not closed'],
  ['an entry', '<plugin url="a"/>', 'its root element is <plugin> itself; put it into <plugins>'],
  ['followed by an element', '<plugins/><plugins/>', 'an element outside of the root'],
  ['followed by text', '<plugins/>x', 'text outside of the root'],
  ['spoiled by two hyphens in a comment', '<plugins><!-- a -- b --></plugins>', 'a comment contains "--"'],
  ['spoiled by an attribute', `<plugins a='<'/>`, 'write "&lt;"'],
  ['spoiled by an ampersand', '<plugins><x>R&D</x></plugins>', 'does not begin a reference'],
  ['spoiled by the end of a section', '<plugins><x>a]]></x></plugins>', 'a text contains "]]>"'],
  [
    'spoiled by a second declaration',
    '<plugins><?xml version="1.0"?></plugins>',
    'declaration must be at the start',
  ],
  ['spoiled by a prefix', '<plugins><x:y/></plugins>', 'the prefix "x" is not declared'],
  [
    'with a name outside its plugins',
    '<plugins>\n  <plugin url="a"/>\n  <name>Ours</name>\n</plugins>',
    '<name> in line 3 is not inside a <plugin>, so IDEs refuse the whole file; move it into one, or remove it',
  ],
  [
    'with a range in a category',
    '<plugins><category><idea-version/></category></plugins>',
    '<idea-version> in line 1',
  ],
  ['with tags in its root', '<tags><plugin url="a"/></tags>', '<tags> in line 1'],
  [
    'with a plugin in a plugin',
    '<!DOCTYPE plugins [\n]>\n<plugins><plugin url="a"><x>\n<idea-plugin/></x></plugin></plugins>',
    '<idea-plugin> in line 4 is inside another plugin, so IDEs refuse the whole file; move it after that plugin',
  ],
  [
    'changed by its document type',
    '<!-- a -->\n<!DOCTYPE plugins [<!ATTLIST plugin version CDATA "1">]><plugins/>',
    'its document type declares default values \\(line 2\\)',
  ],
  [
    'with a prefix that only a category declares',
    '<plugins><category xmlns:x="u"><plugin id="a" url="a" x:b=""/></category></plugins>',
    'the entry of "a" in <category> does not fit into the root element',
  ],
  ['too long', `<plugins>${'<plugin url="a"/>'.repeat(50_001)}</plugins>`, 'at most 50000 are read'],
  [
    'with an entity that it uses',
    '<!DOCTYPE p [<!ENTITY a "b">]><plugins>&a;</plugins>',
    'entities are not expanded',
  ],
])('an index that is %s is refused', (_, text, reason) => {
  expect(() => load(text)).toThrow(UserError);
  expect(() => load(text)).toThrow(
    new RegExp(`updatePlugins\\.xml of the site cannot be read: .*(${reason})`),
  );
});

test('an entry of another tool is omitted only if a published version covers it', () => {
  const other = (version: string) =>
    `<plugin id="org.lab.cells" url="https://else.org/${version}" version="${version}"/>`;
  const theirs = load(`<plugins>${other('0.1')}${other('0.2')}</plugins>`);
  const before = filesOf(theirs).get(INDEX_PATH) ?? '';
  for (const { entry } of theirs.versions) expect(before).toContain(entry.source);
  const ours = versionOf({ since: '130' });
  const files = filesOf({ ...theirs, versions: [...theirs.versions, ours] });
  // Our version does not support older IDEs, which are still offered theirs.
  expect(files.get(INDEX_PATH)).toContain('else.org/0.2');
  const unbounded = { ...ours, entry: { ...ours.entry, range: { since: undefined, until: undefined } } };
  const covered = filesOf({ ...theirs, versions: [...theirs.versions, unbounded] });
  expect(covered.get(INDEX_PATH)).not.toContain('else.org');
  expect(load(covered.get(INDEX_PATH) ?? '', covered.get(HISTORY_PATH)).versions).toHaveLength(3);
});

test('an archive is still recognized after its address was edited by hand', () => {
  const files = filesOf(repositoryOf([{}]));
  const edited = (files.get(INDEX_PATH) ?? '').replace('https://lab.org/', 'https://new.org/tools/');
  expect(load(edited, files.get(HISTORY_PATH)).versions).toMatchObject([
    {
      state: 'offered',
      archive: { path: pathOf({}) },
      entry: { url: `https://new.org/tools/${pathOf({})}` },
    },
  ]);
});

test.each([
  ['not JSON', 'x'],
  [
    'about files that are not archives',
    '{"version":1,"branches":[],"versions":[{"id":"a","version":"1","url":"u","state":"withdrawn","archive":{"path":"index.html","checksum":"0","size":1}}]}',
  ],
  [
    'about files outside the site',
    '{"version":1,"branches":[],"versions":[{"id":"a","version":"1","url":"u","state":"withdrawn","archive":{"path":"plugins/../../a.zip","checksum":"0","size":1}}]}',
  ],
  ...[
    '<plugin url="a">&b</plugin>',
    '<plugin url="a"/><x/>',
    '<x url="a"/>',
    '<plugin',
    '<!-- a -- b --><plugin url="a"/>',
  ].map((entry) => [
    `with the entry ${entry}`,
    JSON.stringify({
      version: 1,
      branches: [],
      versions: [{ id: 'a', version: '1', url: 'a', state: 'superseded', archive: null, entry }],
    }),
  ]),
  ...['a\u0001b', '\ud800'].map((id) => [
    `about ${JSON.stringify(id)}`,
    JSON.stringify({
      version: 1,
      branches: [],
      versions: [{ id, version: '1', url: 'a', state: 'superseded', archive: null, entry: null }],
    }),
  ]),
  ['about impossible branches', '{"version":1,"branches":[1000],"versions":[]}'],
  ['of another version', '{"version":2,"branches":[],"versions":[]}'],
  ['broken', '{"version":1}'],
])('a history that is %s is refused', (_, text) => {
  expect(() => load('<plugins/>', text)).toThrow(/updatePlugins-versions\.json of the site cannot be read/);
});

test('a repository with a self-closing root is read as empty', () => {
  expect(renderIndex(load('<plugins/>'))).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<plugins>\n</plugins>\n',
  );
});

describe('what IDEs are offered', () => {
  const SITE = [
    { version: '1.0', since: '231', until: '241.*' },
    { version: '1.1', since: '231', until: '242.*' },
    { version: '2.0', since: '243', until: '251.*' },
    { version: '2.1', since: '243.100', until: undefined },
    { id: 'org.lab.other', version: '5.0', since: '242', until: '242.*' },
  ] as const;

  test.each([
    ['230.1', {}],
    ['231.0', { 'org.lab.cells': '1.1' }],
    ['241.99999', { 'org.lab.cells': '1.1' }],
    ['242.500', { 'org.lab.cells': '1.1', 'org.lab.other': '5.0' }],
    ['242.SNAPSHOT', { 'org.lab.cells': '1.1', 'org.lab.other': '5.0' }],
    ['243.5', { 'org.lab.cells': '2.0' }],
    ['243.500', { 'org.lab.cells': '2.1' }],
    ['251.1', { 'org.lab.cells': '2.1' }],
    ['263.1', { 'org.lab.cells': '2.1' }],
  ])('the build %s: %j', (build, expected) => {
    const files = filesOf(repositoryOf(SITE));
    expect(offersOf(files.get(INDEX_PATH) ?? '', build)).toEqual(expected);
  });

  test('each branch has a file with each id once', () => {
    const files = filesOf(repositoryOf(SITE));
    const branches = [231, 232, 233, 241, 242, 243, 251, 252, 253, 261, 262, 263];
    expect([...files.keys()]).toEqual([
      ...branches.map((branch) => `updatePlugins-${branch}.xml`),
      HISTORY_PATH,
      INDEX_PATH,
    ]);
    for (const branch of branches) {
      const text = files.get(`updatePlugins-${branch}.xml`) ?? '';
      const ids = [...text.matchAll(/<plugin id="([^"]+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(offersOf(text, `${branch}.5000`)).toEqual(
        offersOf(files.get(INDEX_PATH) ?? '', `${branch}.5000`),
      );
    }
  });

  test('a covered version is not in the index, but stays in the history', () => {
    const repository = repositoryOf([
      { version: '1.0', since: '242', until: '251.*' },
      { version: '1.1', since: '242', until: '252.*' },
    ]);
    const files = filesOf(repository);
    expect(files.get(INDEX_PATH)).not.toContain('cells/1.0/');
    const read = load(files.get(INDEX_PATH) ?? '', files.get(HISTORY_PATH));
    expect(read.versions.map(({ entry, state }) => [entry.version, state])).toEqual([
      ['1.1', 'offered'],
      ['1.0', 'offered'],
    ]);
    expect(filesOf(read)).toEqual(files);
  });

  test('a version that was removed from the index by hand is withdrawn', () => {
    const files = filesOf(
      repositoryOf([
        { version: '1.0', until: '242.*' },
        { version: '2.0', since: '243' },
      ]),
    );
    const edited = (files.get(INDEX_PATH) ?? '').replace(/<plugin [^>]*version="2.0"[\s\S]*?<\/plugin>/, '');
    expect(
      load(edited, files.get(HISTORY_PATH)).versions.map(({ entry, state }) => [entry.version, state]),
    ).toEqual([
      ['2.0', 'withdrawn'],
      ['1.0', 'offered'],
    ]);
  });

  test('a branch keeps its file when it becomes empty', () => {
    const before = filesOf(repositoryOf([{ since: '231', until: '231.*' }]));
    const { branches } = load(before.get(INDEX_PATH) ?? '', before.get(HISTORY_PATH));
    const after = filesOf({ ...repositoryOf([{ since: '242', until: '242.*' }]), branches });
    expect(after.get('updatePlugins-231.xml')).toMatch(/<plugins>\n<\/plugins>\n$/);
    expect([...after.keys()]).not.toContain('updatePlugins-232.xml');
  });

  test('for any versions and any build, the index offers the same as one without omissions', () => {
    const branch = fc.constantFrom(231, 232, 241, 242, 243);
    const release = fc.record({
      version: fc.integer({ min: 1, max: 9 }).map(String),
      since: fc.tuple(branch, fc.nat(3)).map(([b, n]) => `${b}.${n}`),
      length: fc.option(fc.nat(12), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(release, { maxLength: 6 }), branch, fc.nat(5), (releases, b, n) => {
        const given = releases.map(({ version, since, length }) => {
          const [first = 0, ...rest] = parseBuildNumber(since) as BuildNumber;
          return {
            version,
            since,
            until: length === undefined ? undefined : describeBuild([first + length, ...rest, Infinity]),
          };
        });
        const unique = [...new Map(given.map((one) => [one.version, one])).values()];
        const repository = repositoryOf(unique);
        const all = `<plugins>${repository.versions.map(({ entry }) => entry.source).join('')}</plugins>`;
        const build = `${b}.${n}`;
        expect(offersOf(renderIndex(repository), build)).toEqual(offersOf(all, build));
      }),
    );
  });
});

test('an entry of the history is checked with the prefixes of the index, where it would be written', () => {
  const entry = '<plugin id="a" url="a.zip" version="1" x:rank="1"/>';
  const history = (source: string) =>
    JSON.stringify({
      version: 1,
      branches: [],
      versions: [{ state: 'superseded', id: 'a', version: '1', url: 'a.zip', entry: source }],
    });
  expect(load('<plugins xmlns:x="u"/>', history(entry)).versions).toHaveLength(1);
  expect(() => load('<plugins/>', history(entry))).toThrow(
    'the entry of the version "1" of "a" does not fit into the root element of updatePlugins.xml: the prefix "x" is not declared.',
  );
  const two = entry.repeat(2);
  expect(() => load('<plugins xmlns:x="u"/>', history(two))).toThrow(
    'the entry of the version "1" of "a" contains 2 elements, not one.',
  );
  for (const damaged of [
    '</plugins><plugins>',
    '<plugin/><plugin/>',
    'x',
    '<other/>',
    '<plugin>',
    '<!ENTITY a "b">',
  ])
    expect(() => load('<plugins/>', history(damaged))).toThrow(UserError);
});
