import { removeLines, sharedWarning, warningsOf } from '../../../src/formats/imagej/several-files.js';

const names = (count: number) => Array.from({ length: count }, (_, at) => `f${at}`);
const WARNING = {
  code: 'empty-file' as const,
  message: (files: string, areMany: boolean) => `${areMany ? 'many' : 'one'}: ${files}`,
  hint: (paths: readonly string[]) => `${paths.length} files`,
};

test('a shared warning is one for all files', () => {
  expect(sharedWarning([], WARNING)).toEqual([]);
  expect(sharedWarning(names(1), WARNING)).toEqual([
    { severity: 'warning', code: 'empty-file', path: 'f0', message: 'one: f0', hint: '1 files' },
  ]);
  expect(sharedWarning(names(2), WARNING)).toEqual([
    { severity: 'warning', code: 'empty-file', path: 'f0', message: 'many: f0, f1', hint: '2 files' },
  ]);
});

test('up to ten files get a warning each', () => {
  expect(warningsOf(names(10), WARNING).map(({ path, message }) => [path, message])).toEqual(
    names(10).map((name) => [name, `one: ${name}`]),
  );
  expect(warningsOf(names(11), WARNING)).toMatchObject([{ path: 'f0', hint: '11 files' }]);
  expect(warningsOf([], WARNING)).toEqual([]);
});

test('lines that remove files name ten of them, quoted for a shell', () => {
  expect(removeLines(['a/b+c-d.e_1'])).toBe('"remove: a/b+c-d.e_1" (--remove a/b+c-d.e_1)');
  expect(removeLines(['a b'])).toBe(`"remove: a b" (--remove 'a b')`);
  expect(removeLines(['$a'])).toBe(`"remove: $a" (--remove '$a')`);
  expect(removeLines(['a$'])).toBe(`"remove: a$" (--remove 'a$')`);
  expect(removeLines([`a'b'c`])).toBe(`"remove: a'b'c" (--remove 'a'\\''b'\\''c')`);
  const lines = removeLines(names(12));
  expect(lines).toMatch(
    /^the lines "f0", "f1", .*"f9" of "remove" \(--remove f0 --remove f1 .*--remove f9\)$/,
  );
});
