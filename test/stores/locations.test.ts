import { describeLocation, parsePlace } from '../../src/stores/locations.js';

function described(notation: string): string | undefined {
  const location = parsePlace(notation, (what, hint) => {
    throw new Error(`${what}. ${hint}`);
  });
  return location && describeLocation(location);
}

test.each([
  ['https://lab.org/site', 'https://lab.org/site/'],
  ['zip:site.zip', 'backup site.zip'],
  ['public', 'folder public'],
  ['file:git+x', 'folder git+x'],
  ['my+site', 'folder my+site'],
  ['git+https://lab.org/tool.git', 'branch gh-pages of https://lab.org/tool.git'],
  // Not folders, although they could be names of folders.
  ['git+tool.git#pages', 'branch pages of tool.git'],
  ['git+git@lab.org:me/tool.git#pages:sub', 'sub on branch pages of git@lab.org:me/tool.git'],
])('%s is %s', (notation, place) => {
  expect(described(notation)).toBe(place);
});

test('a place of an unknown kind is refused', () => {
  expect(() => described('ftp://lab.org/')).toThrow(
    'places of this kind are unknown. Write https://…, a folder, git+https://…#gh-pages, or zip:backup.zip.',
  );
});
