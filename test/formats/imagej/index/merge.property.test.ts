import fc from 'fast-check';
import { mergeSameFiles } from '../../../../src/formats/imagej/index/merge.js';
import type {
  Dependency,
  PluginRecord,
  TextValue,
  Unknown,
} from '../../../../src/formats/imagej/index/site-index.js';
import { gatherDependencies, gatherTexts } from '../../../../src/formats/imagej/index/values.js';
import { addDependency, addText, mergeOneByOne } from '../../../support/merge-one-by-one.js';

const attributes = fc.uniqueArray(
  fc.record({ name: fc.constantFrom('p', 'q', 'r'), value: fc.constantFrom('1', '2') }),
  { selector: ({ name }) => name, maxLength: 3 },
);
const unknown = <Group extends string>(...groups: Group[]) =>
  fc.array(
    fc.record({
      element: fc.constantFrom('u', 'v', 'w').map((name) => ({ name, attributes: [], children: [] })),
      group: fc.constantFrom(...groups),
      count: fc.nat(12),
    }) satisfies fc.Arbitrary<Unknown<Group>>,
    { maxLength: 3 },
  );
const stamp = fc.integer({ min: 1, max: 3 });
const checksum = fc.constantFrom('a', 'b');

const record: fc.Arbitrary<PluginRecord> = fc.record({
  filename: fc
    .tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('', '-1.0', '-1.1', '-2.0'))
    .map(([name, version]) => `jars/${name}${version}.jar`),
  executable: fc.boolean(),
  platforms: fc.constant([]),
  categories: fc.constant([]),
  current: fc.option(
    fc.record({
      checksum,
      timestamp: stamp,
      filesize: fc.constant(1),
      description: fc.constant(undefined),
      dependencies: fc.constant([]),
      links: fc.constant([]),
      authors: fc.constant([]),
      attributes,
      unknown: unknown('author', 'link'),
    }),
    { nil: undefined },
  ),
  previous: fc.array(
    fc.record({
      timestamp: stamp,
      timestampObsolete: fc.constantFrom(0, 9),
      checksum,
      filename: fc.constantFrom('x', 'y'),
      attributes,
      unknown: fc.constant([]),
    }),
    { maxLength: 3 },
  ),
  attributes,
  unknown: unknown('platform', 'previous-version'),
});

describe('a linear reader', () => {
  it('merges records exactly like a reader that merges one by one', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 12 }), unknown('plugin'), (records, places) => {
        const index = { records, attributes: [], unknown: places };
        expect(mergeSameFiles(index).records).toEqual(mergeOneByOne(index).records);
        // Every place after the last record is the same, whatever its number.
        const placesOf = (merged: ReturnType<typeof mergeOneByOne>) =>
          merged.unknown.map((place) => ({ ...place, count: Math.min(place.count, merged.records.length) }));
        expect(placesOf(mergeSameFiles(index))).toEqual(placesOf(mergeOneByOne(index)));
      }),
      { numRuns: 1000 },
    );
  });

  it('gathers texts and dependencies exactly like a reader that searches all of them', () => {
    const name = fc.constantFrom('toString', '__proto__', 'a-1.0.jar', 'a-2.0.jar', 'a.jar', '', 'b');
    fc.assert(
      fc.property(fc.array(fc.record({ name, timestamp: stamp }), { maxLength: 20 }), (all) => {
        const [texts, dependencies] = [gatherTexts(), gatherDependencies()];
        const expected: { texts: TextValue[]; dependencies: Dependency[] } = { texts: [], dependencies: [] };
        for (const [at, one] of all.entries()) {
          const more = { attributes: [{ name: 'at', value: String(at) }], unknown: [] };
          const text = { text: one.name, ...more };
          const dependency = { filename: one.name, timestamp: one.timestamp, overrides: false, ...more };
          texts.add(text);
          dependencies.add(dependency);
          addText(expected.texts, text);
          addDependency(expected.dependencies, dependency);
        }
        expect(texts.list).toEqual(expected.texts);
        expect(dependencies.list).toEqual(expected.dependencies);
      }),
    );
  });
});
