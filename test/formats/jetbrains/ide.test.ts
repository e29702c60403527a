import path from 'node:path';
import { PROJECT, readJson } from '../../support/fixtures.js';
import {
  compareIdeBuilds,
  compareIdeVersions,
  offersOf,
  readAsIde,
  readIdeBuild,
  readIdeUntil,
  RefusedByIde,
} from '../../support/ide.js';

// The IDE that the other tests simulate, compared with the results of the classes of a real one.

interface Table {
  readonly versions: readonly string[];
  readonly versionOrders: readonly string[];
  readonly readBuilds: readonly (readonly [text: string, asBuild: Components, asUntil: Components])[];
  readonly builds: readonly string[];
  readonly buildOrders: readonly string[];
}
type Components = readonly (number | '*')[] | null;

const TABLE = readJson(path.join(PROJECT, 'test/fixtures/jetbrains/ide.json')) as Table;

test.each([
  ['versions', TABLE.versions, TABLE.versionOrders, compareIdeVersions],
  [
    'builds',
    TABLE.builds,
    TABLE.buildOrders,
    (a: string, b: string) => compareIdeBuilds(readIdeBuild(a) ?? [], readIdeBuild(b) ?? []),
  ],
])('orders %s as the classes of the IDE do', (_, names, orders, compare) => {
  const rows = names.map((a) => names.map((b) => '<=>'[1 + Math.sign(compare(a, b))]).join(''));
  expect(rows).toEqual(orders);
});

test('reads builds and upper bounds as the classes of the IDE do', () => {
  const read = (by: (text: string) => number[] | undefined, text: string): Components => {
    try {
      return by(text)?.map((component) => (component === 2147483647 ? '*' : component)) ?? null;
    } catch {
      return null;
    }
  };
  const rows = TABLE.readBuilds.map(([text]) => [text, read(readIdeBuild, text), read(readIdeUntil, text)]);
  expect(rows).toEqual(TABLE.readBuilds);
});

test.each([
  ['a document type', '<!DOCTYPE plugins><plugins/>'],
  ['a plugin in a plugin', '<plugins><plugin url="a"><plugin url="b"/></plugin></plugins>'],
  ['a name outside', '<plugins><name>Ours</name></plugins>'],
  ['a vendor outside', '<plugins><vendor/></plugins>'],
  ['a range outside', '<plugins><category><idea-version/></category></plugins>'],
  ['tags after a plugin', '<plugins><plugin url="a"/><tags>a</tags></plugins>'],
  ['broken XML', '<plugins>'],
])('refuses a file with %s', (_, xml) => {
  expect(() => readAsIde(xml)).toThrow(RefusedByIde);
});

test('children override attributes, at any depth, and only the last text counts', () => {
  const [plugin, ...others] = readAsIde(`<any><category name="c">
    <plugin id="a" url="a.zip" version="1"><x><id>b</id></x><version>1.<i>0</i>2</version>
      <downloadUrl>b.zip</downloadUrl><idea-version since-build="242"/><name>n <b/> m</name></plugin>
    </category><plugin id="c"/><idea-plugin url="d.zip"/></any>`);
  expect(plugin).toMatchObject({ id: 'b', version: '2', url: 'b.zip', name: ' m', since: '242' });
  expect(others).toEqual([]);
  expect(readAsIde('<idea-plugin url="home"><id>a</id><download-url/></idea-plugin>')).toMatchObject([
    { id: 'a', url: '' },
  ]);
});

test.each([
  ['2.0', '', 'linux x86_64', true],
  ['2.0-linux-x86_64', '', 'linux x86_64', true],
  ['2.0-Linux2-amd64', '', 'linux x86_64', true],
  ['2.0-linux-aarch64', '', 'linux x86_64', false],
  ['2.0-windows-x86_64', '', 'linux x86_64', false],
  ['2.0-beta-x86', '', 'linux x86_64', false],
  ['2.0-beta-1', '', 'linux x86_64', true],
  ['2.0-a-windows-x86_64', '', 'linux x86_64', true],
  ['2.0-windows-x86_64', 'org.other', 'linux x86_64', true],
  ['2.0', 'com.intellij.modules.os.unix', 'linux x86_64', true],
  ['2.0', 'com.intellij.modules.os.xwindow', 'mac arm64', false],
  ['2.0', 'com.intellij.modules.os.unix', 'windows arm64', false],
  ['2.0', 'com.intellij.modules.os.unknown', 'linux x86_64', false],
  ['2.0', 'com.intellij.modules.os.haiku', 'linux x86_64', true],
  ['2.0', 'com.intellij.modules.arch.arm64', 'mac arm64', true],
  ['2.0', 'com.intellij.modules.arch.arm64', 'mac x86_64', false],
])(
  'whether the version %s that depends on "%s" is offered on %s: %s',
  (version, depends, system, isOffered) => {
    const element = depends === '' ? '' : `<depends>${depends}</depends>`;
    const xml = `<plugins><plugin id="a" url="a" version="${version}">${element}</plugin></plugins>`;
    const [os = '', arch = ''] = system.split(' ');
    expect(offersOf(xml, '242.1', { os, arch })).toEqual(isOffered ? { a: version } : {});
  },
);

test.each([
  ['', '', true],
  ['242', '242.*', true],
  ['242', '242.9999', true],
  ['242', '242.20223', false],
  ['243', '', false],
  ['242', '25x', false],
  ['24x', '', false],
  ['242', '99999', false],
])('whether the range from "%s" to "%s" covers the build 242.20224.300: %s', (since, until, isFor) => {
  const xml = `<plugin id="a" url="a" version="1"><idea-version since-build="${since}" until-build="${until}"/></plugin>`;
  expect(offersOf(xml, 'IU-242.20224.300')).toEqual(isFor ? { a: '1' } : {});
});
