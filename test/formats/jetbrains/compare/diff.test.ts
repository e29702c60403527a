import { diffRepositories } from '../../../../src/formats/jetbrains/compare/diff.js';
import { loadRepository } from '../../../../src/formats/jetbrains/index/load.js';
import type { Repository } from '../../../../src/formats/jetbrains/index/repository.js';

const site = (xml: string): Repository => loadRepository(new Map([['updatePlugins.xml', Buffer.from(xml)]]));
const entry = (id: string, version: string, url = 'x') =>
  `<plugin id="${id}" version="${version}" url="${url}"/>`;
const changed = (before: string, after: string) =>
  diffRepositories(site(before), site(after))
    .split('\n')
    .filter((line) => /^[+-](?![+-])/.test(line));

test('the diff of equal indexes is empty', () => {
  const xml = `<plugins>${entry('a', '1')}<x/></plugins>`;
  expect(diffRepositories(site(xml), site(xml))).toBe('');
});

test('the diff has the places of the lines in the index', () => {
  const before = site(`<!-- Ours -->\n<plugins>${entry('a', '1')}${entry('b', '1')}</plugins>`);
  const after = site(`<!-- Ours -->\n<plugins>${entry('a', '1')}${entry('b', '2')}</plugins>`);
  expect(diffRepositories(before, after)).toBe(`--- updatePlugins.xml (before)
+++ updatePlugins.xml (after)
@@ -5,1 +5,1 @@
-  <plugin id="b" version="1" url="x"/>
+  <plugin id="b" version="2" url="x"/>
`);
});

test.each<[string, string, string, string[]]>([
  [
    'the address of an entry',
    entry('a', '1', 'x'),
    entry('a', '1', 'y'),
    [`-  ${entry('a', '1', 'x')}`, `+  ${entry('a', '1', 'y')}`],
  ],
  ['a further entry', entry('a', '1'), entry('a', '1') + entry('b', '1'), [`+  ${entry('b', '1')}`]],
  [
    'one of two entries with the same version',
    entry('a', '1', 'x') + entry('a', '1', 'y'),
    entry('a', '1', 'x') + entry('a', '1', 'z'),
    [`-  ${entry('a', '1', 'y')}`, `+  ${entry('a', '1', 'z')}`],
  ],
  ['an element of another tool', '<x/>', '<x/><y/>', ['+  <y/>']],
  [
    'an entry in a category, which is written with its category',
    `<category>${entry('a', '1')}</category>`,
    `<category>${entry('a', '2')}</category>`,
    [`-  <category>${entry('a', '1')}</category>`, `+  <category>${entry('a', '2')}</category>`],
  ],
])('the diff shows %s', (_, before, after, lines) => {
  expect(changed(`<plugins>${before}</plugins>`, `<plugins>${after}</plugins>`)).toEqual(lines);
});
