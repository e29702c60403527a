import { compareRepositories } from '../../../../src/formats/jetbrains/compare/compare.js';
import { loadRepository } from '../../../../src/formats/jetbrains/index/load.js';
import { EMPTY_REPOSITORY, type Repository } from '../../../../src/formats/jetbrains/index/repository.js';
import type { Signature } from '../../../../src/formats/jetbrains/signature/signature.js';
import type { FieldChange } from '../../../../src/model/change-details.js';
import { artifact, publish, variant, type Given } from '../../../support/plan-plugins.js';

const published = (...given: Given[]) => publish(EMPTY_REPOSITORY, { artifacts: given.map(artifact) }).index;
const site = (...entries: string[]) =>
  loadRepository(new Map([['updatePlugins.xml', Buffer.from(`<plugins>${entries.join('')}</plugins>`)]]));
const pathOf = (version: string, id = 'org.lab.cells') => `plugins/${id}/${version}/${id}-${version}.zip`;
const fieldsBetween = (before: Repository, after: Repository) =>
  compareRepositories(before, after).map(({ details }) => details?.fields);

const DESCRIPTION = 'Counts the cells of an image, and more than that.';
const RANGE = '2024.2 to 2026.3';

test('a new plugin is compared with nothing', () => {
  expect(compareRepositories(EMPTY_REPOSITORY, published({}))).toEqual([
    {
      kind: 'add',
      path: pathOf('1.0'),
      checksum: 'org.lab.cells 1.0 a',
      size: 5,
      reason: 'the previous index did not offer the plugin',
      details: {
        subject: 'org.lab.cells',
        versionBefore: undefined,
        versionAfter: '1.0',
        sizeBefore: undefined,
        platforms: [],
        fields: [
          { field: 'range', before: undefined, after: RANGE },
          { field: 'description', before: undefined, after: DESCRIPTION },
          { field: 'signed', before: undefined, after: 'no' },
        ],
        dependents: [],
      },
    },
  ]);
});

test('a plugin that another tool wrote does not have an archive', () => {
  const [change] = compareRepositories(site(), site('<plugin id="a" version="1" url="x"/>'));
  expect(change).toMatchObject({ kind: 'add', path: 'a@1', details: { sizeBefore: undefined } });
  expect(change).not.toHaveProperty('checksum');
  expect(change).not.toHaveProperty('size');
});

test('a removed version has the size that it had, and no other details', () => {
  expect(compareRepositories(published({}), EMPTY_REPOSITORY)).toEqual([
    {
      kind: 'remove',
      path: pathOf('1.0'),
      reason: 'no longer offered',
      details: {
        subject: 'org.lab.cells',
        versionBefore: '1.0',
        versionAfter: undefined,
        sizeBefore: 5,
        platforms: [],
        fields: [],
        dependents: [],
      },
    },
  ]);
});

test('a new version shows what is different from the one that it replaces', () => {
  const first = published({ changeNotes: 'One' });
  const next = (given: Given) =>
    publish(first, { artifacts: [artifact({ version: '1.1', ...given })] }).index;
  expect(fieldsBetween(first, next({ changeNotes: 'One' }))).toEqual([[]]);
  expect(
    fieldsBetween(first, next({ changeNotes: undefined, description: '<ul><li>A</li>\n<LI>B</ul>' })),
  ).toEqual([
    [
      { field: 'description', before: DESCRIPTION, after: '• A • B' },
      { field: 'change-notes', before: 'One', after: undefined },
    ],
  ]);
});

test('changes are sorted by plugin and version, removals last', () => {
  const before = published({ id: 'org.b', version: '1.0' }, { id: 'org.a', version: '1.0' });
  const after = published(
    { id: 'org.c' },
    { id: 'org.a', version: '1.10' },
    { id: 'org.a', version: '1.9', until: '242.*' },
  );
  expect(compareRepositories(before, after).map(({ kind, path }) => `${kind} ${path}`)).toEqual([
    `update ${pathOf('1.9', 'org.a')}`,
    `update ${pathOf('1.10', 'org.a')}`,
    `add ${pathOf('1.0', 'org.c')}`,
    `remove ${pathOf('1.0', 'org.a')}`,
    `remove ${pathOf('1.0', 'org.b')}`,
  ]);
});

test('a version that is lower than the highest is not called new', () => {
  const before = published({ version: '1.0' }, { version: '2.0' });
  const reason = (version: string) =>
    compareRepositories(before, publish(before, { artifacts: [artifact({ version })] }).index).map(
      (change) => `${change.kind}: ${change.reason}`,
    );
  expect(reason('1.5')).toEqual(['update: the previous index did not offer the version']);
  expect(reason('2.0.0')).toEqual(['update: the previous index did not offer the version']);
  expect(reason('2.1')).toEqual(['update: a new version']);
});

test('a withdrawn version is not offered', () => {
  const before = published({}, { version: '1.1' });
  const after = publish(before, { remove: ['org.lab.cells@1.0'] }).index;
  expect(compareRepositories(before, after).map(({ kind }) => kind)).toEqual(['remove']);
  expect(compareRepositories(after, before).map(({ kind }) => kind)).toEqual(['revive']);
  // The archive decides, even if it is in another place.
  const moved = {
    ...before,
    versions: before.versions.map((version) => ({
      ...version,
      entry: { ...version.entry, url: `https://elsewhere.org/${version.entry.version}.zip` },
    })),
  };
  const kinds = compareRepositories(after, moved).map(({ kind, path }) => `${kind} ${path}`);
  expect(kinds).toContain(`revive ${pathOf('1.0')}`);
});

test('a version that does not replace another shows the texts of both', () => {
  const first = published({ until: '242.*', description: 'The first description of all of them.' });
  const later = { version: '1.1', since: '243', description: 'The first description of all of them.' };
  const { index } = publish(first, { artifacts: [artifact(later)] });
  expect(compareRepositories(first, index).map(({ details }) => details)).toMatchObject([
    {
      versionBefore: undefined,
      sizeBefore: undefined,
      fields: [{ field: 'range', before: undefined, after: '2024.3 to 2026.3' }],
    },
  ]);
});

const signedBy = (digit: string): Signature => {
  const certificate = { fingerprint: digit.repeat(64), name: 'Lab' };
  return { state: 'signed', signer: certificate, root: certificate };
};
const UNSIGNED: Signature = { state: 'unsigned' };
const UNKNOWN: Signature = { state: 'invalid', reason: 'it is damaged' };

test.each<[string, Signature, Signature, FieldChange[]]>([
  ['nothing', signedBy('a'), signedBy('a'), []],
  [
    'another certificate',
    signedBy('a'),
    signedBy('b'),
    [
      {
        field: 'signed',
        before: 'yes (certificate aaaaaaaaaaaaaaaa)',
        after: 'yes (certificate bbbbbbbbbbbbbbbb)',
      },
    ],
  ],
  [
    'a missing signature',
    signedBy('a'),
    UNSIGNED,
    [{ field: 'signed', before: 'yes (certificate aaaaaaaaaaaaaaaa)', after: 'no' }],
  ],
  [
    'a first signature',
    UNSIGNED,
    signedBy('a'),
    [{ field: 'signed', before: 'no', after: 'yes (certificate aaaaaaaaaaaaaaaa)' }],
  ],
  [
    'a signature after an unknown one',
    UNKNOWN,
    signedBy('a'),
    [{ field: 'signed', before: undefined, after: 'yes (certificate aaaaaaaaaaaaaaaa)' }],
  ],
  ['nothing, if it is missing after an unknown one', UNKNOWN, UNSIGNED, []],
  ['nothing, if it is unknown', signedBy('a'), UNKNOWN, []],
])('the fields show %s', (_, before, after, fields) => {
  const first = published({ signature: before });
  const { index } = publish(first, { artifacts: [artifact({ version: '1.1', signature: after })] });
  expect(fieldsBetween(first, index)).toEqual([fields]);
});

describe('a plugin for some systems', () => {
  const variants = (...names: string[]) => names.map((name) => variant(name));
  const first = publish(EMPTY_REPOSITORY, { artifacts: variants('linux-x86_64') }).index;
  const detailsOf = (before: Repository, after: Repository) =>
    compareRepositories(before, after).map(({ details }) => [
      details?.versionBefore,
      details?.platforms,
      details?.variant,
      details?.fields.filter(({ field }) => field === 'platform'),
    ]);

  test('has the systems of its variants', () => {
    expect(detailsOf(EMPTY_REPOSITORY, first)).toEqual([
      [
        undefined,
        ['linux-x86_64'],
        { before: undefined, after: '1.0.0' },
        [{ field: 'platform', before: undefined, after: 'linux-x86_64' }],
      ],
    ]);
    const next = publish(first, { artifacts: [variant('linux-x86_64', { version: '1.1.0' })] }).index;
    expect(detailsOf(first, next)).toEqual([
      ['1.0.0-linux-x86_64', ['linux-x86_64'], { before: '1.0.0', after: '1.1.0' }, []],
    ]);
    expect(detailsOf(first, EMPTY_REPOSITORY)).toEqual([
      ['1.0.0-linux-x86_64', ['linux-x86_64'], { before: '1.0.0', after: undefined }, []],
    ]);
  });

  test('shows which systems a version adds and omits', () => {
    const depends = ['com.intellij.modules.os.linux'];
    const next = publish(first, { artifacts: [artifact({ version: '1.1.0', since: '261', depends })] });
    expect(fieldsBetween(first, next.index)).toEqual([
      [{ field: 'platform', before: undefined, after: 'linux-arm64' }],
    ]);
    const fewer = publish(next.index, { artifacts: [variant('linux-aarch64', { version: '1.2.0' })] });
    expect(fieldsBetween(next.index, fewer.index)).toEqual([
      [{ field: 'platform', before: 'linux-x86_64', after: undefined }],
    ]);
  });

  test('is compared with a version for its own systems', () => {
    const both = publish(first, { artifacts: variants('mac-x86_64') }).index;
    const previous = (before: Repository, after: Repository) =>
      compareRepositories(before, after).map(({ details }) => [details?.versionBefore, details?.platforms]);
    expect(previous(first, both)).toEqual([[undefined, ['mac-x86_64']]]);
    const next = publish(both, { artifacts: [variant('linux-x86_64', { version: '1.1.0' })] }).index;
    expect(previous(both, next)).toEqual([['1.0.0-linux-x86_64', ['linux-x86_64']]]);
  });
});
