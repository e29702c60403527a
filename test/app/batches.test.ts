import { inBatches } from '../../src/app/batches.js';

const MIB = 1024 * 1024;
const batched = (sizes: readonly (number | undefined)[], limits: { maxFiles: number; maxBytes: number }) =>
  inBatches(sizes, (size) => ({ size }), limits);

test.each([
  [[], []],
  [
    [1, 2, 3, 4],
    [[1, 2, 3], [4]],
  ],
  [
    [9, 1, 1],
    [[9, 1], [1]],
  ],
  [
    [99, 1],
    [[99], [1]],
  ],
  [
    [5, 5, 5, 5],
    [
      [5, 5],
      [5, 5],
    ],
  ],
])('files of %j bytes are divided into %j', (sizes, expected) => {
  expect(batched(sizes, { maxFiles: 3, maxBytes: 10 })).toEqual(expected);
});

test('a file of unknown size counts as one megabyte', () => {
  const sizes = [undefined, MIB, 1];
  expect(batched(sizes, { maxFiles: 9, maxBytes: 2 * MIB })).toEqual([[undefined, MIB], [1]]);
});
