import { parseIndexXml } from '../../../../src/formats/imagej/index/read.js';
import { renderCheckedIndexXml, renderIndexXml } from '../../../../src/formats/imagej/index/write.js';

const [A, B, C] = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40)];
const parse = (xml: string) => parseIndexXml(Buffer.from(xml));
const record = (inside: string, attributes = '') =>
  parse(`<pluginRecords><plugin filename="jars/a-1.0.jar" ${attributes}>${inside}</plugin></pluginRecords>`)
    .records[0];
const more = { attributes: [], unknown: [] };
const text = (value: string) => ({ text: value, ...more });

describe('the reader of an index', () => {
  it.each([
    ['<plugins/>', /^its root element is <plugins> instead of <pluginRecords>$/],
    ['<pluginRecords><plugin filename="a"/><x/><plugin/></pluginRecords>', /^record 2 has no file name$/],
    ['<pluginRecords><plugin filename=""/></pluginRecords>', /^record 1 has no file name$/],
    ['<pluginRecords>', /not well-formed/],
  ])('refuses %s', (xml, message) => {
    expect(() => parse(xml)).toThrow(message);
    expect(() => parse(xml)).toThrow(expect.objectContaining({ name: 'IndexError' }) as Error);
  });

  it('reads everything about a file', () => {
    expect(
      record(
        '<platform>win64</platform><category>Tools</category>' +
          `<version checksum="${A}" timestamp="20250101000000" filesize="7" build="1"><description>D</description>` +
          '<dependency filename="jars/b.jar" timestamp="3" overrides="true"/><dependency filename="jars/c.jar" timestamp="4" overrides="false"/>' +
          '<dependency filename=" "/><dependency/><link>l</link><author>Ann</author></version>' +
          `<previous-version timestamp="1" timestamp-obsolete="2" checksum="${B}" filename="jars/a-0.9.jar"/>` +
          `<previous-version timestamp="5" checksum="${C}"/>`,
        'executable="TRUE" x="1"',
      ),
    ).toEqual({
      filename: 'jars/a-1.0.jar',
      executable: true,
      platforms: [text('win64')],
      categories: [text('Tools')],
      current: {
        checksum: A,
        timestamp: 20250101000000,
        filesize: 7,
        description: text('D'),
        dependencies: [
          { filename: 'jars/b.jar', timestamp: 3, overrides: true, ...more },
          { filename: 'jars/c.jar', timestamp: 4, overrides: false, ...more },
        ],
        links: [text('l')],
        authors: [text('Ann')],
        attributes: [{ name: 'build', value: '1' }],
        unknown: [],
      },
      previous: [
        { timestamp: 1, timestampObsolete: 2, checksum: B, filename: 'jars/a-0.9.jar', ...more },
        { timestamp: 5, timestampObsolete: 0, checksum: C, filename: 'jars/a-1.0.jar', ...more },
      ],
      attributes: [{ name: 'x', value: '1' }],
      unknown: [],
    });
    expect(record('', 'executable="yes"')).toMatchObject({
      executable: false,
      current: undefined,
      previous: [],
    });
  });

  it('makes the last of several versions current, with the metadata of all', () => {
    const version = (checksum: string, stamp: number, inside: string) =>
      `<version checksum="${checksum}" timestamp="${stamp}" filesize="1">${inside}</version>`;
    const found = record(
      version(A, 1, '<description>D</description><link>l</link><author>Ann</author><x/>') +
        version(
          B,
          2,
          '<dependency filename="jars/b.jar"/><link>m</link><author>Ann</author><author>Ben</author>',
        ) +
        `<previous-version timestamp="1" checksum="${A}"/><previous-version timestamp="0" checksum="${C}"/>`,
    );
    expect(found?.current).toMatchObject({
      checksum: B,
      timestamp: 2,
      description: text('D'),
      links: [text('l'), text('m')],
      authors: [text('Ann'), text('Ben')],
      unknown: [{ element: { name: 'x' } }],
    });
    expect(found?.current?.dependencies).toHaveLength(1);
    expect(found?.previous.map(({ timestamp, checksum }) => [timestamp, checksum])).toEqual([
      [1, A],
      [0, C],
    ]);
  });

  it('records the place of unknown elements', () => {
    const places = (xml: string) =>
      record(xml)?.unknown.map(({ element, group, count }) => [element.name, group, count]);
    const version = `<version checksum="${A}"/>`;
    expect(places('<u/><platform>a,b</platform><v/><category>c</category><w/>')).toEqual([
      ['u', 'platform', 0],
      ['v', 'platform', 2],
      ['w', 'category', 1],
    ]);
    expect(places(`${version}<u/><previous-version checksum="${B}"/><v/>`)).toEqual([
      ['u', 'version', 1],
      ['v', 'previous-version', 1],
    ]);
    const inside = record(
      `<version checksum="${A}"><u/><description>d</description><v/><dependency filename="b"/><w/><link>l</link><x/><author>a</author><author>a</author><y/></version>`,
    )?.current?.unknown;
    expect(inside?.map(({ element, group, count }) => [element.name, group, count])).toEqual([
      ['u', 'description', 0],
      ['v', 'description', 1],
      ['w', 'dependency', 1],
      ['x', 'link', 1],
      ['y', 'author', 1],
    ]);
    const top = parse('<pluginRecords z="1"><u/><plugin filename="a"/><v/></pluginRecords>');
    expect(top.unknown.map(({ element, group, count }) => [element.name, group, count])).toEqual([
      ['u', 'plugin', 0],
      ['v', 'plugin', 1],
    ]);
    expect(top.attributes).toEqual([{ name: 'z', value: '1' }]);
  });
});

describe('the writer of an index', () => {
  const body = (xml: string) => {
    const written = renderIndexXml(parse(xml));
    return written.slice(written.indexOf('<pluginRecords'));
  };

  it('indents everything, and keeps unknown content in its place', () => {
    const lines = [
      '<pluginRecords z="1">',
      '    <u/>',
      '    <plugin filename="jars/a&amp;b.jar" executable="true" x="1">',
      '        <platform>win64</platform>',
      '        <v/>',
      '        <category>Tools</category>',
      `        <version checksum="${A}" timestamp="2" filesize="7" build="1">`,
      '            <description>D</description>',
      '            <dependency filename="jars/b.jar" timestamp="3" overrides="true" y="2"/>',
      '            <dependency filename="jars/c.jar" timestamp="4">',
      '                <w/>',
      '            </dependency>',
      '            <x/>',
      '            <link>l</link>',
      '            <author>Ann</author>',
      '            <author/>',
      '        </version>',
      `        <previous-version timestamp="1" timestamp-obsolete="2" checksum="${B}" filename="jars/a.jar" y="3">`,
      '            <w/>',
      '        </previous-version>',
      '    </plugin>',
      '    <plugin filename="macros/a.ijm"/>',
      '</pluginRecords>',
      '',
    ];
    expect(body(lines.join('\n'))).toBe(lines.join('\n'));
  });

  it('places unknown elements after the last member if there are fewer members', () => {
    const index = parse(
      '<pluginRecords><plugin filename="a"/><plugin filename="b"/><u/><v/></pluginRecords>',
    );
    const text = renderIndexXml({ ...index, records: index.records.slice(0, 1) });
    expect(text).toMatch(/<plugin filename="a"\/>\n {4}<u\/>\n {4}<v\/>\n<\/pluginRecords>\n$/);
  });

  it('refuses an index that updaters could not read', () => {
    const index = parse('<pluginRecords><plugin filename="a"/></pluginRecords>');
    expect(renderCheckedIndexXml(index)).toBe(renderIndexXml(index));
    const [first] = index.records;
    const bad = { ...index, records: first ? [{ ...first, filename: 'a\u0000' }] : [] };
    expect(() => renderCheckedIndexXml(bad)).toThrow(/^Updaters could not read the new db\.xml\.gz: .+\.$/);
    expect(() => renderCheckedIndexXml(bad)).toThrow(
      expect.objectContaining({
        code: 'index',
        hint: 'Nothing was changed. If the reason is a prefix, declare it in the root element of the index. If it is a character, look for it in the configuration and in the names of files.',
      }) as Error,
    );
  });
});
