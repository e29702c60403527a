import type { Change } from '../../src/model/change.js';
import { groupVariants } from '../../src/report/rows.js';

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
