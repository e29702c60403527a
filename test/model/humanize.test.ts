import { listNames, shortened } from '../../src/model/humanize.js';

const names = (number: number) => Array.from({ length: number }, (_, at) => `f${at}`);

test('a list contains ten names, and states how many more there are', () => {
  expect(listNames([])).toBe('');
  expect(listNames(names(1))).toBe('f0');
  expect(listNames(names(10))).toBe('f0, f1, f2, f3, f4, f5, f6, f7, f8, f9');
  expect(listNames(names(13))).toBe('f0, f1, f2, f3, f4, f5, f6, f7, f8, f9 and 3 more');
});

test('a list can have another limit, and a noun for the other names', () => {
  expect(listNames(names(3), 3)).toBe('f0, f1, f2');
  expect(listNames(names(1236), 2)).toBe('f0, f1 and 1,234 more');
  expect(listNames(names(3), 2, 'file')).toBe('f0, f1 and 1 more file');
  expect(listNames(names(1236), 2, 'version')).toBe('f0, f1 and 1,234 more versions');
});

test('a text is cut only if it is too long', () => {
  expect(shortened('abc', 3)).toBe('abc');
  expect(shortened('abcd', 3)).toBe('abc…');
});

test('a cut does not split a character', () => {
  expect(shortened('ab\u{1f52c}cd', 3)).toBe('ab…');
  expect(shortened('ab\u{1f52c}cd', 4)).toBe('ab\u{1f52c}…');
});
