import fc from 'fast-check';
import { unversionedPath } from '../../../../src/formats/imagej/file-name.js';
import { parseIndexXml } from '../../../../src/formats/imagej/index/read.js';
import type { PluginRecord, SiteIndex } from '../../../../src/formats/imagej/index/site-index.js';
import { renderIndexXml, renderRecord } from '../../../../src/formats/imagej/index/write.js';
import { applyPlan } from '../../../../src/formats/imagej/plan/apply.js';
import type { SitePath } from '../../../../src/model/site-path.js';
import { arbitraryIndex } from '../../../support/arbitrary-index.js';
import { planFiles } from '../../../support/scenario.js';

function reread(index: SiteIndex): SiteIndex {
  return parseIndexXml(Buffer.from(renderIndexXml(index)));
}

/**
 * An index without the places of unknown elements. The same place can be expressed in several ways; the rendered text
 * shows it.
 */
function withoutPlaces(index: SiteIndex): unknown {
  return JSON.parse(
    JSON.stringify(index, (key, value: unknown) => (key === 'group' || key === 'count' ? undefined : value)),
  );
}

/** A publication of some existing and some new files, with some removals. */
const arbitraryChange = fc.record({
  touched: fc.array(fc.record({ at: fc.nat(5), content: fc.nat(3), versioned: fc.boolean() }), {
    maxLength: 4,
  }),
  added: fc.uniqueArray(fc.stringMatching(/^new[a-z]{1,4}$/), { maxLength: 2 }),
  removed: fc.array(fc.nat(5), { maxLength: 2 }),
  now: fc.integer({ min: 20000101000000, max: 20260101000000 }),
});

function publish(
  index: SiteIndex,
  change: (typeof arbitraryChange)['generate'] extends (...args: never[]) => { value: infer T } ? T : never,
) {
  const files = new Map<string, string>();
  for (const { at, content, versioned } of change.touched) {
    const record = index.records[at];
    if (!record) continue;
    const path = versioned ? record.filename.replace(/\.jar$/, '-1.2.3.jar') : record.filename;
    const checksum =
      content === 0 ? (record.current?.checksum ?? 'c'.repeat(40)) : String(content).repeat(40);
    files.set(unversionedPath(path), `${path}|${checksum}`);
  }
  for (const name of change.added) files.set(`macros/${name}.ijm`, `macros/${name}.ijm|${'d'.repeat(40)}`);
  const artifacts = [...files.values()].map((entry) => {
    const [path = '', checksum = ''] = entry.split('|');
    return {
      artifact: { file: path, destination: path as SitePath, size: 7, modified: 0, executable: false },
      inspection: {
        checksum,
        size: 7,
        historicalChecksums: [],
        hasPluginsConfig: false,
        pom: undefined,
        ownPom: undefined,
      },
    };
  });
  const remove = change.removed
    .flatMap((at) => index.records[at]?.filename ?? [])
    .filter((path) => !files.has(path));
  const plan = planFiles({ index, artifacts, remove, now: change.now });
  return { plan, after: applyPlan(index, plan) };
}

/** All content of a record that this program does not know, other than its current version. */
function unknownOf(record: PluginRecord): string[] {
  return (renderRecord(record).match(/<x-[a-z]+|x-[a-z]+-a="/g) ?? []).sort();
}

test('reads any index as it was written', () => {
  fc.assert(
    fc.property(arbitraryIndex, (index) => {
      const text = renderIndexXml(index);
      const again = reread(index);
      expect(renderIndexXml(again)).toBe(text);
      expect(withoutPlaces(again)).toEqual(withoutPlaces(index));
      expect(reread(again)).toEqual(again);
    }),
    { numRuns: 400 },
  );
});

test('a publication never loses or changes an entry that it does not affect', () => {
  fc.assert(
    fc.property(arbitraryIndex, arbitraryChange, (index, change) => {
      const { plan, after } = publish(index, change);
      const affected = new Set(plan.changes.map(({ component }) => component));
      const result = reread(after);
      // Every record remains in its order, and new ones follow.
      const before = index.records.map(({ filename }) => unversionedPath(filename));
      const components = result.records.map(({ filename }) => unversionedPath(filename));
      expect(components.slice(0, before.length)).toEqual(before);
      index.records.forEach((record, at) => {
        const now = result.records[at] as PluginRecord;
        if (!affected.has(before[at] as string)) expect(renderRecord(now)).toBe(renderRecord(record));
      });
      expect({ attributes: result.attributes, unknown: result.unknown }).toEqual({
        attributes: index.attributes,
        unknown: index.unknown,
      });
    }),
    { numRuns: 400 },
  );
});

test('a publication never drops a previous version, hand-written metadata or unknown content', () => {
  fc.assert(
    fc.property(arbitraryIndex, arbitraryChange, (index, change) => {
      const { plan, after } = publish(index, change);
      for (const { component, kind } of plan.changes) {
        const record = index.records.find(({ filename }) => unversionedPath(filename) === component);
        const now = after.records.find(
          ({ filename }) => unversionedPath(filename) === component,
        ) as PluginRecord;
        if (!record) continue;
        expect(now.previous.slice(0, record.previous.length)).toEqual(record.previous);
        const versions = [...now.previous, ...(now.current ? [now.current] : [])].map(
          ({ checksum }) => checksum,
        );
        if (record.current) expect(versions).toContain(record.current.checksum);
        expect(now).toMatchObject({
          platforms: record.platforms,
          categories: record.categories,
          executable: record.executable,
        });
        if (kind === 'update' || kind === 'rename') {
          const { description, dependencies, links, authors } = record.current ?? {};
          expect(now.current).toMatchObject({ description, dependencies, links, authors });
        }
        if (kind !== 'remove') expect(unknownOf(now)).toEqual(unknownOf(record));
        // Later than all timestamps of the record, so that a stored name is never used twice.
        const timestamps = [
          record.current?.timestamp ?? 0,
          ...record.previous.flatMap((version) => [version.timestamp, version.timestampObsolete]),
        ];
        expect(plan.timestamp).toBeGreaterThan(Math.max(...timestamps));
      }
    }),
    { numRuns: 400 },
  );
});

test('publishing the same files again changes nothing', () => {
  fc.assert(
    fc.property(arbitraryIndex, arbitraryChange, (index, change) => {
      const { after } = publish(index, change);
      const again = publish(after, { ...change, touched: [], removed: [] });
      expect(again.plan.changes).toEqual([]);
      expect(again.after).toEqual(after);
    }),
    { numRuns: 200 },
  );
});
