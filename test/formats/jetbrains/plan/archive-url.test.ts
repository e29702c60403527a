import { loadRepository } from '../../../../src/formats/jetbrains/index/load.js';
import { EMPTY_REPOSITORY } from '../../../../src/formats/jetbrains/index/repository.js';
import { applyToRepository } from '../../../../src/formats/jetbrains/plan/apply.js';
import { archiveUrl, faultOfArchiveUrl } from '../../../../src/formats/jetbrains/archive-url.js';
import { offeredTo, offersOf } from '../../../support/ide.js';
import { artifact, BASE, publish, textOf, planPlugins } from '../../../support/plan-plugins.js';

const RELEASES = 'https://github.com/lab/tool/releases/download/v{version}/{file}';
const addressOf = (version: string) =>
  `https://github.com/lab/tool/releases/download/v${version}/org.lab.cells-${version}.zip`;

test.each([
  [RELEASES, undefined],
  ['http://localhost:80/{file}', undefined],
  ['https://e.org/{id}/{version}.zip', undefined],
  ['https://e.org/{id}.zip', 'all versions would have the same address'],
  ['https://e.org/{name}-{version}.zip', '"{name}" is not a known placeholder'],
  ['https://e.org/{}/{version}', '"{}" is not a known placeholder'],
  ['https://e.org/{version', 'is not a web address'],
  ['https://e.org/ {version}', 'is not a web address'],
  ['https://e.org/{version}#x', 'is not a web address'],
  ['{version}/{file}', 'is not a web address'],
  ['https:e.org/{file}', 'is not a web address'],
  ['https:///e.org/{file}', 'is not a web address'],
  ['https://e.org\\a\\{file}', 'is not a web address'],
  ['https://e.org/"><x/{file}', 'is not a web address'],
  ['https://e.org/{version}', 'does not end in .zip or .jar'],
  ['https://e.org/{file}.sha256', 'does not end in .zip or .jar'],
  ['https://e.org/{version}?f={file}', 'does not end in .zip or .jar'],
  ['http://e.org/{file}', 'does not begin with https://'],
  ['ftp://e.org/{file}', 'does not begin with https://'],
  ['https://me:secret@e.org/{file}', 'it contains a login'],
])('the template %s has the error: %s', (template, fault) => {
  if (fault === undefined) expect(faultOfArchiveUrl(template)).toBeUndefined();
  else expect(faultOfArchiveUrl(template)).toContain(fault);
});

test('a value is encoded so that it stays one part of the address', () => {
  const url = archiveUrl('https://e.org/{id}/{version}/{file}?v={version}', {
    id: 'a/{version}',
    version: '1.0+b/../$&',
    release: '1.0',
    file: 'My Tool.zip',
  });
  expect(url).toBe(
    'https://e.org/a%2F%7Bversion%7D/1.0%2Bb%2F..%2F%24%26/My%20Tool.zip?v=1.0%2Bb%2F..%2F%24%26',
  );
});

test('the index leads to the other server, and nothing is copied', () => {
  const { plan, files } = publish(EMPTY_REPOSITORY, {
    artifacts: [artifact({ version: '1.0' })],
    archiveUrl: RELEASES,
    siteUrl: undefined,
  });
  expect(plan.problems).toEqual([]);
  expect(plan.payloads).toEqual([]);
  expect(plan.elsewhere).toEqual([{ url: addressOf('1.0'), file: 'build/org.lab.cells-1.0.zip', size: 5 }]);
  expect(plan.notices).toEqual([
    `The archive is not copied to the site: IDEs download it from ${addressOf('1.0')}`,
  ]);
  expect(offeredTo(textOf(files), '251.1')).toMatchObject([{ url: addressOf('1.0'), version: '1.0' }]);
});

test('repeating a publication changes nothing and checks no address, and different content is refused', () => {
  const first = publish(EMPTY_REPOSITORY, { artifacts: [artifact({})], archiveUrl: RELEASES });
  const plan = (bytes: string, template: string | undefined) =>
    planPlugins({ index: first.index, artifacts: [artifact({ bytes })], archiveUrl: template });
  expect(plan('a', RELEASES)).toMatchObject({ changes: [], elsewhere: [], unchanged: 1 });
  expect(plan('a', undefined)).toMatchObject({ changes: [], payloads: [], unchanged: 1 });
  expect(plan('b', RELEASES).problems.map(({ code }) => code)).toEqual(['published-version']);
});

test('another template changes the address', () => {
  const first = publish(EMPTY_REPOSITORY, { artifacts: [artifact({})], archiveUrl: RELEASES });
  const { plan, files } = publish(first.index, {
    artifacts: [artifact({})],
    archiveUrl: 'https://e.org/{file}',
  });
  expect(plan.changes.map(({ kind }) => kind)).toEqual(['metadata']);
  expect(plan.elsewhere?.map(({ url }) => url)).toEqual(['https://e.org/org.lab.cells-1.0.zip']);
  expect(offeredTo(textOf(files), '251.1')[0]?.url).toBe('https://e.org/org.lab.cells-1.0.zip');
});

test('two archives cannot have the same address, in one run or in two', () => {
  const archiveUrl = 'https://e.org/{file}';
  const build = (version: string, until: string, id = 'org.lab.cells') =>
    artifact({ id, version, until, file: 'build/tool.zip' });
  const { index } = publish(EMPTY_REPOSITORY, { artifacts: [build('1.0', '242.*')], archiveUrl });
  const codes = (...artifacts: ReturnType<typeof artifact>[]) =>
    planPlugins({ index, artifacts, archiveUrl }).problems.flatMap(({ code }) =>
      code === 'same-address' ? [code] : [],
    );
  expect(codes(build('1.1', '263.*'))).toEqual(['same-address']);
  expect(codes(build('1.0', '242.*', 'org.lab.other'))).toEqual(['same-address']);
  expect(codes(build('1.0', '242.*'))).toEqual([]);
});

test('an archive that the site stores stays there, and needs the address of the site', () => {
  const { index } = publish(EMPTY_REPOSITORY, { artifacts: [artifact({})] });
  const request = { ...BASE, index, artifacts: [artifact({}), artifact({ version: '1.1' })] };
  const plan = planPlugins({ ...request, archiveUrl: RELEASES });
  expect(plan.changes.map(({ path }) => path)).toEqual(['org.lab.cells@1.1']);
  expect(plan.payloads).toEqual([]);
  expect(
    planPlugins({ ...request, archiveUrl: RELEASES, siteUrl: undefined }).problems.map(({ code }) => code),
  ).toContain('no-site-url');
});

test('versions on other servers are covered and withdrawn without removing files', () => {
  let { index } = publish(EMPTY_REPOSITORY, { artifacts: [artifact({})], archiveUrl: RELEASES });
  let result = publish(index, { artifacts: [artifact({ version: '1.1' })], archiveUrl: RELEASES });
  expect(textOf(result.files)).not.toContain(addressOf('1.0'));
  index = result.index;
  for (const version of ['1.2', '1.3']) {
    result = publish(index, { artifacts: [artifact({ version })], archiveUrl: RELEASES, keep: 1 });
    expect(result.plan.removals).toEqual([]);
    index = result.index;
  }
  expect(index.versions.map(({ entry, state }) => [entry.version, state])).toEqual([
    ['1.3', 'offered'],
    ['1.2', 'withdrawn'],
  ]);
  const removed = publish(index, { remove: ['org.lab.cells@1.3'] });
  expect(removed.plan.removals).toEqual([]);
  expect(offersOf(textOf(removed.files), '251.1')).toEqual({});
});

test('the history has a separate field for archives elsewhere, so that earlier versions of the program can read it', () => {
  const { applied, files } = publish(EMPTY_REPOSITORY, { artifacts: [artifact({})], archiveUrl: RELEASES });
  const history = JSON.parse(textOf(files, 'updatePlugins-versions.json')) as { versions: unknown[] };
  expect(history.versions).toEqual([
    {
      id: 'org.lab.cells',
      version: '1.0',
      url: addressOf('1.0'),
      state: 'offered',
      elsewhere: { checksum: 'org.lab.cells 1.0 a', size: 5, certificate: null },
    },
  ]);
  expect(loadRepository(files).versions).toEqual(applied.versions);
  expect(applyToRepository(applied, planPlugins({ index: applied })).versions).toEqual(applied.versions);
});
