import { parseIndexXml } from '../../../../src/formats/imagej/index/read.js';
import { EMPTY_INDEX, type SiteIndex } from '../../../../src/formats/imagej/index/site-index.js';
import * as checks from '../../../../src/formats/imagej/verify/file-checks.js';
import type { ImageJPayloadFacts } from '../../../../src/formats/imagej/verify/payload-facts.js';
import { VERIFICATION } from '../../../../src/formats/imagej/verify/verify.js';
import type { SiteFacts } from '../../../../src/formats/verification.js';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const OLD = 20200101000000;
const NEW = 20260101000000;

interface GivenFile {
  needs?: readonly string[];
  overrides?: readonly string[];
  checksum?: string;
  /** The name of the previous version. */
  previous?: string;
  isObsolete?: boolean;
  coordinate?: string;
}

function indexOf(files: Readonly<Record<string, GivenFile>>): SiteIndex {
  const records = Object.entries(files).map(
    ([path, { needs = [], overrides = [], checksum = A, previous, isObsolete, coordinate }]) => {
      const dependencies = [
        ...needs.map((name) => `<dependency filename="${name}" timestamp="1"/>`),
        ...overrides.map((name) => `<dependency filename="${name}" timestamp="1" overrides="true"/>`),
      ];
      const version = `<version checksum="${checksum}" timestamp="${NEW}" filesize="5">${dependencies.join('')}</version>`;
      const older = `<previous-version checksum="${B}" timestamp="${OLD}" filename="${previous ?? path}"/>`;
      const attribute = coordinate === undefined ? '' : ` coordinate="${coordinate}"`;
      return `<plugin filename="${path}"${attribute}>${isObsolete ? '' : version}${previous === undefined && !isObsolete ? '' : older}</plugin>`;
    },
  );
  return parseIndexXml(Buffer.from(`<pluginRecords>${records.join('')}</pluginRecords>`));
}

const FACTS: ImageJPayloadFacts = {
  checksum: A,
  isMatch: true,
  pomFault: undefined,
  java: 8,
  coordinate: undefined,
};

/** @param read what reading has shown, by stored name */
function factsOf(
  files: Readonly<Record<string, GivenFile>>,
  read: Readonly<Record<string, Partial<ImageJPayloadFacts>>> = {},
  more: Partial<SiteFacts<SiteIndex>> = {},
): SiteFacts<SiteIndex> {
  return {
    index: indexOf(files),
    siteUrl: undefined,
    indexFiles: new Map(),
    read: new Map(Object.entries(read).map(([name, given]) => [name, { ...FACTS, ...given }])),
    upstream: [],
    java: 8,
    clock: NEW,
    ...more,
  };
}

const upstreamOf = (name: string, files: Readonly<Record<string, GivenFile>>) => ({
  name,
  location: `https://${name}.org/`,
  index: indexOf(files),
});

describe('poms', () => {
  const FAULT = { pomFault: 'line 1' };

  test('passes for jars with POMs that can be read, and without', () => {
    expect(checks.poms(factsOf({ 'a.jar': {} }, { [`a.jar-${NEW}`]: {} }))).toEqual({
      name: 'poms',
      status: 'passed',
      findings: [],
    });
  });

  test('reports the faults of current versions only', () => {
    const files = { 'a.jar': { previous: 'a.jar' }, 'b.jar': {}, 'c.jar': { isObsolete: true } };
    const read = { [`a.jar-${OLD}`]: FAULT, [`b.jar-${NEW}`]: FAULT, [`c.jar-${OLD}`]: FAULT };
    expect(checks.poms(factsOf(files, read))).toEqual({
      name: 'poms',
      status: 'failed',
      reason: '1 jar has a POM that ImageJ cannot read.',
      findings: [{ path: 'b.jar', message: 'its POM cannot be read: line 1' }],
    });
  });
});

describe('java-version', () => {
  const read = { [`a.jar-${NEW}`]: { java: 8 }, [`b.jar-${NEW}`]: { java: 11 } };
  const files = { 'a.jar': {}, 'b.jar': {} };

  test('reports jars for a newer Java than the one of the users', () => {
    expect(checks.javaVersion(factsOf(files, read))).toEqual({
      name: 'java-version',
      status: 'failed',
      reason: '1 jar needs a newer Java than 8, which users have.',
      findings: [{ path: 'b.jar', message: 'it needs Java 11' }],
    });
    expect(checks.javaVersion(factsOf(files, read, { java: 11 })).status).toBe('passed');
  });

  test('is skipped if the Java of the users is unknown', () => {
    expect(checks.javaVersion(factsOf(files, read, { java: undefined }))).toMatchObject({
      status: 'skipped',
      findings: [],
    });
  });
});

describe('coordinates', () => {
  const messages = (file: GivenFile, now: string | undefined, before?: string) => {
    const read = {
      [`jars/a-2.jar-${NEW}`]: { coordinate: now },
      [`jars/a-1.jar-${OLD}`]: { coordinate: before },
    };
    return checks.coordinates(factsOf({ 'jars/a-2.jar': { previous: 'jars/a-1.jar', ...file } }, read));
  };

  test.each([
    [{}, 'g:a', 'g:a'],
    [{}, 'g:a', undefined],
    [{}, undefined, undefined],
    [{ coordinate: 'g:a' }, 'g:a', 'g:a'],
    [{ coordinate: 'g:a:jar:1' }, 'g:a', undefined],
    [{ coordinate: 'nonsense' }, 'g:a', undefined],
  ])('accepts %j with %s, and %s before', (file, now, before) => {
    expect(messages(file, now, before).findings).toEqual([]);
  });

  test.each([
    [{}, 'g:a', 'h:a', 'its versions are g:a and h:a'],
    [{ coordinate: 'h:a' }, 'g:a', undefined, 'its versions are g:a and h:a'],
    [{ coordinate: 'i:a:1' }, 'g:a', 'h:a', 'its versions are g:a and h:a and i:a'],
    [{ isObsolete: true, coordinate: 'g:a' }, undefined, 'h:a', 'its versions are h:a and g:a'],
  ])('reports %j with %s, and %s before', (file, now, before, message) => {
    expect(messages(file, now, before)).toMatchObject({
      name: 'coordinates',
      status: 'failed',
      reason: '1 file is not the same artifact in all versions.',
      findings: [{ path: 'jars/a-2.jar', message }],
    });
  });
});

describe('dependencies', () => {
  test('passes if the site or an upstream site serves them, in any version', () => {
    const upstream = [upstreamOf('core', { 'jars/c-3.1.0.jar': {} })];
    const files = { 'a.jar': { needs: ['jars/b-1.0.0.jar', 'jars/c.jar'] }, 'jars/b-2.0.0.jar': {} };
    expect(checks.dependencies(factsOf(files, {}, { upstream }))).toEqual({
      name: 'dependencies',
      status: 'passed',
      findings: [],
    });
  });

  test('ignores overrides, and the needs of obsolete files', () => {
    const files = { 'a.jar': { overrides: ['x.jar'] }, 'b.jar': { needs: ['y.jar'], isObsolete: true } };
    expect(checks.dependencies(factsOf(files)).status).toBe('passed');
  });

  test('reports each needed file once, with the files that need it', () => {
    const many = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((at) => [`f${at}.jar`, { needs: ['x.jar'] }]));
    const files = { ...many, 'a.jar': { needs: ['gone.jar'] }, 'gone.jar': { isObsolete: true } };
    const upstream = [upstreamOf('core', { 'gone.jar': { isObsolete: true } })];
    expect(checks.dependencies(factsOf(files, {}, { upstream }))).toEqual({
      name: 'dependencies',
      status: 'failed',
      reason: '2 needed files are served neither by the site nor by core.',
      findings: [
        {
          path: 'f1.jar',
          message: 'x.jar is not served, and f1.jar, f2.jar, f3.jar, f4.jar, f5.jar and 2 more need it',
        },
        { path: 'a.jar', message: 'gone.jar is not served, and a.jar needs it' },
      ],
    });
    expect(checks.dependencies(factsOf({ 'a.jar': { needs: ['x.jar'] } })).reason).toBe(
      '1 needed file is served neither by the site nor by an upstream site.',
    );
  });
});

describe('circular-dependencies', () => {
  test('passes for chains, overrides and obsolete files', () => {
    const files = {
      'a.jar': { needs: ['b.jar', 'x.jar'] },
      'b.jar': { overrides: ['a.jar'], needs: ['c.jar'] },
      'c.jar': { needs: ['a.jar'], isObsolete: true },
    };
    expect(checks.circularDependencies(factsOf(files)).findings).toEqual([]);
  });

  test('reports circles by the names in the index', () => {
    const files = {
      'a-1.0.0.jar': { needs: ['b.jar'] },
      'b-2.0.0.jar': { needs: ['a.jar'] },
      'c-1.0.0.jar': { needs: ['c.jar'] },
    };
    expect(checks.circularDependencies(factsOf(files))).toEqual({
      name: 'circular-dependencies',
      status: 'failed',
      reason: 'Files depend on each other in 2 circles.',
      findings: [
        { path: 'a-1.0.0.jar', message: 'a-1.0.0.jar, b-2.0.0.jar need each other' },
        { path: 'c-1.0.0.jar', message: 'it needs itself' },
      ],
    });
  });
});

describe('shadowed-files', () => {
  const files = {
    'jars/a-2.0.0.jar': {},
    'jars/same.jar': {},
    'jars/own.jar': {},
    'jars/obsolete.jar': { isObsolete: true },
    'jars/gone.jar': {},
  };
  const core = upstreamOf('core', {
    'jars/a-1.0.0.jar': { checksum: B },
    'jars/same.jar': {},
    'jars/obsolete.jar': { checksum: B },
    'jars/gone.jar': { isObsolete: true },
  });

  test('reports files that differ from those of upstream sites', () => {
    expect(checks.shadowedFiles(factsOf(files, {}, { upstream: [core] }))).toEqual({
      name: 'shadowed-files',
      status: 'failed',
      reason: '1 file replaces one of an upstream site.',
      findings: [{ path: 'jars/a-2.0.0.jar', message: 'it replaces jars/a-1.0.0.jar of core' }],
    });
  });

  test('compares with the upstream site from which users get the file', () => {
    const later = upstreamOf('later', { 'jars/a.jar': {} });
    expect(checks.shadowedFiles(factsOf(files, {}, { upstream: [core, later] })).status).toBe('passed');
  });
});

test('checks that need the upstream sites state why they are skipped', () => {
  const facts = factsOf({ 'a.jar': { needs: ['x.jar'] } }, {}, { upstream: 'It is unknown.' });
  for (const check of [checks.dependencies(facts), checks.shadowedFiles(facts)])
    expect(check).toMatchObject({ status: 'skipped', reason: 'It is unknown.', findings: [] });
});

describe('the rules of the format', () => {
  test('run their checks in the order of the report', () => {
    expect(VERIFICATION.check({ ...factsOf({}), index: EMPTY_INDEX }).map(({ name }) => name)).toEqual([
      ...['index-for-clients', 'local-database', 'names', 'timestamps', 'future-timestamps', 'poms'],
      ...['dependencies', 'circular-dependencies', 'shadowed-files', 'java-version', 'coordinates'],
    ]);
  });

  test.each([
    [301, 'https://a.org/', 'https://b.org/', true],
    [302, 'http://a.org/', 'http://b.org/', true],
    [307, 'https://a.org/', 'https://b.org/', true],
    [308, 'https://a.org/', 'https://b.org/', false],
    [301, 'http://a.org/', 'https://a.org/', false],
    [301, 'https://a.org/', 'http://a.org/', false],
    [304, 'https://a.org/', 'https://b.org/', false],
    [306, 'https://a.org/', 'https://b.org/', false],
  ])('redirects: %i from %s to %s: %s', (status, from, to, expected) => {
    expect(VERIFICATION.followsRedirect(status, new URL(from), new URL(to))).toBe(expected);
  });
});
