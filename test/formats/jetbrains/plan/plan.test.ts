import { parseBuildNumber, parseUntil } from '../../../../src/formats/jetbrains/build-number.js';
import {
  compareRepositories,
  explainChanges,
  rangeInWords,
} from '../../../../src/formats/jetbrains/compare/compare.js';
import { loadRepository } from '../../../../src/formats/jetbrains/index/load.js';
import { EMPTY_REPOSITORY, type Repository } from '../../../../src/formats/jetbrains/index/repository.js';
import { newestBranchAt } from '../../../../src/formats/jetbrains/newest-branch.js';
import {
  artifact,
  codesIn,
  publish,
  type Given,
  planPlugins,
  type PluginPlanInput,
} from '../../../support/plan-plugins.js';

test.each<[string, PluginPlanInput, string[]]>([
  ['everything is valid', { artifacts: [artifact({})] }, []],
  [
    'the newest branch is not covered',
    { artifacts: [artifact({ until: '262.*' })] },
    ['warning newest-branch'],
  ],
  [
    'the newest branch is given and covered',
    { artifacts: [artifact({ until: '262.*' })], newestBranch: 262 },
    [],
  ],
  [
    'two files are one version',
    { artifacts: [artifact({}), artifact({ file: 'b.zip' })] },
    ['error several-files'],
  ],
  ['a file has another ending', { artifacts: [artifact({ file: 'a.tar' })] }, ['error bad-path']],
  ['an id cannot be a folder', { artifacts: [artifact({ id: 'a/../b' })] }, ['error bad-path']],
  ['git would refuse an id', { artifacts: [artifact({ id: 'git~1' })] }, ['error bad-path']],
  ['a version cannot be a folder', { artifacts: [artifact({ version: '..' })] }, ['error bad-path']],
  ['the address is missing', { artifacts: [artifact({})], siteUrl: undefined }, ['error no-site-url']],
  [
    'the address is not secure',
    { artifacts: [artifact({})], siteUrl: 'http://lab.org/' },
    ['error insecure-url'],
  ],
  ['the address is this machine', { artifacts: [artifact({})], siteUrl: 'http://localhost:8080/' }, []],
  ['the plugin to remove is unknown', { remove: ['x'] }, ['error unknown-file']],
  [
    'a version is to be removed and published',
    { artifacts: [artifact({})], remove: ['org.lab.cells@1.0'] },
    ['error remove-and-publish'],
  ],
])('if %s, the problems are as expected: %j', (_, request, codes) => {
  expect(codesIn(request)).toEqual(codes);
});

describe('a removal beside archives that only the default pattern has found', () => {
  const build = (...versions: string[]) => versions.map((version) => artifact({ version }));
  const site = publish(EMPTY_REPOSITORY, { artifacts: build('1.0', '1.1') }).index;
  const plan = (artifacts: ReturnType<typeof build>, remove: string) =>
    planPlugins({ index: site, defaultFiles: true, artifacts, remove: [remove], siteUrl: undefined });

  test('does not publish them', () => {
    const { changes, payloads, notices, unchanged, problems } = plan(build('1.0'), 'org.lab.cells@1.0');
    expect(changes.map(({ kind, path }) => [kind, path])).toEqual([
      ['remove', 'plugins/org.lab.cells/1.0/org.lab.cells-1.0.zip'],
    ]);
    expect({ payloads, unchanged, problems }).toEqual({ payloads: [], unchanged: 0, problems: [] });
    expect(notices).toEqual([
      'Not published, because "remove" (--remove) names the version: build/org.lab.cells-1.0.zip.',
    ]);
  });

  test('names at most five of them', () => {
    const versions = ['1.0', '1.1', '1.2', '1.3', '1.4', '1.5', '1.6'];
    expect(plan(build(...versions), 'org.lab.cells').notices?.[0]).toMatch(
      /: build\/org\.lab\.cells-1\.0\.zip(?:, build\/org\.lab\.cells-1\.\d\.zip){4} and 2 more\.$/,
    );
  });

  test('still publishes the others', () => {
    const { changes } = planPlugins({
      index: site,
      defaultFiles: true,
      artifacts: build('1.0', '1.2'),
      remove: ['org.lab.cells@1.0'],
    });
    expect(changes.map(({ kind }) => kind).sort()).toEqual(['remove', 'update']);
  });

  test('reports a version that the site does not offer', () => {
    expect(plan(build('2.0'), 'org.lab.cells@2.0').problems).toMatchObject([{ code: 'unknown-file' }]);
  });
});

test('warns about an id only before its first publication', () => {
  const named = (version: string) => artifact({ id: 'com.example.plugin', version });
  const first = publish(EMPTY_REPOSITORY, { artifacts: [named('1.0')] });
  expect(first.plan.problems.map(({ code }) => code)).toEqual(['reserved-id', 'product-word']);
  expect(codesIn({ index: first.index, artifacts: [named('1.1')] })).toEqual([]);
  const gone = publish(first.index, { remove: ['com.example.plugin'] });
  expect(codesIn({ index: gone.index, artifacts: [named('1.1')] })).toEqual([]);
});

test.each([
  [20261120093212, undefined, '281.*', ['warning no-such-branch']],
  [20270101000000, undefined, '281.*', []],
  [20261120093212, 271, '281.*', []],
  [20261120093212, 242, '273.*', []],
])(
  'on %d, with %s as the newest branch, a plugin until %s has the problems %j',
  (now, newestBranch, until, codes) => {
    expect(codesIn({ artifacts: [artifact({ until })], now, newestBranch })).toEqual(codes);
  },
);

test('a version below a published one is a warning, different content is an error', () => {
  const { index } = publish(EMPTY_REPOSITORY, { artifacts: [artifact({ version: '2.0' })] });
  expect(codesIn({ index, artifacts: [artifact({ version: '1.5' })] })).toEqual(['warning older-version']);
  expect(codesIn({ index, artifacts: [artifact({ version: '2.0', bytes: 'b' })] })).toEqual([
    'error published-version',
  ]);
});

test('a version that another tool wrote into the index is not replaced', () => {
  const index = loadRepository(
    new Map([
      [
        'updatePlugins.xml',
        Buffer.from('<plugins><plugin id="org.lab.cells" version="1.0" url="x.zip"/></plugins>'),
      ],
    ]),
  );
  const [problem] = planPlugins({ index, artifacts: [artifact({})] }).problems;
  expect(problem).toMatchObject({ severity: 'error', code: 'published-version' });
  expect(problem?.message).toContain('is already in the index (x.zip)');
});

test('addresses are encoded and change with the address of the site', () => {
  const first = publish(EMPTY_REPOSITORY, { artifacts: [artifact({ id: 'Größe & Co', file: 'b/a b.zip' })] });
  expect(Buffer.from(first.files.get('updatePlugins.xml') ?? []).toString()).toContain(
    'url="https://lab.org/plugins/Gr%C3%B6%C3%9Fe%20%26%20Co/1.0/a%20b.zip"',
  );
  const moved = publish(first.index, {
    artifacts: [artifact({ id: 'Größe & Co', file: 'b/renamed.zip' })],
    siteUrl: 'https://new.org/',
  });
  expect(moved.plan.changes).toMatchObject([{ kind: 'metadata', path: 'plugins/Größe & Co/1.0/a b.zip' }]);
  expect(moved.plan.payloads).toEqual([]);
});

test('keep retains the newest versions of each range', () => {
  let index: Repository = EMPTY_REPOSITORY;
  for (const version of ['1.0', '1.1', '1.2'])
    index = publish(index, { artifacts: [artifact({ version })] }).index;
  index = publish(index, { artifacts: [artifact({ version: '0.9', until: '243.*' })] }).index;
  const withdrawn = (keep: number, ...artifacts: ReturnType<typeof artifact>[]) =>
    planPlugins({ index, keep, artifacts })
      .changes.filter(({ kind }) => kind === 'remove')
      .map(({ published }) => published.entry.version);
  expect(withdrawn(3)).toEqual([]);
  expect(withdrawn(2)).toEqual(['1.0']);
  expect(withdrawn(1)).toEqual(['1.1', '1.0']);
  expect(withdrawn(2, artifact({ version: '1.3' }))).toEqual(['1.1', '1.0']);
  expect(withdrawn(1, artifact({ version: '0.1' }))).toEqual(['1.1', '1.0']);
});

test('repeating a publication with keep changes nothing', () => {
  const first = publish(EMPTY_REPOSITORY, { artifacts: [artifact({ version: '1.0' })] });
  const artifacts = ['1.0', '1.1', '1.2', '1.3'].map((version) => artifact({ version }));
  const { plan, index } = publish(first.index, { artifacts, keep: 2 });
  expect(plan.changes.map(({ kind, path }) => `${kind} ${path.split('/')[2] ?? ''}`)).toEqual([
    'update 1.2',
    'update 1.3',
    'remove 1.0',
  ]);
  expect(plan.notices).toEqual([
    'Only the newest 2 of each plugin for the same IDEs are kept, so an older archive is not published: build/org.lab.cells-1.1.zip.',
  ]);
  const again = publish(index, { artifacts, keep: 2 });
  expect(again.plan).toMatchObject({ changes: [], payloads: [], removals: [] });
});

test('a version that IDEs consider equal to a published one is a warning', () => {
  const { index } = publish(EMPTY_REPOSITORY, { artifacts: [artifact({ version: '1.0' })] });
  const [problem] = planPlugins({ index, artifacts: [artifact({ version: '1.0.0' })] }).problems;
  expect(problem).toMatchObject({ severity: 'warning', code: 'older-version' });
  expect(problem?.message).toContain('the same version as 1.0, which is already published');
});

test('additions of other tools to an entry stay when the entry changes', () => {
  const first = publish(EMPTY_REPOSITORY, { artifacts: [artifact({})] });
  const edited = Buffer.from(first.files.get('updatePlugins.xml') ?? [])
    .toString()
    .replace('<plugin id', '<!-- ask Ada -->\n  <plugin  stars="5" id')
    .replace('<vendor ', "<vendor logo='a.svg' ")
    .replace('</name>', '</name><tags>a, b</tags><!-- inside -->\n<x:y xmlns:x="urn:x"/>');
  const index = loadRepository(new Map([...first.files, ['updatePlugins.xml', Buffer.from(edited)]]));
  const moved = publish(index, { artifacts: [artifact({})], siteUrl: 'https://new.org/' });
  const text = Buffer.from(moved.files.get('updatePlugins.xml') ?? []).toString();
  expect(text).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<plugins>
  <!-- ask Ada -->
  <plugin id="org.lab.cells" url="https://new.org/plugins/org.lab.cells/1.0/org.lab.cells-1.0.zip" version="1.0" stars="5">
    <idea-version since-build="242" until-build="263.*"/>
    <name>Cells</name>
    <vendor email="" url="" logo='a.svg'>Lab</vendor>
    <description><![CDATA[Counts the cells of an image, and more than that.]]></description>
    <tags>a, b</tags>
    <!-- inside -->
    <x:y xmlns:x="urn:x"/>
  </plugin>
</plugins>
`);
  expect(
    publish(moved.index, { artifacts: [artifact({})], siteUrl: 'https://new.org/' }).plan.changes,
  ).toEqual([]);
});

test('an archive that the index still leads to is not removed', () => {
  const first = publish(EMPTY_REPOSITORY, { artifacts: [artifact({})] });
  const gone = publish(first.index, { remove: ['org.lab.cells'] });
  const byHand =
    '<plugins><plugin id="other" version="1" url="/plugins/org.lab.cells/1.0/org.lab.cells-1.0.zip?a"/></plugins>';
  const index = loadRepository(new Map([...gone.files, ['updatePlugins.xml', Buffer.from(byHand)]]));
  const next = publish(index, { artifacts: [artifact({ version: '2.0' })] });
  expect(next.plan.removals).toEqual([]);
});

test('a withdrawn version is restored with its archive until the next publication', () => {
  const first = publish(EMPTY_REPOSITORY, { artifacts: [artifact({})] });
  const gone = publish(first.index, { remove: ['org.lab.cells'] });
  expect(gone.plan.changes).toMatchObject([{ kind: 'remove' }]);
  const back = publish(gone.index, { artifacts: [artifact({})] });
  expect(back.plan.changes).toMatchObject([{ kind: 'revive' }]);
  expect(back.plan.removals).toEqual([]);
  const other = publish(gone.index, { artifacts: [artifact({ id: 'org.lab.other' })] });
  expect(other.plan.removals).toEqual(['plugins/org.lab.cells/1.0/org.lab.cells-1.0.zip']);
  expect(publish(other.index, { artifacts: [artifact({})] }).plan.changes).toMatchObject([{ kind: 'add' }]);
});

test('a change is explained with versions, ranges and texts', () => {
  const first = publish(EMPTY_REPOSITORY, { artifacts: [artifact({ since: '242', until: '251.*' })] });
  const next = artifact({
    version: '1.1',
    since: '251',
    until: '253.*',
    changeNotes: '<ul><li>Faster &amp; better</li></ul>',
  });
  const second = publish(first.index, { artifacts: [next], remove: ['org.lab.cells@1.0'] });
  const [update, removal] = explainChanges(second.plan.changes, first.index, second.applied);
  expect(update?.details).toMatchObject({
    versionBefore: '1.0',
    versionAfter: '1.1',
    sizeBefore: 5,
    fields: [
      { field: 'range', before: undefined, after: '2025.1 to 2025.3' },
      { field: 'change-notes', before: undefined, after: '• Faster & better' },
    ],
  });
  expect(removal?.details).toMatchObject({ versionBefore: '1.0', versionAfter: undefined });
  expect(compareRepositories(first.index, second.applied).map(({ kind }) => kind)).toEqual([
    'update',
    'remove',
  ]);
});

describe('the previous version of a change', () => {
  const shown = (index: Repository, ...given: Given[]) => {
    const { plan, applied } = publish(index, { artifacts: given.map((one) => artifact(one)) });
    return explainChanges(plan.changes, index, applied).map(({ kind, details }) =>
      [kind, details?.versionBefore ?? '-', details?.versionAfter ?? '-'].join(' '),
    );
  };
  const first = publish(EMPTY_REPOSITORY, {
    artifacts: [
      artifact({ version: '1.0.0', since: '231', until: '242.*' }),
      artifact({ version: '1.4.0', since: '243', until: '263.*' }),
    ],
  });

  test.each<[string, Given[], string[]]>([
    [
      'the one that it replaces for its IDEs, even if a higher one supports later IDEs',
      [{ version: '1.1.0', since: '242', until: '242.*' }],
      ['update 1.0.0 1.1.0'],
    ],
    [
      'the highest that it replaces',
      [{ version: '1.5.0', since: '231', until: undefined }],
      ['update 1.4.0 1.5.0'],
    ],
    [
      'empty if it does not replace one',
      [
        { version: '1.0.9', since: '222', until: '223.*' },
        { version: '1.6.0', since: '271', until: undefined },
      ],
      ['update - 1.0.9', 'update - 1.6.0'],
    ],
    [
      'empty if a higher one stays for all of its IDEs',
      [{ version: '1.3.0', since: '243', until: '251.*' }],
      ['update - 1.3.0'],
    ],
    [
      'the version itself if only its entry changes',
      [{ version: '1.0.0', since: '231', until: '242.*', bytes: 'a', name: 'Other' }],
      ['metadata 1.0.0 1.0.0'],
    ],
  ])('is %s', (_, given, expected) => {
    expect(shown(first.index, ...given)).toEqual(expected);
  });

  test('is sorted by number, independent of the names of the files', () => {
    const given = ['1.10', '1.9', '1.2'].map((version) => ({ version, until: '262.*' }));
    expect(shown(EMPTY_REPOSITORY, ...given)).toEqual(['add - 1.2', 'add - 1.9', 'add - 1.10']);
    const archives = given.map((one) => artifact({ ...one, name: `Plugin ${one.version}` }));
    const { plan } = publish(EMPTY_REPOSITORY, { artifacts: archives });
    expect(plan.problems.map(({ path, code }) => `${code} ${path ?? ''}`)).toEqual([
      'product-word build/org.lab.cells-1.2.zip',
      'product-word build/org.lab.cells-1.9.zip',
      'product-word build/org.lab.cells-1.10.zip',
      'newest-branch org.lab.cells',
    ]);
    const withdrawn = publish(publish(EMPTY_REPOSITORY, { artifacts: archives }).index, {
      remove: ['org.lab.cells'],
    });
    const before = publish(EMPTY_REPOSITORY, { artifacts: archives }).index;
    expect(
      explainChanges(withdrawn.plan.changes, before, withdrawn.applied).map(
        ({ details }) => details?.versionBefore,
      ),
    ).toEqual(['1.2', '1.9', '1.10']);
    expect(compareRepositories(EMPTY_REPOSITORY, before).map(({ details }) => details?.versionAfter)).toEqual(
      ['1.2', '1.9', '1.10'],
    );
  });
});

test('a changed range is shown with the previous range only for the same version', () => {
  const first = publish(EMPTY_REPOSITORY, { artifacts: [artifact({ since: '242', until: '252.*' })] });
  const ranges = (given: Given) => {
    const { plan, applied } = publish(first.index, { artifacts: [artifact(given)] });
    return explainChanges(plan.changes, first.index, applied).map(({ details }) => details?.fields);
  };
  expect(ranges({ version: '1.1', since: '243', until: undefined })).toEqual([
    [{ field: 'range', before: undefined, after: '2024.3 and later' }],
  ]);
  expect(ranges({ version: '1.1', since: '242', until: '252.*' })).toEqual([[]]);
  expect(ranges({ since: '243', until: '252.*' })).toEqual([
    [{ field: 'range', before: '2024.2 to 2025.2', after: '2024.3 to 2025.2' }],
  ]);
});

test('states with different addresses are compared by id and version', () => {
  const at = (address: string, ...versions: string[]) =>
    loadRepository(
      new Map([
        [
          'updatePlugins.xml',
          Buffer.from(
            `<plugins>${versions.map((version) => `<plugin id="a" version="${version}" url="${address}"/>`).join('')}</plugins>`,
          ),
        ],
      ]),
    );
  const changesBetween = (before: Repository, after: Repository) =>
    compareRepositories(before, after).map(({ kind, path, reason }) => [kind, path, reason]);
  const [here, there] = [at('x', '1.1', '1.1'), at('y', '1.0', '1.1')];
  expect(changesBetween(here, here)).toEqual([]);
  expect(changesBetween(here, there)).toEqual([
    ['update', 'a@1.0', 'the previous index did not offer the version'],
    ['metadata', 'a@1.1', 'metadata changed'],
    ['remove', 'a@1.1', 'no longer offered'],
  ]);
  expect(changesBetween(at('x', '1.0'), at('x', '1.0', '2.0'))).toEqual([
    ['update', 'a@2.0', 'a new version'],
  ]);
});

test.each([
  ['242', '251.*', '2024.2 to 2025.1'],
  ['242.1', '242.*', '2024.2'],
  ['242', undefined, '2024.2 and later'],
  [undefined, '251.*', 'up to 2025.1'],
  [undefined, undefined, 'all'],
])('the range from %s to %s is described as %s', (since, until, words) => {
  expect(
    rangeInWords({
      since: since === undefined ? undefined : parseBuildNumber(since),
      until: until === undefined ? undefined : parseUntil(until),
    }),
  ).toBe(words);
});

test.each([
  [20260101000000, 261],
  [20260430000000, 261],
  [20260501000000, 262],
  [20260901000000, 263],
  [20261231235959, 263],
  [20270101000000, 271],
])('on %d the newest branch is %d', (now, branch) => {
  expect(newestBranchAt(now)).toBe(branch);
});
