import { parseDescriptor } from '../../../../src/formats/jetbrains/descriptor/descriptor.js';
import { textOfHtml } from '../../../../src/formats/jetbrains/descriptor/html-text.js';

const XI = 'xmlns:xi="http://www.w3.org/2001/XInclude"';

/** Parses a descriptor with this content, and the files that it includes. */
function parse(content: string, files: Readonly<Record<string, string>> = {}, attributes = '') {
  const read: string[] = [];
  const descriptor = parseDescriptor(
    Buffer.from(`<idea-plugin ${XI} ${attributes}>${content}</idea-plugin>`),
    (path) => {
      read.push(path);
      return files[path] === undefined ? undefined : Buffer.from(files[path]);
    },
  );
  return { ...descriptor, read };
}

const include = (href: string, content = '') => `<xi:include href="${href}">${content}</xi:include>`;
const file = (content: string) => `<idea-plugin ${XI}>${content}</idea-plugin>`;

test('an empty descriptor has no values', () => {
  expect(parse('')).toEqual({
    id: undefined,
    name: undefined,
    version: undefined,
    vendor: undefined,
    since: undefined,
    until: undefined,
    strictUntil: undefined,
    description: undefined,
    changeNotes: undefined,
    depends: [],
    isIdeaOnly: true,
    productCode: undefined,
    read: [],
  });
});

test('white space around values is ignored, and empty values are missing', () => {
  expect(
    parse(`<id> a </id><name>\n</name><version/><vendor email=" e " url=" "> L </vendor>
      <idea-version since-build=" 242 " until-build="" strict-until-build=" "/>
      <product-descriptor code=""/><depends> b </depends>`),
  ).toMatchObject({
    id: 'a',
    name: undefined,
    version: undefined,
    vendor: { name: 'L', email: 'e', url: '' },
    since: '242',
    until: undefined,
    strictUntil: undefined,
    depends: ['b'],
    productCode: undefined,
  });
});

test('a vendor without a name is missing, even after one with a name', () => {
  expect(parse('<vendor>L</vendor><vendor url="u"> </vendor>').vendor).toBeUndefined();
});

test('only required dependencies count, and all of them must have a name', () => {
  expect(
    parse(`<depends>a</depends><depends optional="true">b</depends><depends optional="false">c</depends>
      <depends optional="true"/><dependencies><plugin id="d"/><plugin/><module name="e"/><module/></dependencies>
      <dependencies><plugin id=" f "/></dependencies>`).depends,
  ).toEqual(['a', 'c', '', 'd', '', '', 'f']);
});

test.each([
  ['', '<depends>com.intellij.modules.platform</depends>', false],
  ['', '<depends> com.intellij.java </depends>', false],
  ['', '<depends>com.intellij.javascript</depends>', true],
  ['', '<depends>org.com.intellij.modules.x</depends>', true],
  ['', '<id>com.intellij</id>', false],
  ['', '<id>com.intellij.java</id>', false],
  ['', '<name>com.intellij</name>', false],
  ['', '<id>com.intellij.x</id>', true],
  ['', '<content><module/></content>', false],
  ['', '<content><plugin/></content>', true],
  ['', '<dependencies><module/></dependencies>', false],
  ['', '<dependencies><other/></dependencies>', true],
  ['', '<other><module/></other>', true],
  ['package="a"', '', false],
  ['implementation-detail="true"', '', false],
  ['implementation-detail="yes"', '', true],
])(
  'whether only IntelliJ IDEA loads a plugin with the marks %j and %s: %p',
  (attributes, content, expected) => {
    expect(parse(content, {}, attributes).isIdeaOnly).toBe(expected);
  },
);

describe('included files', () => {
  test.each<[string, string[]]>([
    ['x.xml', ['META-INF/x.xml', 'x.xml']],
    ['/x.xml', ['x.xml']],
    ['./x.xml', ['META-INF/x.xml', 'x.xml']],
    ['a//b/../x.xml', ['META-INF/a/x.xml', 'a/x.xml']],
    ['../x.xml', ['x.xml']],
    ['../../x.xml', ['x.xml']],
  ])('of the reference %s are looked for in %j', (href, paths) => {
    expect(parse(include(href, '<xi:fallback/>')).read).toEqual(paths);
    expect(() => parse(include(href))).toThrow(
      `META-INF/plugin.xml includes ${href}, which is not in the archive (jars in lib/modules are not read)`,
    );
  });

  test('are looked for beside the file that includes them', () => {
    const files = { 'a/b.xml': file(include('c.xml')), 'a/c.xml': file('<version>2</version>') };
    expect(parse(include('/a/b.xml'), files)).toMatchObject({ version: '2', read: ['a/b.xml', 'a/c.xml'] });
  });

  test('take the place of their reference', () => {
    const files = { 'x.xml': file('<version>2</version><version>3</version>') };
    expect(parse(`<version>1</version>${include('/x.xml')}`, files).version).toBe('3');
    expect(parse(`${include('/x.xml')}<version>1</version>`, files).version).toBe('1');
  });

  test('may include others up to ten levels deep', () => {
    const chain = (levels: number) => ({
      ...Object.fromEntries(
        Array.from({ length: levels - 1 }, (_, at) => [`${at + 1}.xml`, file(include(`/${at + 2}.xml`))]),
      ),
      [`${levels}.xml`]: file('<version>2</version>'),
    });
    expect(parse(include('/1.xml'), chain(10)).version).toBe('2');
    expect(() => parse(include('/1.xml'), chain(11))).toThrow(
      '10.xml includes /11.xml; at most 200 inclusions and 10 levels of them are read',
    );
  });

  test('are refused if the reference is empty, or depends on a condition', () => {
    expect(() => parse('<xi:include href=" "/>')).toThrow(
      'META-INF/plugin.xml has an <xi:include> without href',
    );
    expect(() => parse('<xi:include href="x.xml" includeIf="a"/>')).toThrow(
      'META-INF/plugin.xml includes x.xml under a condition (includeIf), which is not supported because it depends on the IDE',
    );
  });
});

test.each([
  ['', ''],
  ['<p>a</p><p>b</p>', 'a b'],
  [' a \n\t b ', 'a b'],
  ['a&nbsp;&nbsp;b', 'a b'],
  ['&lt;b&gt; &quot;c&quot; &amp;', '<b> "c" &'],
  ['&amp;lt;', '&lt;'],
  ['a < b', 'a < b'],
  ['<a href="x">y</a', 'y</a'],
])('the text of the HTML %j is %j', (html, text) => {
  expect(textOfHtml(html)).toBe(text);
});
