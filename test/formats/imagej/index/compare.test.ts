import { applyPatch } from 'diff';
import fc from 'fast-check';
import { compareIndexes } from '../../../../src/formats/imagej/index/compare.js';
import { diffIndexes } from '../../../../src/formats/imagej/index/diff.js';
import { parseIndexXml } from '../../../../src/formats/imagej/index/read.js';
import type { SiteIndex } from '../../../../src/formats/imagej/index/site-index.js';
import { renderIndexXml } from '../../../../src/formats/imagej/index/write.js';
import { arbitraryIndex } from '../../../support/arbitrary-index.js';

const version = (checksum: string, stamp: number, inside = '') =>
  `<version checksum="${checksum}" timestamp="${stamp}" filesize="${stamp % 1000}">${inside}</version>`;
const indexOf = (records: string): SiteIndex =>
  parseIndexXml(Buffer.from(`<pluginRecords>${records}</pluginRecords>`));

const BEFORE = indexOf(
  `<plugin filename="jars/same.jar">${version('a', 20260101000001)}</plugin>` +
    `<plugin filename="jars/lib-1.0.jar"><platform>linux64</platform>${version('b', 20260101000100, '<description>Old</description><dependency filename="jars/same.jar" timestamp="1"/><author>Ann</author>')}</plugin>` +
    `<plugin filename="jars/gone.jar">${version('c', 20260101000002)}</plugin>` +
    `<plugin filename="jars/user.jar">${version('d', 20260101000003, '<dependency filename="jars/gone.jar" timestamp="1"/>')}</plugin>` +
    `<plugin filename="jars/back.jar"><previous-version timestamp="1" checksum="e"/></plugin>` +
    `<plugin filename="jars/name-1.jar">${version('f', 20260101000004)}</plugin>`,
);
const AFTER = indexOf(
  `<plugin filename="jars/same.jar">${version('a', 20260101000001)}</plugin>` +
    `<plugin filename="jars/lib-1.1.jar"><platform>win64</platform>${version('bb', 20260201000300, '<description>New</description><link>l</link><author>Ann</author><author>Ben</author>')}<previous-version timestamp="20260101000100" checksum="b" filename="jars/lib-1.0.jar"/></plugin>` +
    `<plugin filename="jars/gone.jar"><previous-version timestamp="20260101000002" checksum="c"/></plugin>` +
    `<plugin filename="jars/user.jar">${version('d', 20260101000003, '<dependency filename="jars/same.jar" timestamp="1"/>')}</plugin>` +
    `<plugin filename="jars/back.jar">${version('e', 20260201000007)}<previous-version timestamp="1" checksum="e"/></plugin>` +
    `<plugin filename="jars/new.jar" executable="true">${version('g', 20260201000008)}</plugin>`,
);

describe('the comparison of two states of a site', () => {
  test('returns the changes of each file', () => {
    const changes = compareIndexes(BEFORE, AFTER);
    expect(changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'update jars/lib-1.1.jar',
      'remove jars/gone.jar',
      'metadata jars/user.jar',
      'revive jars/back.jar',
      'add jars/new.jar',
      'remove jars/name-1.jar',
    ]);
    expect(changes[0]).toMatchObject({
      previousPath: 'jars/lib-1.0.jar',
      checksum: 'bb',
      size: 300,
      details: {
        versionBefore: '1.0',
        versionAfter: '1.1',
        sizeBefore: 100,
        platforms: ['win64'],
        fields: [
          { field: 'description', before: 'Old', after: 'New' },
          { field: 'author', before: undefined, after: 'Ben' },
          { field: 'link', before: undefined, after: 'l' },
          { field: 'platform', before: 'linux64', after: undefined },
          { field: 'platform', before: undefined, after: 'win64' },
          { field: 'dependency', before: 'jars/same.jar', after: undefined },
        ],
      },
    });
    expect(changes[1]?.details).toMatchObject({ dependents: ['jars/user.jar'], versionBefore: '2026-01-01' });
  });

  describe('explains what happens to a file', () => {
    const change = (before: string, after: string) => {
      const [first, ...rest] = compareIndexes(indexOf(before), indexOf(after));
      expect(rest).toEqual([]);
      const { details, ...plain } = first ?? {};
      return { plain, details };
    };
    const file = (inside: string, name = 'jars/a-1.0.jar') => `<plugin filename="${name}">${inside}</plugin>`;
    const gone = (checksum = 'a') => `<previous-version checksum="${checksum}" timestamp="1"/>`;
    const current = version('a', 20260101000005);
    const content = { checksum: 'a', size: 5 };

    test.each([
      ['add', '', file(current), 'it was not on the site before', content],
      ['metadata', '', file(gone()), 'a record of an obsolete file was added', {}],
      ['remove', file(current), '', 'its record was deleted, with its history', {}],
      ['remove', file(gone()), '', 'its record was deleted, with its history', {}],
      ['remove', file(current), file(gone()), 'it has become obsolete', {}],
      ['revive', file(gone()), file(current + gone()), 'it was obsolete and was restored', content],
      ['update', file(version('b', 1)), file(current), 'its content has changed', content],
      ['metadata', file(gone()), file(gone() + gone('b')), 'only timestamps or earlier versions differ', {}],
      ['metadata', file(current), file(`<category>x</category>${current}`), 'metadata changed', {}],
    ])('%s', (kind, before, after, reason, more) => {
      expect(change(before, after).plain).toEqual({ kind, path: 'jars/a-1.0.jar', reason, ...more });
    });

    describe('that users do not notice:', () => {
      const at = (stamp: number, needed: number, inside = '') =>
        file(version('a', stamp, `<dependency filename="x" timestamp="${needed}"/>${inside}`));
      const since = '<previous-version checksum="a" timestamp="1005" filename="jars/a-1.0.jar"/>';

      test.each([
        ['a new timestamp', at(1005, 1), at(2005, 2), 'same content, new timestamp'],
        [
          'earlier versions',
          file(current),
          file(current + since),
          'only timestamps or earlier versions differ',
        ],
        ['the timestamp of a dependency', at(1, 1), at(1, 2), 'only timestamps or earlier versions differ'],
        ['an obsolete file', '', file(since), 'a record of an obsolete file was added'],
      ])('%s', (_, before, after, reason) => {
        const { plain, details } = change(before, after);
        expect(plain).toEqual({ kind: 'metadata', path: 'jars/a-1.0.jar', reason });
        expect(details).toMatchObject({ isSameForUsers: true, fields: [] });
      });

      test.each([
        ['metadata', at(1, 1), at(2, 2, '<link>l</link>')],
        ['metadata', at(1, 1), at(2, 2, '<unknown/>')],
        ['update', file(version('b', 1)), file(current)],
        ['remove', file(since), ''],
      ])('but not %s', (kind, before, after) => {
        const { plain, details } = change(before, after);
        expect(plain).toMatchObject({ kind });
        expect(details).not.toHaveProperty('isSameForUsers');
      });
    });

    test('rename', () => {
      expect(change(file(current), file(current, 'jars/a-1.1.jar')).plain).toEqual({
        kind: 'rename',
        path: 'jars/a-1.1.jar',
        previousPath: 'jars/a-1.0.jar',
        reason: 'the same content has a new name',
        ...content,
      });
    });

    test('with the metadata that changes', () => {
      const before = `<plugin filename="a" executable="true"><category>c</category>${version('a', 20260101000005, '<description>d</description><dependency filename="x" timestamp="1" overrides="true"/><dependency filename="y" timestamp="1"/>')}</plugin>`;
      const after = `<plugin filename="a"><category>e</category>${version('a', 20260101000005, '<dependency filename="x" timestamp="1"/><dependency filename="y" timestamp="1"/>')}</plugin>`;
      expect(change(before, after).details).toEqual({
        versionBefore: '2026-01-01',
        versionAfter: '2026-01-01',
        sizeBefore: 5,
        platforms: [],
        fields: [
          { field: 'description', before: 'd', after: undefined },
          { field: 'category', before: 'c', after: undefined },
          { field: 'category', before: undefined, after: 'e' },
          { field: 'executable', before: 'yes', after: undefined },
          { field: 'dependency', before: 'x (overridden)', after: undefined },
          { field: 'dependency', before: undefined, after: 'x' },
        ],
        dependents: [],
      });
    });

    test('with the files that depend on a removed one, sorted', () => {
      const user = (name: string) =>
        file(version('u', 1, '<dependency filename="jars/a.jar" timestamp="1"/>'), name);
      const users = user('jars/y.jar') + user('jars/x.jar');
      const platform = '<platform>linux64</platform>';
      expect(change(file(platform + current) + users, users).details).toEqual({
        versionBefore: '1.0',
        versionAfter: undefined,
        sizeBefore: 5,
        platforms: ['linux64'],
        fields: [],
        dependents: ['jars/x.jar', 'jars/y.jar'],
      });
      expect(change(users + file(current), users + file(version('b', 1))).details?.dependents).toEqual([]);
      expect(change(file(current), '').details?.dependents).toEqual([]);
    });
  });

  test('is empty for equal states', () => {
    expect(
      compareIndexes(
        BEFORE,
        indexOf(renderIndexXml(BEFORE).replace(/^[\s\S]*<pluginRecords>|<\/pluginRecords>\s*$/g, '')),
      ),
    ).toEqual([]);
    expect(diffIndexes(BEFORE, BEFORE)).toBe('');
  });

  test('returns a diff that turns one state into the other', () => {
    const diff = diffIndexes(BEFORE, AFTER);
    expect(diff).toMatch(/^--- db\.xml \(before\)\n\+\+\+ db\.xml \(after\)\n@@ /);
    expect(diff).toContain('-            <description>Old</description>\n');
    expect(diff).toContain('+            <description>New</description>\n');
    expect(diff).not.toContain('jars/same.jar">');
    expect(applyPatch(renderIndexXml(BEFORE), diff)).toBe(renderIndexXml(AFTER));
  });

  test('returns such a diff for any content', () => {
    fc.assert(
      fc.property(arbitraryIndex, fc.array(fc.nat(3), { maxLength: 12 }), (index, choices) => {
        // Records that are removed and changed, in the order that publications keep.
        const records = index.records.flatMap((record, at) => {
          const choice = choices[at] ?? 3;
          if (choice === 0) return [];
          return [choice === 1 ? { ...record, executable: !record.executable } : record];
        });
        const plain = { ...index, unknown: [] };
        const after = { ...plain, records };
        const diff = diffIndexes(plain, after);
        const [from, to] = [renderIndexXml(plain), renderIndexXml(after)];
        if (records.length === 0 || plain.records.length === 0) return;
        expect(diff === '' ? from : applyPatch(from, diff)).toBe(to);
      }),
      { numRuns: 300 },
    );
  });
});
