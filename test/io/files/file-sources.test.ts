import { createFileSources } from '../../../src/io/files/file-sources.js';
import { makeFolder, writeFiles } from '../../support/folders.js';

test('sources read the requested bytes or throw', () => {
  const cwd = makeFolder();
  writeFiles(cwd, { x: 'abcdef' });
  const source = createFileSources(cwd).open('x');
  expect(source.read(2, 3).toString()).toBe('cde');
  expect(() => source.read(4, 3)).toThrow(RangeError);
  source.close();
  expect(() => createFileSources(cwd).open('y')).toThrow(/y cannot be read: it does not exist/);
});
