import fc from 'fast-check';
import { applyToRepository } from '../../src/jetbrains/apply.js';
import { compareRepositories, explainChanges, rangeInWords } from '../../src/jetbrains/compare.js';
import type { PluginDescriptor } from '../../src/jetbrains/descriptor.js';
import { loadRepository } from '../../src/jetbrains/load-repository.js';
import { newestBranchAt } from '../../src/jetbrains/newest-branch.js';
import { planRepository, type JetBrainsPlanRequest } from '../../src/jetbrains/plan.js';
import { renderRepository } from '../../src/jetbrains/render-repository.js';
import { EMPTY_REPOSITORY, type Repository } from '../../src/jetbrains/repository.js';
import { parseBuildNumber, parseUntil } from '../../src/jetbrains/build-number.js';
import { offersOf } from '../support/ide.js';

interface Given extends Partial<PluginDescriptor> {
  bytes?: string;
  file?: string;
}

function artifact({ bytes = 'a', file, ...given }: Given): JetBrainsPlanRequest['artifacts'][number] {
  const descriptor: PluginDescriptor = {
    id: 'org.lab.cells',
    name: 'Cells',
    version: '1.0',
    vendor: { name: 'Lab', email: '', url: '' },
    since: '242',
    until: '263.*',
    strictUntil: undefined,
    description: 'Counts the cells of an image, and more than that.',
    changeNotes: undefined,
    depends: [],
    productCode: undefined,
    ...given,
  };
  return {
    artifact: {
      file: file ?? `build/${descriptor.id ?? ''}-${descriptor.version ?? ''}.zip`,
      destination: undefined,
      size: 5,
      modified: 0,
      executable: false,
    },
    inspection: {
      checksum: `${descriptor.id ?? ''} ${descriptor.version ?? ''} ${bytes}`,
      size: 5,
      descriptor,
      problems: [],
    },
  };
}

const BASE = {
  index: EMPTY_REPOSITORY,
  artifacts: [],
  remove: [],
  now: 20261120093212,
  siteUrl: 'https://lab.org/',
  keep: undefined,
  newestBranch: undefined,
};

/** Publishes, and reads the site again as the next publication would. */
function publish(index: Repository, request: Partial<JetBrainsPlanRequest>) {
  const plan = planRepository({ ...BASE, ...request, index });
  const applied = applyToRepository(index, plan);
  const files = new Map(renderRepository(applied).map(({ path, bytes }) => [path, bytes]));
  return { plan, applied, files, index: plan.changes.length === 0 ? index : loadRepository(files) };
}

const codesIn = (request: Partial<JetBrainsPlanRequest>) =>
  planRepository({ ...BASE, ...request }).problems.map(({ severity, code }) => `${severity} ${code}`);

test.each<[string, Partial<JetBrainsPlanRequest>, string[]]>([
  ['all is well', { artifacts: [artifact({})] }, []],
  [
    'the newest branch is not covered',
    { artifacts: [artifact({ until: '262.*' })] },
    ['warning newest-branch'],
  ],
  ['it is given', { artifacts: [artifact({ until: '262.*' })], newestBranch: 262 }, []],
  [
    'two files are one version',
    { artifacts: [artifact({}), artifact({ file: 'b.zip' })] },
    ['error several-files'],
  ],
  ['a file has another ending', { artifacts: [artifact({ file: 'a.tar' })] }, ['error bad-path']],
  ['an id cannot be a folder', { artifacts: [artifact({ id: 'a/../b' })] }, ['error bad-path']],
  ['git would not take an id', { artifacts: [artifact({ id: 'git~1' })] }, ['error bad-path']],
  ['a version cannot be one', { artifacts: [artifact({ version: '..' })] }, ['error bad-path']],
  ['the address is missing', { artifacts: [artifact({})], siteUrl: undefined }, ['error no-site-url']],
  [
    'the address is not secure',
    { artifacts: [artifact({})], siteUrl: 'http://lab.org/' },
    ['error insecure-url'],
  ],
  ['the address is this machine', { artifacts: [artifact({})], siteUrl: 'http://localhost:8080/' }, []],
  ['nobody knows what is to go', { remove: ['x'] }, ['error unknown-file']],
  [
    'the same is to go and to come',
    { artifacts: [artifact({})], remove: ['org.lab.cells@1.0'] },
    ['error remove-and-publish'],
  ],
])('where %s: %j', (_, request, codes) => {
  expect(codesIn(request)).toEqual(codes);
});

test('a version below a published one is a warning, other bytes an error', () => {
  const { index } = publish(EMPTY_REPOSITORY, { artifacts: [artifact({ version: '2.0' })] });
  expect(codesIn({ index, artifacts: [artifact({ version: '1.5' })] })).toEqual(['warning older-version']);
  expect(codesIn({ index, artifacts: [artifact({ version: '2.0', bytes: 'b' })] })).toEqual([
    'error published-version',
  ]);
});

test('a version that somebody else wrote into the index is not replaced', () => {
  const index = loadRepository(
    new Map([
      [
        'updatePlugins.xml',
        Buffer.from('<plugins><plugin id="org.lab.cells" version="1.0" url="x.zip"/></plugins>'),
      ],
    ]),
  );
  const [problem] = planRepository({ ...BASE, index, artifacts: [artifact({})] }).problems;
  expect(problem).toMatchObject({ severity: 'error', code: 'published-version' });
  expect(problem?.message).toContain('is in the index already (x.zip)');
});

test('addresses are encoded, and follow the site', () => {
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

test('as many versions as are kept stay for each range, newest first; what is published stays in any case', () => {
  let index: Repository = EMPTY_REPOSITORY;
  for (const version of ['1.0', '1.1', '1.2'])
    index = publish(index, { artifacts: [artifact({ version })] }).index;
  index = publish(index, { artifacts: [artifact({ version: '0.9', until: '243.*' })] }).index;
  const withdrawn = (keep: number, ...artifacts: JetBrainsPlanRequest['artifacts'][number][]) =>
    planRepository({ ...BASE, index, keep, artifacts })
      .changes.filter(({ kind }) => kind === 'remove')
      .map(({ published }) => published.entry.version);
  expect(withdrawn(3)).toEqual([]);
  expect(withdrawn(2)).toEqual(['1.0']);
  expect(withdrawn(1)).toEqual(['1.1', '1.0']);
  expect(withdrawn(2, artifact({ version: '1.3' }))).toEqual(['1.1', '1.0']);
  expect(withdrawn(1, artifact({ version: '0.1' }))).toEqual(['1.1', '1.0']);
});

test('a version that IDEs take for a published one is a warning', () => {
  const { index } = publish(EMPTY_REPOSITORY, { artifacts: [artifact({ version: '1.0' })] });
  const [problem] = planRepository({ ...BASE, index, artifacts: [artifact({ version: '1.0.0' })] }).problems;
  expect(problem).toMatchObject({ severity: 'warning', code: 'older-version' });
  expect(problem?.message).toContain('is the same version as 1.0 for IDEs');
});

test('what others have added to an entry of ours stays when the entry changes', () => {
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

test('an archive that the index still leads to does not go', () => {
  const first = publish(EMPTY_REPOSITORY, { artifacts: [artifact({})] });
  const gone = publish(first.index, { remove: ['org.lab.cells'] });
  const byHand =
    '<plugins><plugin id="other" version="1" url="/plugins/org.lab.cells/1.0/org.lab.cells-1.0.zip?a"/></plugins>';
  const index = loadRepository(new Map([...gone.files, ['updatePlugins.xml', Buffer.from(byHand)]]));
  const next = publish(index, { artifacts: [artifact({ version: '2.0' })] });
  expect(next.plan.removals).toEqual([]);
});

test('a withdrawn version comes back, with its archive, as long as it is remembered', () => {
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

test('a change is explained: versions, ranges in words, branches, texts', () => {
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
      { field: 'range', before: '2024.2 to 2025.1', after: '2025.1 to 2025.3' },
      { field: 'change-notes', before: undefined, after: '• Faster & better' },
      { field: 'branch', before: '2024.2', after: undefined },
      { field: 'branch', before: '2024.3', after: undefined },
      { field: 'branch', before: undefined, after: '2025.2' },
      { field: 'branch', before: undefined, after: '2025.3' },
    ],
  });
  expect(removal?.details).toMatchObject({ versionBefore: '1.0', versionAfter: undefined });
  expect(compareRepositories(first.index, second.applied).map(({ kind }) => kind)).toEqual([
    'update',
    'remove',
  ]);
});

test('states of different places are compared by id and version', () => {
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
  const told = (before: Repository, after: Repository) =>
    compareRepositories(before, after).map(({ kind, path, reason }) => [kind, path, reason]);
  const [here, there] = [at('x', '1.1', '1.1'), at('y', '1.0', '1.1')];
  expect(told(here, here)).toEqual([]);
  expect(told(here, there)).toEqual([
    ['metadata', 'a@1.1', 'what the index says about it has changed'],
    ['update', 'a@1.0', 'it was not offered before'],
    ['remove', 'a@1.1', 'it is offered no longer'],
  ]);
  expect(told(at('x', '1.0'), at('x', '1.0', '2.0'))).toEqual([['update', 'a@2.0', 'a new version']]);
});

test.each<[string | undefined, string | undefined, string[], string[]]>([
  ['253.*', undefined, ['2026.1', '2026.2', '2026.3 and later'], []],
  [undefined, '262.*', [], ['2026.3 and later']],
  ['263.*', undefined, ['later than 2026.3'], []],
  [undefined, '263.*', [], ['later than 2026.3']],
  [undefined, undefined, [], []],
  ['263.*', '262.*', [], ['2026.3']],
])('where the last IDEs were %s and are %s, the plugin comes to %j and goes from %j', (was, is, come, go) => {
  const first = publish(EMPTY_REPOSITORY, { artifacts: [artifact({ until: was })] });
  const second = publish(first.index, {
    artifacts: [artifact({ version: '1.1', until: is })],
    remove: ['org.lab.cells@1.0'],
  });
  const [change] = explainChanges(second.plan.changes, first.index, second.applied);
  const branches = change?.details?.fields.filter(({ field }) => field === 'branch') ?? [];
  expect(branches.flatMap(({ after }) => after ?? [])).toEqual(come);
  expect(branches.flatMap(({ before }) => before ?? [])).toEqual(go);
});

test.each([
  ['242', '251.*', '2024.2 to 2025.1'],
  ['242.1', '242.*', '2024.2'],
  ['242', undefined, '2024.2 and later'],
  [undefined, '251.*', 'up to 2025.1'],
  [undefined, undefined, 'all'],
])('%s to %s is %s', (since, until, words) => {
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

test('whatever is published and removed, IDEs are offered the highest that is for them', () => {
  const release = fc.record({
    id: fc.constantFrom('org.lab.a', 'org.lab.b'),
    version: fc.integer({ min: 1, max: 6 }).map(String),
    since: fc.constantFrom('241', '242', '243.10'),
    until: fc.constantFrom(undefined, '242.*', '243.*', '263.*'),
  });
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ release }) },
    {
      weight: 1,
      arbitrary: fc.record({
        remove: fc.constantFrom('org.lab.a', 'org.lab.b', 'org.lab.a@1', 'org.lab.b@2'),
      }),
    },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
      let index: Repository = EMPTY_REPOSITORY;
      let expected: Given[] = [];
      const archives = new Set<string>();
      for (const one of steps) {
        const request =
          'release' in one
            ? { artifacts: [artifact({ ...one.release, bytes: JSON.stringify(one.release) })] }
            : { remove: [one.remove] };
        const published = publish(index, request);
        if (published.plan.problems.some(({ severity }) => severity === 'error')) continue;
        if ('release' in one) {
          if (published.plan.changes.length > 0) expected.push(one.release);
        } else
          expected = expected.filter(
            ({ id, version }) => ![id, `${id ?? ''}@${version ?? ''}`].includes(one.remove),
          );
        for (const { storedPath } of published.plan.payloads) archives.add(storedPath);
        for (const removed of published.plan.removals ?? []) expect(archives.delete(removed)).toBe(true);
        index = published.index;
        const text = Buffer.from(published.files.get('updatePlugins.xml') ?? []).toString();
        for (const build of ['241.5', '242.1', '243.5', '243.10', '263.1']) {
          const all = expected.map(
            ({ id, version, since, until }) =>
              `<plugin id="${id ?? ''}" version="${version ?? ''}" url="x"><idea-version since-build="${since ?? ''}"${until === undefined ? '' : ` until-build="${until}"`}/></plugin>`,
          );
          expect(offersOf(text, build)).toEqual(offersOf(`<plugins>${all.join('')}</plugins>`, build));
        }
        for (const [, path = ''] of text.matchAll(/url="https:\/\/lab\.org\/([^"]+)"/g))
          expect(archives).toContain(path);
      }
    }),
  );
});
