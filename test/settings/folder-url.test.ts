import { withFolder } from '../../src/settings/folder-url.js';

test.each([
  ['https://x.org', [], 'https://x.org/'],
  ['https://x.org/a//', [], 'https://x.org/a/'],
  ['https://x.org/a/', ['b/c d', undefined, '', 'é'], 'https://x.org/a/b/c%20d/%C3%A9/'],
])('the folder below %s and %j is %s', (root, folders, url) => {
  expect(withFolder(root, ...folders)).toBe(url);
});
