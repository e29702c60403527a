import fc from 'fast-check';
import { parsePluginsConfig } from '../../../../src/formats/imagej/artifacts/plugins-config.js';
import { analyzeJar } from '../../../../src/formats/imagej/dependencies/analyze-jar.js';
import { ClassFileError, readClassFile } from '../../../../src/formats/imagej/dependencies/class-file.js';
import { byteSourceOf } from '../../../../src/model/byte-source.js';
import { makeClass } from '../../../support/class-file.js';
import { makeZip } from '../../../support/zip.js';

function namesIn(bytes: Buffer): string[] {
  const names = new Set<string>();
  readClassFile(bytes, names);
  return [...names].sort();
}

/** One constant of each kind except Utf8 and Class (JVMS, table 4.4-A). */
const ALL_KINDS = [
  [3, 0, 0, 0, 1],
  [4, 0, 0, 0, 1],
  [5, 0, 0, 0, 0, 0, 0, 0, 1],
  [6, 0, 0, 0, 0, 0, 0, 0, 1],
  [8, 0, 1],
  [9, 0, 1, 0, 1],
  [10, 0, 1, 0, 1],
  [11, 0, 1, 0, 1],
  [12, 0, 1, 0, 1],
  [15, 1, 0, 1],
  [16, 0, 1],
  [17, 0, 1, 0, 1],
  [18, 0, 1, 0, 1],
  [19, 0, 1],
  [20, 0, 1],
];

describe('the reader of class files', () => {
  test('lists the referenced classes, except those of Java itself', () => {
    const references = [
      'ij/ImagePlus',
      'java/util/List',
      '[Lnet/imglib2/Img;',
      '[[I',
      '[[[Lij/gui/Roi;',
      'A',
    ];
    expect(namesIn(makeClass({ name: 'org/x/Tool', references }))).toEqual([
      'A',
      'ij/ImagePlus',
      'ij/gui/Roi',
      'net/imglib2/Img',
      'org/x/Tool',
    ]);
  });

  test.each(Array.from({ length: 30 }, (_, at) => 45 + at))(
    'reads version %d of the format',
    (majorVersion) => {
      const bytes = makeClass({ name: 'a/B', references: ['c/D'], majorVersion, constants: ALL_KINDS });
      const names = new Set<string>();
      expect(readClassFile(bytes, names)).toEqual({ majorVersion, isComplete: true });
      expect([...names]).toEqual(['a/B', 'c/D']);
    },
  );

  test('reads class names in any script', () => {
    expect(namesIn(makeClass({ name: 'org/Größe', references: ['日本/クラス', 'ab/Çé'] }))).toEqual([
      'ab/Çé',
      'org/Größe',
      '日本/クラス',
    ]);
  });

  test('stops at a constant of an unknown kind, and reports that the list is incomplete', () => {
    const names = new Set<string>();
    const known = makeClass({ name: 'a/B', references: ['c/D'] });
    const bytes = Buffer.concat([known.subarray(0, -14), Buffer.from([99, 1, 2, 3])]);
    bytes.writeUInt16BE(bytes.readUInt16BE(8) + 4, 8);
    expect(readClassFile(bytes, names)).toMatchObject({ isComplete: false });
    expect([...names]).toEqual(['a/B', 'c/D']);
  });

  test.each<[string, Buffer]>([
    ['an empty file', Buffer.alloc(0)],
    ['another file', Buffer.from('hello, this is not a class file')],
    ['a file that is cut short', makeClass({ name: 'a/B' }).subarray(0, 20)],
    ['a class name that is a number', Buffer.from('cafebabe0000003400030300000001070001', 'hex')],
    ['a class name that does not exist', Buffer.from('cafebabe0000003400020700090000', 'hex')],
  ])('refuses %s', (_name, bytes) => {
    expect(() => namesIn(bytes)).toThrow(ClassFileError);
  });

  test('reads or refuses damaged class files without other errors', () => {
    const sample = makeClass({ name: 'a/B', references: ['c/D', '[Le/F;'], constants: ALL_KINDS });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(sample.length - 1), fc.nat(255)), { maxLength: 8 }),
        fc.nat(200),
        (edits, cut) => {
          const bytes = Buffer.from(sample);
          for (const [at, value] of edits) bytes[at] = value;
          try {
            readClassFile(bytes.subarray(0, Math.max(0, bytes.length - cut)), new Set());
          } catch (error) {
            expect(error).toBeInstanceOf(ClassFileError);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('the analysis of a jar', () => {
  const analyze = (entries: Record<string, string | Buffer>, withReferences = true) =>
    analyzeJar(
      byteSourceOf(makeZip(Object.entries(entries).map(([name, content]) => ({ name, content })))),
      'x.jar',
      withReferences,
    );

  test('lists the classes of the jar, and the other classes that they reference', () => {
    const entries = {
      'a/Tool.class': makeClass({ name: 'a/Tool', references: ['a/Helper', 'ij/IJ'] }),
      'a/Helper.class': makeClass({
        name: 'a/Helper',
        references: ['a/Tool', 'net/Img', 'x/package-info'],
        majorVersion: 55,
      }),
      'a/package-info.class': makeClass({ name: 'a/package-info' }),
      'module-info.class': makeClass({ name: 'module-info', references: ['java/base'], majorVersion: 69 }),
      'META-INF/versions/21/a/Helper.class': makeClass({
        name: 'a/Helper',
        references: ['jdk/New'],
        majorVersion: 65,
      }),
      'META-INF/versions/21/a/Only21.class': makeClass({ name: 'a/Only21', majorVersion: 65 }),
      'lib/nested.jar': makeZip([{ name: 'n/N.class', content: makeClass({ name: 'n/N' }) }]),
    };
    expect(analyze(entries)).toEqual({
      classes: ['a/Tool', 'a/Helper', 'a/Only21'],
      references: ['ij/IJ', 'net/Img', 'jdk/New'],
      missingCommands: [],
      java: 11,
      faults: [],
    });
    expect(analyze(entries, false)).toMatchObject({
      classes: ['a/Tool', 'a/Helper', 'a/Only21'],
      references: [],
    });
  });

  test('reads the remaining classes if a class file is invalid', () => {
    const { references, faults } = analyze({
      'a/Broken.class': 'oops',
      'a/B.class': makeClass({ name: 'a/B', references: ['c/D'] }),
    });
    expect(references).toEqual(['c/D']);
    expect(faults).toEqual(['a/Broken.class: it is not a class file']);
  });

  test('lists the commands whose classes are missing', () => {
    const { missingCommands } = analyze({
      'plugins.config': 'Plugins>X, "Run, now", org.x.Run("a, b")\nPlugins>X, "Gone", org.x.Gone\n',
      'org/x/Run.class': makeClass({ name: 'org/x/Run' }),
    });
    expect(missingCommands).toEqual(['org/x/Gone']);
  });
});

test('plugins.config: only lines with a command name a class', () => {
  const text = [
    '# Name: My plugins',
    '',
    'Plugins>My, "One", My_One',
    'Plugins>My, "Two...", org.example.Two("arg, with (parentheses)")  ',
    'Plugins>My, "-"',
    'Plugins>My, "Größe", org.example.Größe',
    'Analyze,"Three",a.b.C$D',
    'not a command',
  ].join('\r\n');
  expect(parsePluginsConfig(text)).toEqual(['My_One', 'org.example.Two', 'org.example.Größe', 'a.b.C$D']);
});
