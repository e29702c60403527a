import type { SiteConfig } from '../../../../src/model/site-config.js';
import { imagejChange, imagejIndex, type RecordSpec } from '../../../support/imagej-site.js';
import { makeZip } from '../../../support/zip.js';
import { EMPTY_INDEX, type SiteIndex } from '../../../../src/formats/imagej/index/site-index.js';
import type { ImageJChange } from '../../../../src/formats/imagej/change.js';
import { checkTakeovers, payloadsForTakeovers } from '../../../../src/formats/imagej/plan/takeover.js';

const CHANGE = { kind: 'revive', component: 'plugins/A.jar', coordinate: 'g:A' } as ImageJChange;

/** An obsolete file with one previous version of this name. */
function indexWith(filename: string): SiteIndex {
  const previous = { filename, timestamp: 20200101000000, timestampObsolete: 20210101000000, checksum: 'a' };
  const record = {
    filename: 'plugins/A.jar',
    executable: false,
    platforms: [],
    categories: [],
    previous: [{ ...previous, attributes: [], unknown: [] }],
    attributes: [],
    unknown: [],
  };
  return { ...EMPTY_INDEX, records: [{ ...record, current: undefined }] };
}

const payloads = (filename: string) => [
  ...payloadsForTakeovers({ changes: [CHANGE] }, indexWith(filename)).keys(),
];

test('requests the last version of an obsolete file', () => {
  expect(payloads('plugins/A-1.jar')).toEqual(['plugins/A-1.jar-20200101000000']);
});

test.each(['../A-1.jar', '/etc/A-1.jar', 'plugins/../../A-1.jar', 'C:/A-1.jar'])(
  'never requests a name that leads out of the site: %s',
  (filename) => {
    expect(payloads(filename)).toEqual([]);
  },
);

describe('a jar that continues a file of the site', () => {
  const PATH = 'jars/lib-1.1.jar';
  const STORED = 'jars/lib-1.0.jar-20250101000000';
  const jarOf = (group: string) =>
    makeZip([{ name: `META-INF/maven/${group}/lib/pom.xml`, content: '<project/>' }]);
  const configWith = (replaces: string): SiteConfig => ({
    file: 'my.yml',
    name: undefined,
    url: undefined,
    description: undefined,
    files: [{ pattern: 'jars/lib.jar', replaces }],
    problems: {},
  });

  function check(
    {
      kind = 'update',
      coordinate = 'org.new:lib',
      path = PATH,
    }: {
      kind?: 'update' | 'rename' | 'revive' | 'add' | 'remove';
      coordinate?: string | undefined;
      path?: string;
    },
    {
      spec = {},
      stored = {},
      config,
    }: { spec?: RecordSpec; stored?: Readonly<Record<string, Buffer>>; config?: SiteConfig } = {},
  ) {
    const plan = { changes: [imagejChange(path, { kind, coordinate })] };
    const index = imagejIndex({ 'jars/lib-1.0.jar': spec });
    return {
      wanted: [...payloadsForTakeovers(plan, index)],
      problems: checkTakeovers(plan, index, config, new Map(Object.entries(stored))),
    };
  }

  const OLD = { [STORED]: jarOf('org.old') };
  const refused = (old = 'org.old:lib') => [
    {
      severity: 'error',
      code: 'other-artifact',
      path: PATH,
      message: `${PATH} is org.new:lib, but jars/lib-1.0.jar on the site is ${old}: users would get another artifact in its place.`,
      hint: `Give the file another name. If the new artifact continues the old one, write in .github/update-site.yml, under "files": "jars/lib.jar: {replaces: ${old}}".`,
    },
  ];

  test('is refused if its group is another one, according to the old payload', () => {
    expect(check({}, { stored: OLD })).toEqual({ wanted: [[STORED, 5]], problems: refused() });
    expect(check({ kind: 'revive' }, { stored: OLD }).problems).toEqual(refused());
    // The sizes of past versions are unknown.
    expect(check({}, { spec: { obsolete: true }, stored: OLD })).toEqual({
      wanted: [[STORED, undefined]],
      problems: refused(),
    });
  });

  test('is refused if its group is another one, according to the index', () => {
    const spec = { attributes: 'coordinate="org.said:lib"' };
    expect(check({}, { spec, stored: OLD })).toEqual({ wanted: [], problems: refused('org.said:lib') });
    expect(check({}, { spec: { attributes: 'coordinate="org.new:lib"' }, stored: OLD }).problems).toEqual([]);
  });

  test('is accepted if its group is the same, or if the old one is unknown', () => {
    expect(check({ coordinate: 'org.old:other' }, { stored: OLD }).problems).toEqual([]);
    expect(check({}).problems).toEqual([]);
    expect(check({}, { stored: { [STORED]: Buffer.from('no jar') } }).problems).toEqual([]);
  });

  test('is accepted if the configuration states exactly what it replaces', () => {
    expect(check({}, { stored: OLD, config: configWith('org.old:lib') }).problems).toEqual([]);
    const [problem] = check({}, { stored: OLD, config: configWith('org.other:lib') }).problems;
    expect(problem?.hint).toContain('write in my.yml, under "files"');
  });

  test('is not checked if its content stays, if the site does not have it, or if its artifact is unknown', () => {
    const none = { wanted: [], problems: [] };
    expect(check({ kind: 'rename' }, { stored: OLD })).toEqual(none);
    expect(check({ kind: 'remove' }, { stored: OLD })).toEqual(none);
    expect(check({ path: 'jars/other.jar' }, { stored: OLD })).toEqual(none);
    const plan = { changes: [imagejChange(PATH, { kind: 'update', coordinate: undefined })] };
    expect(payloadsForTakeovers(plan, imagejIndex({ 'jars/lib-1.0.jar': {} })).size).toBe(0);
  });

  test('is compared with the newest of several past versions', () => {
    const [record] = imagejIndex({ 'jars/lib-1.0.jar': { obsolete: true } }).records;
    if (!record) throw new Error('The index has a record.');
    const past = (timestamp: number, filename: string) => ({
      timestamp,
      timestampObsolete: 0,
      checksum: 'a',
      filename,
      attributes: [],
      unknown: [],
    });
    const previous = [
      past(20200101000000, 'jars/lib-0.1.jar'),
      past(20220101000000, 'jars/lib-0.3.jar'),
      past(20220101000000, 'jars/lib-0.4.jar'),
      past(20210101000000, 'jars/lib-0.2.jar'),
    ];
    const index = { ...EMPTY_INDEX, records: [{ ...record, previous }] };
    const plan = { changes: [imagejChange(PATH, { kind: 'revive', coordinate: 'g:lib' })] };
    expect([...payloadsForTakeovers(plan, index).keys()]).toEqual(['jars/lib-0.3.jar-20220101000000']);
    const none = { ...EMPTY_INDEX, records: [{ ...record, previous: [] }] };
    expect([...payloadsForTakeovers(plan, none).keys()]).toEqual([]);
  });
});
