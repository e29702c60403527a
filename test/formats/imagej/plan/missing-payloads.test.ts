import fc from 'fast-check';
import { parseIndexXml } from '../../../../src/formats/imagej/index/read.js';
import type { SiteIndex } from '../../../../src/formats/imagej/index/site-index.js';
import type { SiteConfig } from '../../../../src/model/site-config.js';
import type { SitePath } from '../../../../src/model/site-path.js';
import { planWithDependencies, type PlanInput } from '../../../support/scenario.js';

const OLD = 'a'.repeat(40);
const NEW = 'b'.repeat(40);
const HISTORICAL = 'c'.repeat(40);
const T = 20260101000000;
const NOW = 20261124120000;

/** An index of files of 5 bytes with their dependencies; `undefined` for an obsolete file. */
function indexOf(files: Readonly<Record<string, readonly string[] | undefined>>): SiteIndex {
  const records = Object.entries(files).map(([path, needs]) => {
    const dependencies = (needs ?? []).map((name) => `<dependency filename="${name}" timestamp="${T}"/>`);
    const content = needs
      ? `<version checksum="${OLD}" timestamp="${T}" filesize="5">${dependencies.join('')}</version>`
      : `<previous-version checksum="${OLD}" timestamp="${T}" timestamp-obsolete="${T}"/>`;
    return `<plugin filename="${path}">${content}</plugin>`;
  });
  return parseIndexXml(Buffer.from(`<pluginRecords>${records.join('')}</pluginRecords>`));
}

interface Build {
  checksum?: string;
  size?: number;
  historical?: readonly string[];
}

function plan(
  index: SiteIndex,
  missing: readonly string[],
  builds: Readonly<Record<string, Build>>,
  config?: SiteConfig,
  more: Partial<PlanInput> = {},
) {
  const artifacts = Object.entries(builds).map(([path, { checksum = NEW, size = 5, historical = [] }]) => ({
    artifact: { file: `/build/${path}`, destination: path as SitePath, size, modified: 7, executable: false },
    inspection: {
      checksum,
      size,
      historicalChecksums: historical,
      hasPluginsConfig: false,
      pom: undefined,
      ownPom: undefined,
    },
  }));
  const request = { index, artifacts, now: NOW, ...more };
  const stored = new Set(missing.map((path) => `${path}-${T}`));
  return planWithDependencies({ ...request, missing: stored }, 'none', undefined, config);
}

/** A configuration that adds dependencies to a file. */
function dependsOn(pattern: string, ...add: string[]): SiteConfig {
  const files = [{ pattern, dependencies: { add, remove: [], overrides: [] } }];
  const rest = { name: undefined, url: undefined, description: undefined, problems: {} };
  return { file: '.github/update-site.yml', ...rest, files };
}

const SITE = indexOf({ 'macros/A.ijm': [], 'macros/B.ijm': [] });

describe('a payload that the site lacks', () => {
  test('is stored again under its old timestamp if checksum and size match the index', async () => {
    const planned = await plan(SITE, ['macros/A.ijm'], { 'macros/A.ijm': { checksum: OLD } });
    expect(planned).toMatchObject({ changes: [], unchanged: 1, problems: [], notices: [] });
    expect(planned.restored).toEqual([`macros/A.ijm-${T}`]);
    expect(planned.payloads).toEqual([
      {
        storedPath: `macros/A.ijm-${T}`,
        path: 'macros/A.ijm',
        file: '/build/macros/A.ijm',
        size: 5,
        checksum: OLD,
        modified: 7,
      },
    ]);
  });

  test('is stored again if the index has a historical checksum', async () => {
    const build = { checksum: NEW, historical: [HISTORICAL, OLD] };
    const jars = indexOf({ 'jars/a-1.0.jar': [] });
    const planned = await plan(jars, ['jars/a-1.0.jar'], { 'jars/a-1.0.jar': build });
    expect(planned).toMatchObject({ changes: [], restored: [`jars/a-1.0.jar-${T}`] });
  });

  test.each<[string, Build, string[]]>([
    ['with another size', { checksum: OLD, size: 6 }, []],
    ['with other content', { checksum: NEW }, ['update']],
  ])('is not restored from a file %s', async (_what, build, kinds) => {
    const planned = await plan(SITE, ['macros/A.ijm'], { 'macros/A.ijm': build });
    expect(planned.restored).toEqual([]);
    expect(planned.changes.map(({ kind }) => kind)).toEqual(kinds);
  });

  test('is reported if only the size of the file differs', async () => {
    const stored = `macros/A.ijm-${T}`;
    const other = await plan(SITE, ['macros/A.ijm'], { 'macros/A.ijm': { checksum: OLD, size: 6 } });
    expect(other.otherSizes).toEqual([
      { storedPath: stored, file: '/build/macros/A.ijm', size: 6, wanted: 5 },
    ]);
    for (const build of [{ checksum: OLD }, { checksum: NEW, size: 6 }])
      expect((await plan(SITE, ['macros/A.ijm'], { 'macros/A.ijm': build })).otherSizes).toEqual([]);
    const there = await plan(SITE, ['macros/B.ijm'], { 'macros/A.ijm': { checksum: OLD, size: 6 } });
    expect(there.otherSizes).toEqual([]);
  });

  test('is not stored again if the site has it', async () => {
    const planned = await plan(SITE, ['macros/B.ijm'], { 'macros/A.ijm': { checksum: OLD } });
    expect(planned).toMatchObject({ payloads: [], restored: [] });
  });
});

describe('a missing payload that files depend on', () => {
  const site = indexOf({
    'macros/lost.ijm': [],
    'macros/between.ijm': ['macros/lost.ijm'],
    'macros/fine.ijm': [],
    'macros/Needs.ijm': ['macros/between.ijm'],
    'macros/Gone.ijm': undefined,
  });
  const lost = ['macros/lost.ijm'];
  const errors = async (...args: Parameters<typeof plan>) => {
    const { problems } = await plan(...args);
    return problems
      .filter(({ severity }) => severity === 'error')
      .map(({ code, path }) => `${code} ${path ?? ''}`);
  };

  test.each<[string, string[]]>([
    ['macros/lost.ijm', ['missing-payload macros/New.ijm']],
    ['macros/between.ijm', ['missing-payload macros/New.ijm']],
    ['macros/fine.ijm', []],
  ])('is an error for a new file that depends on %s', async (needed, expected) => {
    expect(await errors(site, lost, { 'macros/New.ijm': {} }, dependsOn('macros/New.ijm', needed))).toEqual(
      expected,
    );
  });

  test('is an error for a file that is restored or that gets a new dependency on it', async () => {
    for (const path of ['macros/Gone.ijm', 'macros/fine.ijm']) {
      expect(await errors(site, lost, { [path]: {} }, dependsOn(path, 'macros/lost.ijm'))).toEqual([
        `missing-payload ${path}`,
      ]);
    }
    // This also applies if only the configuration changes.
    expect(await errors(site, lost, {}, dependsOn('macros/fine.ijm', 'macros/lost.ijm'))).toEqual([
      'missing-payload macros/fine.ijm',
    ]);
  });

  test('is not an error for a file that already depends on it, or no longer does', async () => {
    expect(await errors(site, lost, { 'macros/Needs.ijm': {}, 'macros/between.ijm': {} })).toEqual([]);
    expect(await errors(site, lost, {}, undefined, { remove: ['macros/Needs.ijm'] })).toEqual([]);
  });

  test('is not an error if this publication contains it, unchanged or in a new version', async () => {
    const config = dependsOn('macros/New.ijm', 'macros/lost.ijm');
    for (const checksum of [OLD, NEW])
      expect(
        await errors(site, lost, { 'macros/New.ijm': {}, 'macros/lost.ijm': { checksum } }, config),
      ).toEqual([]);
  });

  test('is explained with the payloads', async () => {
    const { problems } = await plan(
      site,
      lost,
      { 'macros/New.ijm': {} },
      dependsOn('macros/New.ijm', 'macros/lost.ijm'),
    );
    expect(problems).toEqual([
      {
        severity: 'error',
        code: 'missing-payload',
        path: 'macros/New.ijm',
        message: `macros/New.ijm needs macros/lost.ijm-${T}, which the index lists but the site does not have. Users could not install it.`,
        hint: 'Publish the original files in this run, byte for byte, or new versions of them.',
      },
    ]);
    const names = Array.from({ length: 8 }, (_, at) => `macros/m${at}.ijm`);
    const many = indexOf(Object.fromEntries(names.map((name) => [name, []])));
    const messageFor = async (count: number) => {
      const config = dependsOn('macros/New.ijm', ...names.slice(0, count));
      return (await plan(many, names, { 'macros/New.ijm': {} }, config)).problems[0]?.message;
    };
    expect(await messageFor(5)).toContain(`, macros/m4.ijm-${T}, which the index lists`);
    expect(await messageFor(6)).toContain(`, macros/m4.ijm-${T} and 1 more file, which`);
    expect(await messageFor(8)).toContain(`, macros/m4.ijm-${T} and 3 more files, which`);
  });

  test('is an error for all files that depend on one that needs it', async () => {
    const index = indexOf({
      'macros/lost.ijm': [],
      'macros/a.ijm': ['macros/lost.ijm'],
      'macros/b.ijm': ['macros/lost.ijm'],
    });
    for (const needed of ['macros/a.ijm', 'macros/b.ijm'])
      expect(
        await errors(index, lost, { 'macros/New.ijm': {} }, dependsOn('macros/New.ijm', needed)),
      ).toEqual(['missing-payload macros/New.ijm']);
  });

  test('is found at the end of a long chain with a circle', async () => {
    const chain = Array.from(
      { length: 5000 },
      (_, at) => [`macros/c${at}.ijm`, [`macros/c${at + 1}.ijm`]] as const,
    );
    const index = indexOf(Object.fromEntries([...chain, ['macros/c5000.ijm', ['macros/c0.ijm']]]));
    const config = dependsOn('macros/New.ijm', 'macros/c0.ijm');
    expect(await errors(index, ['macros/c4999.ijm'], { 'macros/New.ijm': {} }, config)).toEqual([
      'missing-payload macros/New.ijm',
    ]);
  });
});

test('a publication with missing payloads stores only files that the index lists, each of them once', async () => {
  const paths = ['macros/A.ijm', 'macros/B.ijm', 'macros/C.ijm', 'macros/D.ijm'];
  const build = fc.record({ checksum: fc.constantFrom(OLD, NEW), size: fc.constantFrom(5, 6) });
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(paths),
      fc.subarray(paths),
      fc.dictionary(fc.constantFrom(...paths), build),
      async (current, missing, builds) => {
        const index = indexOf(Object.fromEntries(current.map((path) => [path, []])));
        const lacking = missing.filter((path) => current.includes(path));
        const planned = await plan(index, lacking, builds);
        const stored = planned.payloads.map(({ storedPath }) => storedPath);
        expect(new Set(stored).size).toBe(stored.length);
        const changed = planned.changes.map(({ path }) => `${path}-${planned.timestamp}`);
        expect([...stored].sort()).toEqual([...changed, ...(planned.restored ?? [])].sort());
        for (const path of planned.restored ?? [])
          expect(lacking.map((name) => `${name}-${T}`)).toContain(path);
      },
    ),
  );
});
