import { loadRepository } from '../../../../src/formats/jetbrains/index/load.js';
import { decodeXml } from '../../../../src/xml/encoding.js';
import { offersOf, readAsIde } from '../../../support/ide.js';
import { artifact, codesIn, publish, textOf } from '../../../support/plan-plugins.js';
import { REAL_INDEXES } from '../../../support/real-indexes.js';

const load = (index: string | Buffer) => loadRepository(new Map([['updatePlugins.xml', Buffer.from(index)]]));

const BUILDS = [
  ...['99.32', '145.2', '231.0', '232.10203.10', '241.5', '242.0', '242.20224.300', '242.20225.1'],
  ...['243.5', '243.100.7', '251.99999', '253.1', '263.SNAPSHOT', '271.1'],
];
const SYSTEMS = ['linux x86_64', 'linux arm64', 'windows x86_64', 'mac arm64', 'freebsd x86'].map((text) => {
  const [os = '', arch = ''] = text.split(' ');
  return { os, arch };
});

/** What every user is offered, except the new plugin. */
function offersIn(xml: string): Record<string, Record<string, string>> {
  return Object.fromEntries(
    BUILDS.flatMap((build) =>
      SYSTEMS.map((system) => {
        const offers = offersOf(xml, build, system);
        delete offers['org.lab.new'];
        return [`${build} ${system.os} ${system.arch}`, offers];
      }),
    ),
  );
}

const added = [artifact({ id: 'org.lab.new', since: '130', until: undefined })];

test('the indexes include the shapes of all real repositories that were examined', () => {
  expect(Object.keys(REAL_INDEXES).length).toBeGreaterThanOrEqual(26);
});

test.each(Object.entries(REAL_INDEXES))(
  'an index with %s survives a publication, with every offer',
  (_, index) => {
    const text = decodeXml(Buffer.from(index)).text;
    const before = text.replace(/<!DOCTYPE[^[>]*(\[[\s\S]*?\])?>/, '');
    const { files, plan } = publish(load(index), { artifacts: added });
    expect(plan.problems.filter(({ code }) => code !== 'document-type')).toEqual([]);
    const written = textOf(files);
    expect(offersIn(written)).toEqual(offersIn(before));
    const entries = (xml: string) => readAsIde(xml).filter(({ id }) => id !== 'org.lab.new');
    expect(new Set(entries(written))).toEqual(new Set(entries(before)));
    for (const path of files.keys()) if (path.endsWith('.xml')) readAsIde(textOf(files, path));
    const again = publish(loadRepository(files), { artifacts: added });
    expect(again.plan.changes).toEqual([]);
  },
);

test('a document type is removed with a warning', () => {
  const index = load('<!-- a -->\n<!DOCTYPE plugins>\n<!-- b -->\n<plugins/>');
  const { plan, files } = publish(index, { artifacts: added });
  expect(plan.problems).toMatchObject([{ severity: 'warning', code: 'document-type' }]);
  for (const [path, bytes] of files)
    if (path.endsWith('.xml'))
      expect(Buffer.from(bytes).toString()).toMatch(/^<\?xml [^>]*>\n<!-- a -->\n<!-- b -->\n<plugins>\n/);
  expect(publish(loadRepository(files), { artifacts: added }).plan.problems).toEqual([]);
});

const CATEGORY = `<plugins>
  <category name="Tools">
    <!-- by hand -->
    <plugin id="org.lab.cells"   url="cells.zip" version="2.0"/>
  </category>
</plugins>`;

test('entries in a category count and stay as they are', () => {
  const index = load(CATEGORY);
  expect(codesIn({ index, artifacts: [artifact({ version: '1.0' })] })).toEqual(['warning older-version']);
  expect(codesIn({ index, artifacts: [artifact({ version: '2.0' })] })).toEqual(['error published-version']);
  const older = publish(index, { artifacts: [artifact({ version: '1.0' })] });
  const newer = publish(older.index, {
    artifacts: [artifact({ version: '3.0', since: '130', until: undefined })],
  });
  for (const { files } of [older, newer]) {
    const text = textOf(files);
    expect(text).toContain(
      CATEGORY.slice(CATEGORY.indexOf('<category'), CATEGORY.indexOf('</plugins>')).trim(),
    );
    expect(text.split('version="2.0"')).toHaveLength(2);
  }
  // A version that is covered for all IDEs is omitted, except in the category.
  expect(textOf(older.files)).not.toContain('version="1.0">');
  expect(textOf(newer.files)).toContain('version="3.0"');
  const beside = publish(index, { artifacts: added });
  expect(textOf(beside.files, 'updatePlugins-263.xml')).toContain('url="cells.zip"');
});

test('an entry in a category is not removed, and the message names the category', () => {
  const { problems, changes } = publish(load(CATEGORY), { remove: ['org.lab.cells'] }).plan;
  expect(changes).toEqual([]);
  expect(problems).toMatchObject([{ severity: 'error', code: 'entry-elsewhere' }]);
  expect(problems[0]?.message).toContain('org.lab.cells is inside <category> in updatePlugins.xml');
});

test('a published entry that was moved into a category by hand stays there', () => {
  const first = publish(load('<plugins/>'), { artifacts: [artifact({})] });
  const edited = textOf(first.files).replace(/<plugin [\s\S]*<\/plugin>/, '<category>$&</category>');
  const index = loadRepository(new Map([...first.files, ['updatePlugins.xml', Buffer.from(edited)]]));
  const next = publish(index, { artifacts: [artifact({}), artifact({ version: '2.0' })], keep: 1 });
  expect(next.plan.changes.map(({ kind }) => kind)).toEqual(['update']);
  expect(textOf(next.files)).toMatch(/<category><plugin id="org.lab.cells"[^>]* version="1.0">/);
  expect(next.plan.unchanged).toBe(1);
});

test('when a published entry is rewritten, elements no longer override its attributes', () => {
  const path = 'plugins/org.lab.cells/1.0/org.lab.cells-1.0.zip';
  const first = publish(load('<plugins/>'), { artifacts: [artifact({})] });
  const elements = `<id>org.lab.cells</id><version>1.0</version><download-url>https://old.org/${path}</download-url>`;
  const edited = textOf(first.files).replace('<name>', `${elements}<name>`);
  const index = loadRepository(new Map([...first.files, ['updatePlugins.xml', Buffer.from(edited)]]));
  expect(index.versions).toMatchObject([{ entry: { url: `https://old.org/${path}` }, archive: { path } }]);
  const next = publish(index, { artifacts: [artifact({})], siteUrl: 'https://new.org/' });
  expect(readAsIde(textOf(next.files))).toMatchObject([
    { id: 'org.lab.cells', version: '1.0', url: `https://new.org/${path}` },
  ]);
});
