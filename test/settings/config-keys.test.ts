import fc from 'fast-check';
import { parseDocument } from 'yaml';
import { duplicateKeys, pairOf } from '../../src/settings/config-keys.js';
import { countSteps } from '../support/count-steps.js';

describe('the search for duplicate keys', () => {
  it('finds the same keys as the library', () => {
    const key = fc.constantFrom('a', 'b', '1', '"1"', 'true', '"true"', 'null', '~', '__proto__', 'toString');
    const map = fc.array(key, { maxLength: 6 });
    fc.assert(
      fc.property(map, map, (outer, inner) => {
        const text = [
          ...outer.map((one) => `${one}: 1`),
          'inner:',
          ...inner.map((one) => `  ${one}: 1`),
          '  last: 1',
        ].join('\n');
        const expected = parseDocument(text).errors.map(({ pos }) => pos[0]);
        const found = duplicateKeys(parseDocument(text, { uniqueKeys: false }));
        expect(found.map(({ offset }) => offset)).toEqual([...new Set(expected)]);
      }),
    );
  });

  it('finds the place of a key, and that of its first occurrence', () => {
    const text = 'site:\n  &n name: x\n  *n : y\n  name: z\n1: a\n1: b\n';
    expect(duplicateKeys(parseDocument(text, { uniqueKeys: false }))).toEqual([
      { key: '1', offset: text.lastIndexOf('1'), first: text.indexOf('1') },
      { key: 'name', offset: text.indexOf('*n'), first: text.indexOf('name') },
      { key: 'name', offset: text.lastIndexOf('name'), first: text.indexOf('name') },
    ]);
  });

  it('ignores keys that are not scalars', () => {
    const text = '? [a]\n: 1\n? [a]\n: 2\n? {b: 1}\n: 3\n*n : 4\n';
    expect(duplicateKeys(parseDocument(text, { uniqueKeys: false }))).toEqual([]);
  });

  it('visits each key once, like the search for the line of a fault', () => {
    const document = (count: number) =>
      parseDocument(Array.from({ length: count }, (_, at) => `k${at}: 1`).join('\n'), { uniqueKeys: false });
    const steps = (count: number) => {
      const parsed = document(count);
      return countSteps(() => {
        duplicateKeys(parsed);
        const map = parsed.contents as Parameters<typeof pairOf>[0];
        for (let at = 0; at < count; at++) pairOf(map, `k${at}`);
      });
    };
    expect(steps(2000) / steps(500)).toBeLessThan(6);
  });
});

test('the first pair with a key is found', () => {
  const document = parseDocument('a: 1\n1: 2\n"1": 3\na: 4\n[b]: 5\n', { uniqueKeys: false });
  const map = document.contents as Parameters<typeof pairOf>[0];
  const valueOf = (key: unknown) => pairOf(map, key)?.value?.toString();
  expect(['a', 1, '1', 'b', 'toString', undefined].map(valueOf)).toEqual([
    '1',
    '2',
    '3',
    undefined,
    undefined,
    undefined,
  ]);
});
