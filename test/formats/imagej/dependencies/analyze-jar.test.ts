import { analyzeJar } from '../../../../src/formats/imagej/dependencies/analyze-jar.js';
import { byteSourceOf } from '../../../../src/model/byte-source.js';
import { makeClass } from '../../../support/class-file.js';
import { makeZip } from '../../../support/zip.js';

const analyze = (entries: Readonly<Record<string, string | Buffer>>, withReferences = true) =>
  analyzeJar(
    byteSourceOf(makeZip(Object.entries(entries).map(([name, content]) => ({ name, content })))),
    'x.jar',
    withReferences,
  );
const classOf = (name: string, ...references: string[]) => makeClass({ name, references });

describe('the classes of a jar', () => {
  it.each([
    ['a/B.class', ['a/B']],
    ['META-INF/versions/21/a/B.class', ['a/B']],
    ['META-INF/a/B.class', ['META-INF/a/B']],
    ['META-INF/versions/x/a/B.class', ['META-INF/versions/x/a/B']],
    ['x/META-INF/versions/21/a/B.class', ['x/META-INF/versions/21/a/B']],
    ['a/B.class.txt', []],
    ['a/B', []],
    ['module-info.class', []],
    ['package-info.class', []],
    ['META-INF/versions/9/module-info.class', []],
    ['a/package-info.class', []],
    ['a/my-package-info.class', ['a/my-package-info']],
    ['a/package-info2.class', ['a/package-info2']],
  ])('in the entry %s', (entry, classes) => {
    const content = classOf('a/B');
    expect(analyze({ [entry]: content }, false)).toEqual({
      classes,
      references: [],
      missingCommands: [],
      java: 0,
      faults: [],
    });
    expect(analyze({ [entry]: content }).classes).toEqual(classes);
  });
});

describe('the references of a jar', () => {
  it('do not include its own classes, package descriptions and modules', () => {
    const entries = {
      'a/B.class': classOf('a/B', 'a/C', 'x/Y', 'x/package-info', 'module-info', 'x/not-package-info'),
      'a/C.class': classOf('a/C', 'a/B'),
      'module-info.class': classOf('module-info', 'm/M'),
      'a/package-info.class': classOf('a/package-info', 'p/P'),
    };
    expect(analyze(entries).references).toEqual(['x/Y', 'x/not-package-info', 'p/P']);
  });
});

describe('the Java of a jar', () => {
  it.each([
    [45, 1],
    [52, 8],
    [65, 21],
    [44, 0],
    [0, 0],
  ])('with class files of version %d is %d', (majorVersion, java) => {
    expect(analyze({ 'a/B.class': makeClass({ name: 'a/B', majorVersion }) }).java).toBe(java);
  });

  it('is the newest, apart from classes for later versions and modules', () => {
    const entry = (majorVersion: number) => makeClass({ name: 'a/B', majorVersion });
    expect(
      analyze({
        'a/B.class': entry(52),
        'a/C.class': entry(55),
        'a/D.class': entry(50),
        'META-INF/versions/21/a/C.class': entry(65),
        'module-info.class': entry(61),
      }).java,
    ).toBe(11);
    expect(analyze({ 'a.txt': 'x' }).java).toBe(0);
  });
});

test('class files that cannot be read are listed with the reason', () => {
  const known = classOf('a/B', 'x/Y');
  const unknown = Buffer.concat([known.subarray(0, -14), Buffer.from([99, 1, 2, 3])]);
  unknown.writeUInt16BE(unknown.readUInt16BE(8) + 1, 8);
  const { faults, references, java } = analyze({
    'a/Odd.class': unknown,
    'a/Bad.class': 'x',
    'a/Cut.class': known.subarray(0, 20),
    'META-INF/versions/9/Bad.class': '',
    'module-info.class': 'x',
  });
  expect(faults).toEqual([
    'a/Odd.class: it contains a constant of an unknown kind',
    'a/Bad.class: it is not a class file',
    'a/Cut.class: it is cut short',
    'META-INF/versions/9/Bad.class: it is not a class file',
  ]);
  expect(references).toEqual(['a/B', 'x/Y']);
  expect(java).toBe(8);
});

test('commands are missing if the jar does not contain their class', () => {
  const config = 'Plugins, "A", org.x.A\nPlugins, "B", org.x.B\n';
  expect(analyze({ 'plugins.config': config, 'org/x/A.class': classOf('org/x/A') }).missingCommands).toEqual([
    'org/x/B',
  ]);
  expect(analyze({ 'x/plugins.config': config }).missingCommands).toEqual([]);
  // A file of this size is not the list of commands.
  expect(analyze({ 'plugins.config': config.padEnd(1024 * 1024) }).missingCommands).toHaveLength(2);
  expect(analyze({ 'plugins.config': config.padEnd(1024 * 1024 + 1) }).missingCommands).toEqual([]);
});
