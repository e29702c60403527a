import { parseSha256Sums, renderSha256Sums } from '../../src/model/sha256sums.js';

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

test('checksums are read as they were written', () => {
  const names = ['a b.ijm', 'c\\d', 'e\nf\rg', '\\n', 'ü', '*', 'g\u2028h'];
  const sums = new Map(names.map((name, at) => [name, String(at).repeat(64)]));
  expect(parseSha256Sums(renderSha256Sums(sums))).toEqual(sums);
});

test('lines of other programs are read or skipped', () => {
  const [a, b, c] = ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)];
  const text = `# comment\n\n${a} *binary.jar\n${b}  ends here\r\n${c}\nMD5 (x) = ${c}\n${c}  `;
  expect(parseSha256Sums(text)).toEqual(
    new Map([
      ['binary.jar', a],
      ['ends here', b],
    ]),
  );
});
