import { fitted, type TextLimit } from '../../src/report/text-limit.js';

const characters = (max: number): TextLimit => ({ max, sizeOf: ({ length }) => length });
/** Space that is reserved for the line about what is omitted. */
const RESERVE = 128;

test('a section has its lines in a frame, and states what is omitted', () => {
  const section = { before: '<', after: '>', lines: ['a\n', 'b\n'], noun: 'file' };
  expect(fitted(section, characters(1000))).toEqual({ text: '<a\nb\n>', isCut: false });
  expect(fitted({ ...section, omitted: 3 }, characters(1000)).text).toBe('<a\nb\n\n… and 3 more files.\n>');
  expect(fitted({ lines: ['a'], noun: 'file' }, characters(1000)).text).toBe('\na');
});

test('a section keeps the lines that fit', () => {
  const section = { before: '<', after: '>', lines: ['a\n', 'b\n'], noun: 'file' };
  expect(fitted(section, characters(RESERVE + 6)).isCut).toBe(false);
  expect(fitted(section, characters(RESERVE + 5))).toEqual({
    text: '<a\n\n… and 1 more file.\n>',
    isCut: true,
  });
  expect(fitted(section, characters(RESERVE + 3))).toEqual({ text: '', isCut: true });
});

test('a section without lines is empty', () => {
  expect(fitted({ before: '<', after: '>', lines: [], noun: 'file' }, characters(0))).toEqual({
    text: '',
    isCut: false,
  });
});
