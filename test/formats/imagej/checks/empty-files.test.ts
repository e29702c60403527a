import { checkEmptyFiles, emptyReasonOf } from '../../../../src/formats/imagej/checks/empty-files.js';
import { imagejChange, imagejIndex } from '../../../support/imagej-site.js';

const standing = (...sizes: number[]) =>
  imagejIndex(Object.fromEntries(sizes.map((size, at) => [`macros/${at}.ijm`, { size }]))).records;

test('an empty file is refused', () => {
  const published = [imagejChange('macros/a.ijm', { size: 0 }), imagejChange('macros/b.ijm', { size: 1 })];
  expect(checkEmptyFiles(published, [])).toEqual([
    {
      severity: 'error',
      code: 'empty-file',
      path: 'macros/a.ijm',
      message:
        'macros/a.ijm is empty, and ImageJ treats an empty file as deleted: users would never get it, or would lose the version that they have.',
      hint: 'Add a comment or a line break to it, or leave it out.',
    },
  ]);
});

test('empty files of the site cause one warning', () => {
  expect(checkEmptyFiles([], standing(0, 5))).toEqual([
    {
      severity: 'warning',
      code: 'empty-file',
      path: 'macros/0.ijm',
      message: 'The site has an empty file, which users never get: macros/0.ijm.',
      hint: 'Publish it with some content, or remove it with "remove: macros/0.ijm" (--remove macros/0.ijm).',
    },
  ]);
  expect(checkEmptyFiles([], standing(0, 1, 0))).toEqual([
    {
      severity: 'warning',
      code: 'empty-file',
      path: 'macros/0.ijm',
      message: 'The site has empty files, which users never get: macros/0.ijm, macros/2.ijm.',
      hint: 'Publish them with some content, or remove them with the lines "macros/0.ijm", "macros/2.ijm" of "remove" (--remove macros/0.ijm --remove macros/2.ijm).',
    },
  ]);
  expect(checkEmptyFiles([], standing(1, 5))).toEqual([]);
  expect(checkEmptyFiles([], imagejIndex({ 'macros/a.ijm': { obsolete: true } }).records)).toEqual([]);
});

test('an empty jar is left to the check for damaged jars', () => {
  expect(emptyReasonOf('a.jar')).toBeUndefined();
  expect(emptyReasonOf('a.jar.txt')).toBe('ImageJ treats an empty file as deleted');
});
