import { parseIndexXml } from '../../../../src/formats/imagej/index/read.js';

const read = (inside: string) =>
  parseIndexXml(Buffer.from(`<pluginRecords><plugin filename="lib/a">${inside}</plugin></pluginRecords>`))
    .records[0];
const version = (attributes: string, inside = '') =>
  read(`<version checksum="c" ${attributes}>${inside}</version>`);

describe('numbers of an index', () => {
  it('are 0 if they are missing', () => {
    expect(version('')?.current).toMatchObject({ timestamp: 0, filesize: 0 });
    expect(version('timestamp="0020" filesize="9007199254740991"')?.current).toMatchObject({
      timestamp: 20,
      filesize: 9007199254740991,
    });
  });

  it.each([
    ['timestamp="x1"', 'the timestamp "x1", which is not a number'],
    ['timestamp="1x"', 'the timestamp "1x", which is not a number'],
    ['timestamp=""', 'the timestamp "", which is not a number'],
    ['filesize="-1"', 'the filesize "-1", which is not a number'],
    ['filesize="9007199254740993"', 'the filesize "9007199254740993", which is too large a number'],
    ['filesize="00000000000000001"', 'the filesize "00000000000000001", which is too large a number'],
    [`filesize="${'1'.repeat(50)}"`, `the filesize "${'1'.repeat(40)}", which is too large a number`],
  ])('are refused: %s', (attributes, fault) => {
    expect(() => version(attributes)).toThrow(new RegExp(`^a version of lib/a has ${fault}$`));
  });
});

test.each([
  '<version timestamp="1"/>',
  '<version checksum="" timestamp="1"/>',
  '<previous-version timestamp="1"/>',
])('a version without a checksum is refused: %s', (xml) => {
  expect(() => read(xml)).toThrow(/^a version of lib\/a has no checksum$/);
});

test('platforms are separated by commas, and old names are replaced', () => {
  const texts = (xml: string) => read(xml)?.platforms.map(({ text }) => text);
  expect(texts('<platform> linux , win64,, macosx </platform><platform>linux64</platform>')).toEqual([
    'linux32',
    'win64',
    'macosx',
    'linux64',
  ]);
  expect(read('<platform x="1">win64,macosx</platform>')?.platforms).toEqual([
    { text: 'win64', attributes: [{ name: 'x', value: '1' }], unknown: [] },
    { text: 'macosx', attributes: [], unknown: [] },
  ]);
  expect(texts('<platform> </platform>')).toEqual([]);
});

test('repeated texts count once, and of repeated dependencies the latest counts, in the place of the first', () => {
  const current = version(
    '',
    '<dependency filename="jars/a-1.0.jar" timestamp="1"/><dependency filename="jars/b.jar" timestamp="5"/>' +
      '<dependency filename="jars/a-2.0.jar" timestamp="2" overrides="true"/><dependency filename="jars/b.jar" timestamp="5" overrides="true"/>' +
      '<dependency filename="jars/b.jar" timestamp="4" overrides="true"/><link>l</link><link>m</link><link x="1">l</link>',
  )?.current;
  expect(
    current?.dependencies.map(({ filename, timestamp, overrides }) => [filename, timestamp, overrides]),
  ).toEqual([
    ['jars/a.jar', 2, true],
    ['jars/b.jar', 5, false],
  ]);
  expect(current?.links).toEqual(['l', 'm'].map((text) => ({ text, attributes: [], unknown: [] })));
});
