import type { ChangeDetails } from '../../src/model/change-details.js';
import { USUAL_REASONS, type Change } from '../../src/model/change.js';
import { groupVariants, notesOf, rowsOf, unusualReasonOf } from '../../src/report/rows.js';

function variant(system: string, more: Partial<Change> = {}, before: string | undefined = '1.0'): Change {
  return {
    kind: 'update',
    path: `plugins/org.a/1.1-${system}/a.zip`,
    reason: 'a new version',
    size: 10,
    details: {
      subject: 'org.a',
      versionBefore: before,
      versionAfter: `1.1-${system}`,
      sizeBefore: 5,
      platforms: [system],
      variant: { before, after: '1.1' },
      fields: [
        { field: 'platform', before: undefined, after: system },
        { field: 'range', before: undefined, after: '2026.1 and later' },
      ],
      dependents: [],
    },
    ...more,
  };
}

test('merges the variants of a version into one row with their systems and the largest size', () => {
  const rows = groupVariants([variant('linux-x86_64'), variant('mac-arm64', { size: 12 })]);
  expect(rows).toMatchObject([
    {
      size: 12,
      details: {
        versionBefore: '1.0',
        versionAfter: '1.1',
        platforms: ['linux-x86_64', 'mac-arm64'],
        fields: [{ field: 'range', after: '2026.1 and later' }],
      },
    },
  ]);
});

test.each<[string, Change[]]>([
  ['of another kind', [variant('linux-x86_64'), variant('mac-arm64', { kind: 'add' })]],
  ['that replace different versions', [variant('linux-x86_64'), variant('mac-arm64', {}, '0.9')]],
  [
    'without systems',
    [
      { kind: 'add', path: 'a', reason: '' },
      { kind: 'add', path: 'b', reason: '' },
    ],
  ],
  ['alone', [variant('linux-x86_64')]],
])('keeps separate rows for changes %s', (_, changes) => {
  expect(groupVariants(changes)).toEqual(changes);
});

test('the row of several variants has the fields that differ, and no system among them', () => {
  const linux = variant('linux-x86_64', { checksum: 'c' });
  const mac = variant('mac-arm64', { size: 10, checksum: 'd' });
  const other: Change = { kind: 'remove', path: 'b', reason: 'r' };
  const notes = { field: 'change-notes', before: 'Old', after: 'New' } as const;
  const withNotes: Change = {
    ...mac,
    details: {
      subject: 'org.a',
      versionBefore: '1.0',
      versionAfter: '1.1-mac-arm64',
      sizeBefore: 7,
      platforms: ['mac-arm64', 'linux-x86_64'],
      variant: { before: '1.0', after: '1.1' },
      fields: [...(mac.details?.fields ?? []), notes],
      dependents: [],
    },
  };
  expect(groupVariants([other, linux, withNotes, other, mac])).toEqual([
    other,
    {
      ...linux,
      details: {
        ...linux.details,
        versionAfter: '1.1',
        platforms: ['linux-x86_64', 'mac-arm64'],
        fields: [{ field: 'range', before: undefined, after: '2026.1 and later' }, notes],
      },
    },
    other,
    mac,
  ]);
});

test.each([
  ['larger', 11, 'mac-arm64', 6],
  ['equal', 10, 'linux-x86_64', 5],
  ['smaller', 9, 'linux-x86_64', 5],
])('a second variant that is %s leaves the size of the largest', (_, size, system, sizeBefore) => {
  const second = variant('mac-arm64', { size });
  const details = second.details && { ...second.details, sizeBefore: 6 };
  const [row] = groupVariants([variant('linux-x86_64'), { ...second, ...(details && { details }) }]);
  expect(row?.size).toBe(Math.max(10, size));
  expect(row?.path).toBe(`plugins/org.a/1.1-${system}/a.zip`);
  expect(row?.details?.sizeBefore).toBe(sizeBefore);
});

test('variants without a size are removed together', () => {
  const removed = (system: string): Change => {
    const { path, reason, details } = variant(system);
    return { kind: 'remove', path, reason, ...(details && { details }) };
  };
  const rows = groupVariants([removed('linux-x86_64'), removed('mac-arm64')]);
  expect(rows).toHaveLength(1);
  expect(rows[0]).not.toHaveProperty('size');
  expect(rows[0]?.path).toBe('plugins/org.a/1.1-linux-x86_64/a.zip');
});

test.each<[string, Partial<ChangeDetails>]>([
  ['another plugin', { subject: 'org.b' }],
  ['another version before', { variant: { before: '0.9', after: '1.1' } }],
  ['another version after', { variant: { before: '1.0', after: '1.2' } }],
  ['a version for all systems', { variant: undefined }],
])('a variant has a row of its own after a variant of %s', (_, more) => {
  const change = variant('mac-arm64');
  const other: Change = { ...change, ...(change.details && { details: { ...change.details, ...more } }) };
  for (const changes of [
    [variant('linux-x86_64'), other],
    [other, variant('linux-x86_64')],
  ])
    expect(groupVariants(changes)).toEqual(changes);
});

test('orders rows by their importance, and keeps the order of each kind', () => {
  const file = (kind: Change['kind'], path: string): Change => ({ kind, path, reason: 'r' });
  const changes = [
    file('metadata', 'a'),
    file('rename', 'b'),
    file('revive', 'c'),
    file('add', 'd'),
    file('update', 'e'),
    file('remove', 'f'),
    file('add', 'g'),
  ];
  expect(rowsOf(changes).map(({ path }) => path)).toEqual(['f', 'e', 'd', 'g', 'c', 'b', 'a']);
});

test.each<[Change['kind'], string, string | undefined]>([
  ['add', USUAL_REASONS.added, undefined],
  ['add', `${USUAL_REASONS.added}; its POM says so`, 'its POM says so'],
  ['update', `${USUAL_REASONS.changed}; its POM says so`, undefined],
  ['update', 'an earlier content is published again', 'an earlier content is published again'],
  ['revive', 'it is back; its POM says so', 'it is back; its POM says so'],
  ['add', '', undefined],
])('the reason of "%s" with "%s" that is worth a note is: %s', (kind, reason, expected) => {
  expect(unusualReasonOf({ kind, reason })).toBe(expected);
});

test('files with the same unusual reason share a note', () => {
  const changes: readonly Change[] = [
    { kind: 'update', path: 'a', reason: 'odd' },
    { kind: 'update', path: 'b', reason: USUAL_REASONS.changed },
    variant('linux', { reason: 'odd' }),
    variant('mac', { reason: 'odd' }),
  ];
  expect(notesOf(changes)).toEqual([{ text: 'odd', files: ['a', 'org.a'] }]);
});
