import { loadRepository } from '../../../src/formats/jetbrains/index/load.js';
import { EMPTY_REPOSITORY, type Repository } from '../../../src/formats/jetbrains/index/repository.js';
import { LISTING } from '../../../src/formats/jetbrains/listing.js';
import { artifact, publish } from '../../support/plan-plugins.js';

const SITE = 'https://lab.org/repo/';

const byHand = (text: string): Repository =>
  loadRepository(new Map([['updatePlugins.xml', Buffer.from(`<plugins>${text}</plugins>`)]]));

const detailed = (index: Repository, name: string) => {
  const found = LISTING.find(index, name, SITE);
  return found.status === 'found' ? found.files : [];
};

describe('a repository of this program', () => {
  const first = publish(EMPTY_REPOSITORY, { artifacts: [artifact({ version: '1.0' })], siteUrl: SITE }).index;
  const { index } = publish(first, { artifacts: [artifact({ version: '1.1' })], siteUrl: SITE });

  test('lists offered versions, and those that they have replaced', () => {
    const plugin = { id: 'org.lab.cells', ides: '2024.2 to 2026.3', systems: [] };
    const file = (version: string) => `plugins/org.lab.cells/${version}/org.lab.cells-${version}.zip`;
    const archive = { size: 5, timestamp: undefined };
    expect(LISTING.filesOf(index, undefined)).toEqual([
      {
        ...archive,
        path: file('1.1'),
        version: '1.1',
        checksum: 'org.lab.cells 1.1 a',
        isCurrent: true,
        previous: 1,
        plugin: { ...plugin, address: SITE + file('1.1') },
      },
      {
        ...archive,
        path: file('1.0'),
        version: '1.0',
        checksum: 'org.lab.cells 1.0 a',
        isCurrent: false,
        previous: 0,
        plugin: { ...plugin, address: SITE + file('1.0') },
      },
    ]);
  });

  test.each([
    ['org.lab.cells', '1.1'],
    ['org.lab.cells@1.1', '1.1'],
    ['org.lab.cells@1.0', '1.0'],
    ['Cells', '1.1'],
    ['org.lab.cells-1.0.zip', '1.0'],
    ['plugins/org.lab.cells/1.0/org.lab.cells-1.0.zip', '1.0'],
  ])('finds a version as %s', (name, version) => {
    expect(detailed(index, name).map((file) => file.version)).toEqual([version]);
  });

  test('returns all that is known about a version', () => {
    expect(detailed(index, 'org.lab.cells')[0]?.details).toMatchObject({
      title: 'Cells',
      description: 'Counts the cells of an image, and more than that.',
      authors: ['Lab'],
      builds: '242 to 263.*',
      signed: 'no',
      payload: 'plugins/org.lab.cells/1.1/org.lab.cells-1.1.zip',
      previousVersions: [
        {
          version: '1.0',
          checksum: 'org.lab.cells 1.0 a',
          payload: 'plugins/org.lab.cells/1.0/org.lab.cells-1.0.zip',
        },
      ],
    });
  });

  test.each([
    ['org.lab.cels', ['org.lab.cells']],
    ['org.lab.cells@1.2', ['org.lab.cells@1.1', 'org.lab.cells@1.0']],
    ['something-else', []],
  ])('names plugins that are similar to %s', (name, near) => {
    expect(LISTING.find(index, name, SITE)).toEqual({ status: 'unknown', near });
  });
});

describe('a repository that was written by hand', () => {
  const index = byHand(
    '<plugin id="a" version="2" url="a.zip"><idea-version since-build="243.1"/><name>Tool</name>' +
      '<vendor url="https://lab.org">The Lab</vendor><depends>com.intellij.modules.lang</depends>' +
      '<description><![CDATA[<b>Bold</b> text]]></description></plugin>' +
      '<plugin id="a" version="1" url="https://elsewhere.org/a-1.zip"><idea-version until-build="242.*"/></plugin>' +
      '<plugin id="b" version="" url="b.zip"><name>Tool</name></plugin>',
  );

  test('has full addresses if that of the site is known', () => {
    const addresses = (siteUrl: string | undefined) =>
      LISTING.filesOf(index, siteUrl).map(({ plugin }) => plugin?.address);
    expect(addresses(SITE)).toEqual([`${SITE}a.zip`, 'https://elsewhere.org/a-1.zip', `${SITE}b.zip`]);
    expect(addresses(undefined)).toEqual(['a.zip', 'https://elsewhere.org/a-1.zip', 'b.zip']);
  });

  test('shows all versions with an id, because they are for different IDEs', () => {
    expect(detailed(index, 'a')).toMatchObject([
      {
        path: 'a@2',
        version: '2',
        checksum: undefined,
        details: {
          title: 'Tool',
          description: 'Bold text',
          authors: ['The Lab'],
          links: ['https://lab.org'],
          builds: '243.1 and later',
          dependencies: [{ path: 'com.intellij.modules.lang', timestamp: undefined, overrides: false }],
          previousVersions: [],
        },
      },
      { path: 'a@1', details: { title: undefined, authors: [], builds: 'up to 242.*' } },
    ]);
    expect(detailed(index, 'b')).toMatchObject([{ version: undefined, details: { builds: undefined } }]);
  });

  test('does not choose between plugins with the same name', () => {
    expect(LISTING.find(index, 'Tool', SITE)).toEqual({ status: 'ambiguous', names: ['a', 'b'] });
  });
});
