import {
  archivePathIn,
  archiveSizes,
  exclusionReason,
  isArchivePath,
  offeredArchives,
  parseArchivePath,
} from '../../../../src/formats/jetbrains/index/archive-path.js';
import { isIndexName } from '../../../../src/formats/jetbrains/index/render.js';
import { EMPTY_REPOSITORY } from '../../../../src/formats/jetbrains/index/repository.js';
import { artifact, publish } from '../../../support/plan-plugins.js';

test.each([
  ['plugins/a/1.0/a.zip', true],
  ['plugins/a/1.0/a b.jar', true],
  ['plugins/a/1.0/a.tar', false],
  ['plugins/a/1.0/azip', false],
  ['plugins/a/1.0/a.zip.asc', false],
  ['plugins/a/1.0/.zip', false],
  ['plugins/a/a.zip', false],
  ['plugins/a/1.0/b/a.zip', false],
  ['plugins//1.0/a.zip', false],
  ['plugins/a//a.zip', false],
  ['plugins/../1.0/a.zip', false],
  ['eap/plugins/a/1.0/a.zip', false],
  ['updatePlugins.xml', false],
])('whether %s is the path of an archive: %p', (text, expected) => {
  expect(isArchivePath(text)).toBe(expected);
  expect(parseArchivePath(text)).toBe(expected ? text : undefined);
});

test.each([
  ['https://lab.org/tools/plugins/a/1.0/a.zip', 'plugins/a/1.0/a.zip'],
  ['https://lab.org/plugins/a/1.0/a.zip?raw=true#x', 'plugins/a/1.0/a.zip'],
  ['https://lab.org/plugins/Gr%C3%B6%C3%9Fe/1.0/a%20b.zip', 'plugins/Größe/1.0/a b.zip'],
  ['../plugins/a/1.0/a.jar', 'plugins/a/1.0/a.jar'],
  ['https://lab.org/other/a/1.0/a.zip', undefined],
  ['https://lab.org/plugins/a/1.0/%FF.zip', undefined],
  ['https://lab.org/plugins/a%2Fb/1.0/a.zip', undefined],
  ['https://lab.org/download?file=/plugins/a/1.0/a.zip', undefined],
  ['a.zip', undefined],
])('the address %s leads to the archive %s', (url, path) => {
  expect(archivePathIn(url)).toBe(path);
});

test.each([
  ['cells-1.0.zip', false],
  ['cells-1.0-sources.jar', true],
  ['cells-1.0-javadoc.jar', true],
  ['cells-1.0-tests.zip', true],
  ['cells-1.0-sources.jar.zip', false],
  ['cells-sources-1.0.zip', false],
  ['sources.jar', false],
])('whether the file %s is excluded by its name: %p', (name, isExcluded) => {
  expect(exclusionReason(name)).toBe(isExcluded ? 'according to its name, it is not the plugin' : undefined);
});

test.each([
  ['updatePlugins.xml', true],
  ['updatePlugins-242.xml', true],
  ['updatePlugins-versions.json', false],
  ['updatePlugins.xml.gz', false],
  ['my-updatePlugins.xml', false],
])('whether %s is an index or the file of a branch: %p', (name, expected) => {
  expect(isIndexName(name)).toBe(expected);
});

test('the archives of withdrawn versions, and those on other servers, are not offered by the site', () => {
  const first = publish(EMPTY_REPOSITORY, { artifacts: [artifact({}), artifact({ version: '1.1' })] });
  const second = publish(first.index, {
    artifacts: [artifact({ version: '1.2' })],
    archiveUrl: 'https://e.org/{file}',
    remove: ['org.lab.cells@1.0'],
  });
  const path = (version: string) => `plugins/org.lab.cells/${version}/org.lab.cells-${version}.zip`;
  expect(offeredArchives(second.index)).toEqual([path('1.1')]);
  expect([...archiveSizes(second.index)]).toEqual([
    [path('1.1'), 5],
    [path('1.0'), 5],
  ]);
  const { versions } = second.index;
  expect(offeredArchives({ ...second.index, versions: [...versions, ...versions] })).toEqual([path('1.1')]);
});
