import { openArchive } from '../../../../src/archive/archive.js';
import {
  coordinateIn,
  coordinateOf,
  statedCoordinate,
  withCoordinate,
} from '../../../../src/formats/imagej/artifacts/coordinate.js';
import type { PluginRecord } from '../../../../src/formats/imagej/index/site-index.js';
import { byteSourceOf } from '../../../../src/model/byte-source.js';
import { imagejIndex } from '../../../support/imagej-site.js';
import { makeZip } from '../../../support/zip.js';

const zip = (...names: string[]) => makeZip(names.map((name) => ({ name, content: 'x' })));
const POM = 'META-INF/maven/org.x/lib/pom.xml';

describe('the coordinate in a jar', () => {
  const find = (path: string, ...names: string[]) =>
    coordinateOf(openArchive(byteSourceOf(zip(...names)), path), path);

  it.each([
    ['jars/lib-1.0.jar', [POM, 'META-INF/maven/org.x/lib/pom.properties'], 'org.x:lib'],
    ['lib.jar', ['META-INF/maven/org.y/other/pom.xml', POM], 'org.x:lib'],
    ['jars/lib-1.0.jar', [POM, 'META-INF/maven/org.y/lib/pom.xml'], undefined],
    ['jars/other-1.0.jar', [POM], undefined],
    ['jars/lib-1.0.jar', ['META-INF/maven/org.x/lib'], undefined],
    ['jars/lib-1.0.jar', [`x/${POM}`], undefined],
    ['jars/lib-1.0.jar', ['META-INF/maven/lib/pom.xml'], undefined],
    ['jars/lib-1.0.jar', ['a'], undefined],
    ['jars/lib.jar.x.jar', ['META-INF/maven/org.x/lib.jar.x/pom.xml'], 'org.x:lib.jar.x'],
  ])('of %s with %j', (path, names, coordinate) => {
    expect(find(path, ...names)).toBe(coordinate);
  });

  it('is read from bytes, and is unknown if they cannot be read', () => {
    expect(coordinateIn(zip(POM), 'jars/lib-1.0.jar')).toBe('org.x:lib');
    expect(coordinateIn(Buffer.from('not a jar'), 'jars/lib-1.0.jar')).toBeUndefined();
    expect(() => coordinateIn(undefined as unknown as Uint8Array, 'jars/lib-1.0.jar')).toThrow(TypeError);
  });
});

describe('the coordinate that an index states', () => {
  const recordOf = (attributes: string) =>
    imagejIndex({ 'jars/lib-1.0.jar': { attributes } }).records[0] as PluginRecord;

  it.each([
    ['coordinate="org.x:lib"', 'org.x:lib'],
    ['coordinate="org.x:lib:jar:1.0"', 'org.x:lib'],
    ['coordinate="org.x:lib:"', 'org.x:lib'],
    ['other="a:b" coordinate="org.x:lib"', 'org.x:lib'],
    ['coordinate="org.x"', undefined],
    ['coordinate=":lib"', undefined],
    ['coordinate="org.x:"', undefined],
    ['coordinate="org.x:li b"', undefined],
    ['coordinate=" org.x:lib"', undefined],
    ['coordinate=""', undefined],
    ['other="org.x:lib"', undefined],
    ['', undefined],
  ])('in %s', (attributes, coordinate) => {
    expect(statedCoordinate(recordOf(attributes))).toBe(coordinate);
  });

  it('follows the published artifact', () => {
    const record = recordOf('a="1" coordinate="org.x:lib:1.0" z="2"');
    expect(withCoordinate(record, 'org.y:lib').attributes).toEqual([
      { name: 'a', value: '1' },
      { name: 'coordinate', value: 'org.y:lib' },
      { name: 'z', value: '2' },
    ]);
    expect(withCoordinate(record, 'org.x:lib')).toBe(record);
    expect(withCoordinate(record, undefined)).toBe(record);
    const without = recordOf('a="1"');
    expect(withCoordinate(without, 'org.y:lib')).toBe(without);
  });
});
