import { loadRepository } from '../../../../src/formats/jetbrains/index/load.js';
import { EMPTY_REPOSITORY } from '../../../../src/formats/jetbrains/index/repository.js';
import { archiveNames, indexForClients } from '../../../../src/formats/jetbrains/verify/index-checks.js';
import { artifact, publish } from '../../../support/plan-plugins.js';
import { REAL_INDEXES } from '../../../support/real-indexes.js';

const SITE = 'https://lab.org/repo/';
const repositoryOf = (bytes: Buffer) => loadRepository(new Map([['updatePlugins.xml', bytes]]));

describe('index-for-clients', () => {
  const check = (xml: string | Buffer) => {
    const bytes = Buffer.from(xml);
    return indexForClients(repositoryOf(bytes), new Map([['updatePlugins.xml', bytes]]));
  };
  /** Returns the findings about an index with one entry. */
  const messages = (xml: string) => check(xml).findings.map(({ message }) => message);

  test('passes for what this program writes', () => {
    const { files, index } = publish(EMPTY_REPOSITORY, { artifacts: [artifact({})], siteUrl: SITE });
    expect(indexForClients(index, files)).toEqual({
      name: 'index-for-clients',
      status: 'passed',
      findings: [],
    });
  });

  test('passes for a site without an index', () => {
    expect(indexForClients(EMPTY_REPOSITORY, new Map()).status).toBe('passed');
  });

  test('fails if there is a document type', () => {
    expect(check('<!DOCTYPE plugins [<!ENTITY a "b">]><plugins/>')).toEqual({
      name: 'index-for-clients',
      status: 'failed',
      reason: 'IDEs do not read the index as it is meant, for 1 reason.',
      findings: [
        {
          path: 'updatePlugins.xml',
          message: 'it has a document type (<!DOCTYPE …>), and IDEs since 2025 refuse the whole file',
        },
      ],
    });
  });

  const VALID = '<plugin id="a" version="1" url="a.zip"/>';
  const ranged = (bounds: string) =>
    `<plugin id="a" version="1" url="a.zip"><idea-version ${bounds}/></plugin>`;
  const needing = (...ids: readonly string[]) =>
    `<plugin id="a" version="1" url="a.zip">${ids.map((id) => `<depends>${id}</depends>`).join('')}</plugin>`;
  const NO_BUILD = ', a 1: its range contains no build, so it is not compatible with any IDE';
  const NO_SYSTEM = ', a 1: it is not for any system that IDEs know';

  test.each([
    ['<plugin id="a" version="1"/>', ': it has no address, so IDEs skip it'],
    ['<plugin/>', ': it has no address, so IDEs skip it'],
    ['<plugin id="a" version="1" url=""/>', ', a 1: its address is empty, so IDEs cannot download it'],
    ['<plugin version="1" url="a.zip"/>', ', unknown 1: it has no id, and IDEs use "unknown"'],
    ['<plugin id=" " version="1" url="a.zip"/>', ': it has no id, and IDEs use "unknown"'],
    ['<plugin id="" version="1" url="a.zip"/>', ': it has no id, and IDEs use "unknown"'],
    ['<plugin id="a" url="a.zip"/>', ', a: it has no version, so IDEs never offer it as an update'],
    [ranged('until-build="25x"'), NO_BUILD],
    [ranged('since-build="@since@"'), NO_BUILD],
    [ranged('since-build="251" until-build="242.*"'), NO_BUILD],
    [needing('com.intellij.modules.os.unknown'), NO_SYSTEM],
    [needing('com.intellij.modules.os.mac', 'com.intellij.modules.os.windows'), NO_SYSTEM],
  ])('reports %s', (entry, expected) => {
    expect(messages(`<plugins>\n\n${entry}</plugins>`)).toEqual([`the entry in line 3${expected}`]);
    const inside = `<plugins>${VALID}<category name="x"><category>\n${entry}</category></category></plugins>`;
    expect(messages(inside)).toEqual([`the entry in line 2${expected}`]);
  });

  test.each([
    VALID,
    ranged('since-build="242" until-build="251.*"'),
    ranged('since-build="" until-build=""'),
    ranged('since-build="242.1" until-build="242.1"'),
    needing('com.intellij.modules.os.unix', 'com.intellij.modules.arch.arm64'),
    '<idea-plugin url="https://home.org"><id>a</id><version>1</version><download-url>a.zip</download-url></idea-plugin>',
    '<plugin><id>a</id><version>1</version><downloadUrl>a.zip</downloadUrl></plugin>',
    '<ff>"Misc"</ff>',
    '<!-- <plugin/> -->',
  ])('does not report %s', (entry) => {
    expect(messages(`<plugins>${entry}<category>${entry}</category></plugins>`)).toEqual([]);
  });

  test('reports the entries in the order of the document', () => {
    const xml = '<plugins><category>\n<plugin/>\n<plugin/></category>\n<plugin/></plugins>';
    expect(messages(xml).map((message) => message.slice(0, 19))).toEqual(
      [2, 3, 4].map((line) => `the entry in line ${line}`),
    );
  });

  test.each(Object.entries(REAL_INDEXES))('can check an index with %s', (_, index) => {
    expect(['passed', 'failed']).toContain(check(index).status);
  });
});

describe('names', () => {
  const check = (entries: readonly string[], siteUrl: string | undefined = SITE) => {
    const lines = entries.map((url, at) => `<plugin id="a${at}" version="1" url="${url}"/>`);
    return archiveNames(repositoryOf(Buffer.from(`<plugins>${lines.join('')}</plugins>`)), siteUrl);
  };

  test('passes for what this program writes', () => {
    const { index } = publish(EMPTY_REPOSITORY, { artifacts: [artifact({})], siteUrl: SITE });
    expect(archiveNames(index, SITE)).toEqual({ name: 'names', status: 'passed', findings: [] });
  });

  test.each([
    'https://lab.org/repo/a.zip',
    'https://files.org/a%20b.jar',
    'http://localhost:8080/a.zip',
    'http://127.0.0.1/a.zip',
    'http://[::1]/a.zip',
    // Fragile, but IDEs resolve them.
    'a.zip',
    '../a.jar',
    '/a.zip?raw=true',
    '/a.zip?x[1]=2',
    'https://[2001:db8::1]:8443/a.zip?x[1]',
    '//files.org/a.zip',
    // The server names the file.
    'https://plugins.org/download?id=7',
    '',
  ])('accepts %j', (url) => {
    expect(check([url]).findings).toEqual([]);
  });

  const NO_HTTPS = 'it does not begin with https://, so an attacker in the network can replace the plugin';
  const NO_END = 'its name does not end in .jar or .zip, so IDEs do not install it';
  const NO_ADDRESS = 'its address is not a web address';
  const character = (text: string) =>
    `it contains ${JSON.stringify(text)}, which Java does not accept in an address`;

  test.each([
    ['http://lab.org/repo/a.zip', NO_HTTPS],
    ['HTTP://files.org/a.zip', NO_HTTPS],
    ['http://localhost.org/a.zip', NO_HTTPS],
    ['file:///srv/a.zip', NO_ADDRESS],
    ['ftp://files.org/a.zip', NO_ADDRESS],
    ['https://', NO_ADDRESS],
    ['a b.zip', character(' ')],
    [' a.zip', character(' ')],
    ['a\\b.zip', character('\\')],
    ['https://files.org/{version}/a.zip', character('{')],
    ['a%2.zip', character('%')],
    ['a[1].zip', character('[')],
    ['https://[::1]/a].zip', character(']')],
    ['a.tar.gz', NO_END],
    ['https://lab.org/repo/a.ZIP', NO_END],
    ['https://files.org/a', NO_END],
    ['https://lab.org/repo/download?id=7', NO_END],
    ['../a.txt#a.zip', NO_END],
    ['a.zip/', 'its path is not one of a file: it has an empty part'],
    ['a%2Fb.zip', 'its address is not correctly encoded'],
    ['a%FF.zip', 'its address is not correctly encoded'],
  ])('reports %j', (url, message) => {
    expect(check(['b.zip', url])).toEqual({
      name: 'names',
      status: 'failed',
      reason: 'IDEs cannot install 1 archive from the address in the index, or not safely.',
      findings: [{ path: url, message }],
    });
  });

  test.each(['a.tar.gz', '../a.txt', 'http://files.org/a.zip'])(
    'reports %j also if the address of the site is unknown',
    (url) => {
      expect(check([url], undefined).findings).toHaveLength(1);
    },
  );

  test('does not report relative addresses of a site over http, which is another check', () => {
    expect(check(['a.zip'], 'http://lab.org/').findings).toEqual([]);
  });

  test('reports an address once, and not that of a withdrawn version', () => {
    expect(check(['a.gz', 'a.gz', 'b.gz']).findings.map(({ path }) => path)).toEqual(['a.gz', 'b.gz']);
    const before = repositoryOf(Buffer.from('<plugins><plugin id="a" version="1" url="a.gz"/></plugins>'));
    const { index } = publish(before, { remove: ['a'] });
    expect(index.versions).toHaveLength(1);
    expect(archiveNames(index, SITE).status).toBe('passed');
  });
});
