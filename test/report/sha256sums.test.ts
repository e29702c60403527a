import { renderSha256Sums } from '../../src/report/sha256sums.js';

test('checksums are sorted by name, and special names are escaped', () => {
  const sums = new Map([
    ['b.jar-20260101000000', 'bb'],
    ['a b.ijm', 'aa'],
    ['c\\d', 'cc'],
    ['e\nf\rg', 'ee'],
    ['B', 'b0'],
  ]);
  expect(renderSha256Sums(sums)).toBe(
    'b0  B\naa  a b.ijm\nbb  b.jar-20260101000000\n\\cc  c\\\\d\n\\ee  e\\nf\\rg\n',
  );
  expect(renderSha256Sums(new Map())).toBe('');
});
