import fc from 'fast-check';
import { covers, parseBuildNumber } from '../../../../src/formats/jetbrains/build-number.js';
import { loadRepository } from '../../../../src/formats/jetbrains/index/load.js';
import { EMPTY_REPOSITORY, type Repository } from '../../../../src/formats/jetbrains/index/repository.js';
import { readers } from '../../../../src/formats/jetbrains/readers.js';
import { entriesAgree } from '../../../../src/formats/jetbrains/verify/archive-checks.js';
import {
  readArchive,
  type PluginPayloadFacts,
} from '../../../../src/formats/jetbrains/verify/archive-facts.js';
import { VERIFICATION } from '../../../../src/formats/jetbrains/verify/verify.js';
import type { SiteFacts } from '../../../../src/formats/verification.js';
import { byteSourceOf } from '../../../../src/model/byte-source.js';
import { artifact, publish, VARIANT_NAMES, variant, type Given } from '../../../support/plan-plugins.js';
import { pluginJar, pluginXml, pluginZip, type PluginXml } from '../../../support/plugin-archive.js';
import { makeZip } from '../../../support/zip.js';

const SITE = 'https://lab.org/repo/';
const NONE = { sitePath: 'plugins/a/1/a.zip', knownChecksums: [] };

const known = new Map<string, PluginPayloadFacts>();

/** Returns what reading a plugin with this descriptor has shown. */
function factsOf(given: PluginXml): PluginPayloadFacts {
  const xml = pluginXml(given);
  const facts = known.get(xml) ?? readArchive(byteSourceOf(pluginZip(given)), NONE, 'a.zip');
  known.set(xml, facts);
  return facts;
}

function factsWith(
  index: Repository,
  read: Readonly<Record<string, PluginPayloadFacts>>,
): SiteFacts<Repository> {
  return {
    index,
    siteUrl: SITE,
    indexFiles: new Map(),
    read: new Map(Object.entries(read)),
    upstream: [],
    java: undefined,
    clock: 20261128000000,
  };
}

function repositoryOf(entries: string): Repository {
  return loadRepository(new Map([['updatePlugins.xml', Buffer.from(`<plugins>${entries}</plugins>`)]]));
}

interface GivenEntry {
  id?: string;
  version?: string;
  bounds?: string;
  depends?: readonly string[];
}

/** An entry that agrees with the default descriptor, except for the given values. */
function entry({ id = 'org.lab.cells', version = '1.0.0', bounds, depends = [] }: GivenEntry): string {
  const range = `<idea-version ${bounds ?? 'since-build="242" until-build="251.*"'}/>`;
  const needs = depends.map((one) => `<depends>${one}</depends>`).join('');
  return `<plugin id="${id}" version="${version}" url="a.zip">${range}${needs}</plugin>`;
}

/** Returns the differences between an entry and an archive. */
function differences(given: GivenEntry, archive: PluginXml): readonly string[] {
  const check = entriesAgree(factsWith(repositoryOf(entry(given)), { 'a.zip': factsOf(archive) }));
  return check.findings.map(({ message }) => message);
}

describe('reading a stored archive', () => {
  const zip = pluginZip();
  const { checksum } = readArchive(byteSourceOf(zip), NONE, 'a.zip');

  test('returns the values of its descriptor', () => {
    expect(readers.verify?.(byteSourceOf(zip), NONE, 'a.zip')).toEqual({
      checksum: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      isMatch: true,
      plugin: {
        id: 'org.lab.cells',
        version: '1.0.0',
        range: { since: [242, 0], until: [251, Number.POSITIVE_INFINITY] },
        systems: 2 ** 25 - 1,
      },
    });
  });

  test.each([
    [[], true],
    [['0', checksum], true],
    [['0'], false],
  ])('compares its checksum with %j: %s', (knownChecksums, isMatch) => {
    const facts = readArchive(byteSourceOf(zip), { ...NONE, knownChecksums }, 'a.zip');
    expect(facts).toMatchObject({ checksum, isMatch });
  });

  test.each([
    ['plugins/a/1/a.jar', 'a.jar', undefined],
    ['a.jar', 'https://files.org/a.jar?raw=true', undefined],
    ['a.zip', 'https://files.org/download?a.jar', 'a.zip has the layout of a jar'],
    ['plugins/a/1/a.zip', 'a.zip', 'a.zip has the layout of a jar'],
  ])('reads it as IDEs do by its name: %s, called %s', (sitePath, label, fault) => {
    const jar = byteSourceOf(pluginJar(pluginXml()));
    const { plugin } = readArchive(jar, { sitePath, knownChecksums: [] }, label);
    if (fault === undefined) expect(plugin).toMatchObject({ id: 'org.lab.cells' });
    else expect(plugin).toEqual({ fault: expect.stringContaining(fault) as string });
  });

  test.each([
    [
      makeZip([{ name: 'a/lib/a.jar', content: makeZip([]) }]),
      'No jar in a.zip contains META-INF/plugin.xml',
    ],
    [pluginZip({ more: '<open>' }), 'META-INF/plugin.xml in a.zip cannot be read: '],
    [pluginZip({ id: undefined, name: undefined }), 'its descriptor has no <id>'],
    [pluginZip({ version: undefined }), 'its descriptor has no <version>'],
  ])('reports why IDEs cannot install it (%#)', (bytes, fault) => {
    const { plugin } = readArchive(byteSourceOf(bytes), NONE, 'a.zip');
    expect(plugin).toEqual({ fault: expect.stringMatching(/[^.]$/) as string });
    expect((plugin as { fault: string }).fault).toContain(fault);
  });

  test('throws if it is not an archive', () => {
    expect(() => readArchive(byteSourceOf(Buffer.from('<html>')), NONE, 'the archive a.zip')).toThrow(
      /the archive a\.zip/,
    );
  });

  test('yields plain data, which can be sent to another thread', () => {
    const facts = factsOf({});
    expect(structuredClone(facts)).toEqual(facts);
  });
});

describe('entries-agree', () => {
  test('passes if the entry is the one of the archive', () => {
    expect(entriesAgree(factsWith(repositoryOf(entry({})), { 'a.zip': factsOf({}) }))).toEqual({
      name: 'entries-agree',
      status: 'passed',
      findings: [],
    });
  });

  test.each([
    ['a narrower range', { bounds: 'since-build="242.5" until-build="243.*"' }, {}],
    ['a narrower range of an unbounded archive', {}, { ideaVersion: 'since-build="242"' }],
    ['bounds that are written differently', { bounds: 'since-build="242.0" until-build="251.9999"' }, {}],
    [
      'the upper bound that current IDEs read',
      {},
      { ideaVersion: 'since-build="242" until-build="243.*" strict-until-build="251.*"' },
    ],
    ['an upper bound of many nines', {}, { ideaVersion: 'since-build="242" until-build="251.99999"' }],
    ['a range without any build', { bounds: 'since-build="130" until-build="x"' }, {}],
    ['a version that IDEs consider equal', { version: '1.0' }, {}],
    ['fewer systems', { depends: ['com.intellij.modules.os.linux'] }, {}],
    [
      'a variant by its version',
      { version: '1-linux-x86_64' },
      { version: '1-linux-x86_64', depends: undefined },
    ],
  ])('accepts %s', (_, given, archive) => {
    expect(differences(given, archive)).toEqual([]);
  });

  const ARCHIVE_RANGE = 'but it is for builds from 242.0 to 251.*';
  test.each<[string, GivenEntry, PluginXml, string]>([
    ['another id', { id: 'org.lab' }, {}, 'the index states the id org.lab, but it is org.lab.cells'],
    ['a higher version', { version: '1.1' }, {}, 'the index states the version 1.1, but it is 1.0.0'],
    ['a lower version', { version: '0.9' }, {}, 'the index states the version 0.9, but it is 1.0.0'],
    ['all builds', { bounds: '' }, {}, `the index offers it to all builds, ${ARCHIVE_RANGE}`],
    [
      'earlier builds',
      { bounds: 'since-build="241.9" until-build="251.*"' },
      {},
      `the index offers it to builds from 241.9 to 251.*, ${ARCHIVE_RANGE}`,
    ],
    [
      'later builds',
      { bounds: 'since-build="242"' },
      {},
      `the index offers it to builds from 242.0 on, ${ARCHIVE_RANGE}`,
    ],
    [
      'builds up to a bound',
      { bounds: 'until-build="251.*"' },
      {},
      `the index offers it to builds up to 251.*, ${ARCHIVE_RANGE}`,
    ],
    [
      'more than a strict bound',
      {},
      { ideaVersion: 'since-build="242" until-build="251.*" strict-until-build="243.*"' },
      'the index offers it to builds from 242.0 to 251.*, but it is for builds from 242.0 to 243.*',
    ],
    [
      'more than three nines',
      {},
      { ideaVersion: 'since-build="242" until-build="251.999"' },
      'the index offers it to builds from 242.0 to 251.*, but it is for builds from 242.0 to 251.999',
    ],
    [
      'an archive for no build',
      {},
      { ideaVersion: 'since-build="242" until-build="x"' },
      'the index offers it to builds from 242.0 to 251.*, but it is for no build',
    ],
    [
      'more systems',
      {},
      { depends: 'com.intellij.modules.os.mac' },
      'the index offers it to all systems, but it is for mac-x86_64, mac-arm64',
    ],
  ])('reports %s', (_, given, archive, expected) => {
    expect(differences(given, archive)).toEqual([expected]);
  });

  test('reports an archive that IDEs cannot install, with the path of the archive', () => {
    const read = { 'a.zip': factsOf({ version: undefined }) };
    expect(entriesAgree(factsWith(repositoryOf(entry({})), read))).toEqual({
      name: 'entries-agree',
      status: 'failed',
      reason: 'The index promises what archives do not contain, in 1 place.',
      findings: [{ path: 'a.zip', message: 'IDEs cannot install it: its descriptor has no <version>' }],
    });
  });

  test('compares all entries that lead to an archive', () => {
    const index = repositoryOf(entry({}) + entry({ version: '2.0' }) + entry({ id: 'b' }));
    expect(entriesAgree(factsWith(index, { 'a.zip': factsOf({}) })).findings).toHaveLength(2);
  });

  test('does not compare versions that only the history contains', () => {
    const first = publish(EMPTY_REPOSITORY, { artifacts: [artifact({ version: '1.0' })], siteUrl: SITE });
    const { index } = publish(first.index, { artifacts: [artifact({ version: '2.0' })], siteUrl: SITE });
    const read = { 'plugins/org.lab.cells/1.0/org.lab.cells-1.0.zip': factsOf({ id: 'other' }) };
    expect(entriesAgree(factsWith(index, read)).status).toBe('skipped');
  });

  test('is skipped if no archive was read, and states how many were not', () => {
    const index = repositoryOf(`${entry({})}<plugin id="b" version="1" url="b.zip"/>`);
    expect(entriesAgree(factsWith(index, {}))).toEqual({
      name: 'entries-agree',
      status: 'skipped',
      reason: 'No archive was read that matches the index.',
      findings: [],
    });
    expect(entriesAgree(factsWith(index, { 'a.zip': factsOf({}) }))).toEqual({
      name: 'entries-agree',
      status: 'passed',
      reason: '1 entry was not compared, because the archive was not read or does not match.',
      findings: [],
    });
    expect(entriesAgree(factsWith(EMPTY_REPOSITORY, {})).status).toBe('passed');
  });
});

/** Returns the facts about archives as the reader would return them for the files of a publication. */
function asRead(given: readonly Given[], index: Repository): Readonly<Record<string, PluginPayloadFacts>> {
  return Object.fromEntries(
    VERIFICATION.payloadsOf(index, SITE).flatMap(({ name }) => {
      const own = given.find(({ id = '', version = '' }) => name.startsWith(`plugins/${id}/${version}/`));
      if (!own) return [];
      const bound = (key: string, value: string | undefined) =>
        value === undefined ? '' : `${key}="${value}" `;
      const ideaVersion =
        bound('since-build', own.since) +
        bound('until-build', own.until) +
        bound('strict-until-build', own.strictUntil);
      const more = (own.depends ?? []).map((one) => `<depends>${one}</depends>`).join('');
      return [[name, factsOf({ id: own.id, version: own.version, ideaVersion, depends: undefined, more })]];
    }),
  );
}

const since = fc.constantFrom('223', '242', '242.20224', '251.*');
const until = fc.constantFrom(undefined, '251.*', '253.9999', '261.20000', '262.99999', '271.10000');
const depends = fc.subarray([
  'com.intellij.modules.platform',
  'com.intellij.modules.os.mac',
  'com.intellij.modules.arch.arm64',
]);
const given = fc.record({
  id: fc.constantFrom('a', 'b'),
  version: fc.constantFrom('1.0', '1.1', '2.0-linux-x86_64', '2.0-rc1'),
  since,
  until,
  strictUntil: until,
  depends,
});

test('entries that this program writes always agree with their archives', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(given, { selector: ({ id, version }) => `${id} ${version}`, minLength: 1 }),
      (plugins) => {
        const { index } = publish(EMPTY_REPOSITORY, { artifacts: plugins.map(artifact), siteUrl: SITE });
        expect(entriesAgree(factsWith(index, asRead(plugins, index)))).toMatchObject({
          status: 'passed',
          findings: [],
        });
      },
    ),
  );
});

test('variants for systems agree with their archives', () => {
  const variants = VARIANT_NAMES.map((name) => variant(name, { id: 'a' }));
  const { index } = publish(EMPTY_REPOSITORY, { artifacts: variants, siteUrl: SITE });
  const plugins = variants.map(({ inspection }) => inspection.descriptor as Given);
  expect(entriesAgree(factsWith(index, asRead(plugins, index)))).toEqual({
    name: 'entries-agree',
    status: 'passed',
    findings: [],
  });
});

test('a range is accepted exactly if the archive covers every build that the entry covers', () => {
  const builds = [
    '222.9',
    '223.0',
    '242.1',
    '242.20224',
    '242.20225',
    '251.1',
    '251.500',
    '253.7',
    '261.1',
    '261.20000',
    '261.20001',
    '262.1',
    '271.3',
    '272.1',
    '999.1',
  ];
  const text = (lower: string | undefined, upper: string | undefined) =>
    (lower === undefined ? '' : `since-build="${lower}" `) +
    (upper === undefined ? '' : `until-build="${upper}"`);
  // The last build of a branch is not among the builds.
  const lowerBound = fc.constantFrom('223', '242', '242.20225', '261.1');
  const range = fc.tuple(fc.option(lowerBound, { nil: undefined }), until);
  fc.assert(
    fc.property(range, fc.tuple(lowerBound, until), ([from, to], [archiveFrom, archiveTo]) => {
      const facts = factsOf({ ideaVersion: text(archiveFrom, archiveTo) });
      const index = repositoryOf(entry({ bounds: text(from, to) }));
      const [version] = index.versions;
      const { plugin } = facts;
      if (!version || 'fault' in plugin) throw new Error('not read');
      const isPromisedTooMuch = builds.some((build) => {
        const number = parseBuildNumber(build) ?? [];
        return covers(version.entry.range, number) && !covers(plugin.range, number);
      });
      const { status } = entriesAgree(factsWith(index, { 'a.zip': facts }));
      expect(status).toBe(isPromisedTooMuch ? 'failed' : 'passed');
    }),
  );
});

describe('the rules of the format', () => {
  test('run their checks in the order of the report', () => {
    const facts = factsWith(repositoryOf(entry({})), {});
    expect(VERIFICATION.check(facts).map(({ name }) => name)).toEqual([
      'index-for-clients',
      'names',
      'entries-agree',
    ]);
    const bytes = Buffer.from('<plugins><plugin/></plugins>');
    const withFile = { ...facts, indexFiles: new Map([['updatePlugins.xml', bytes]]) };
    expect(VERIFICATION.check(withFile)[0]?.status).toBe('failed');
  });

  test.each([
    [301, 'https://a.org/', 'https://b.org/', true],
    [302, 'http://a.org/', 'https://b.org/', true],
    [303, 'http://a.org/', 'http://b.org/', true],
    [307, 'https://a.org/', 'https://a.org/b', true],
    [308, 'https://a.org/', 'https://a.org/b', true],
    [308, 'https://a.org/', 'http://a.org/', false],
    [302, 'http://a.org/', 'ftp://a.org/', false],
    [300, 'https://a.org/', 'https://b.org/', false],
    [304, 'https://a.org/', 'https://b.org/', false],
    [305, 'https://a.org/', 'https://b.org/', false],
  ])('redirects: %i from %s to %s: %s', (status, from, to, expected) => {
    expect(VERIFICATION.followsRedirect(status, new URL(from), new URL(to))).toBe(expected);
  });
});
