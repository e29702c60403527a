import fc from 'fast-check';
import { circlesIn } from '../../../../src/formats/imagej/verify/circles.js';

type Needs = Readonly<Record<string, readonly string[]>>;

const circles = (needs: Needs) => circlesIn(new Map(Object.entries(needs)));

test.each<[string, Needs, readonly (readonly string[])[]]>([
  ['nothing', {}, []],
  ['a chain', { a: ['b'], b: ['c'], c: [] }, []],
  ['a need that is not in the list', { a: ['b', 'c'], b: ['c'] }, []],
  ['two ways to the same file', { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, []],
  ['a file that needs itself', { a: ['b'], b: ['b'] }, [['b']]],
  ['a circle of two', { a: ['b'], b: ['a'] }, [['a', 'b']]],
  ['a circle behind a chain', { a: ['b'], b: ['c'], c: ['d'], d: ['b'] }, [['b', 'c', 'd']]],
  [
    'two circles',
    { a: ['b'], b: ['a', 'c'], c: ['d'], d: ['c'] },
    [
      ['c', 'd'],
      ['a', 'b'],
    ],
  ],
  ['circles that share a file', { a: ['b', 'c'], b: ['a'], c: ['a'] }, [['a', 'b', 'c']]],
  ['a repeated need', { a: ['b', 'b'], b: ['a', 'a'] }, [['a', 'b']]],
])('finds the circles in %s', (_, needs, expected) => {
  expect(circles(needs)).toEqual(expected);
});

/** Returns the groups by following all needs from each name, which takes cubic time. */
function naiveCircles(needs: Needs): readonly string[] {
  const reach = new Map<string, Set<string>>();
  for (const start of Object.keys(needs)) {
    const reached = new Set<string>();
    const waiting = [...(needs[start] ?? [])];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (reached.has(name)) continue;
      reached.add(name);
      waiting.push(...(needs[name] ?? []));
    }
    reach.set(start, reached);
  }
  const groups = Object.keys(needs)
    .filter((name) => reach.get(name)?.has(name))
    .map((name) =>
      [...(reach.get(name) ?? [])]
        .filter((other) => reach.get(other)?.has(name))
        .sort()
        .join(' '),
    );
  return [...new Set(groups)].sort();
}

const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');

test('finds the same groups as a search from each name', () => {
  fc.assert(
    fc.property(fc.dictionary(name, fc.array(name, { maxLength: 4 }), { noNullPrototype: true }), (needs) => {
      const found = circles(needs);
      expect(found.map((group) => [...group].sort().join(' ')).sort()).toEqual(naiveCircles(needs));
    }),
    { numRuns: 500 },
  );
});

test('takes a chain and a circle of any length', () => {
  const length = 100_000;
  const needs = new Map(Array.from({ length }, (_, at) => [`${at}`, [`${at + 1}`]] as const));
  expect(circlesIn(needs)).toEqual([]);
  needs.set(`${length - 1}`, ['0']);
  const [circle, ...others] = circlesIn(needs);
  expect(circle).toHaveLength(length);
  expect(others).toEqual([]);
});
