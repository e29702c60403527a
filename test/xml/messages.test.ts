import { readXmlText } from '../../src/xml/read.js';
import { ourVerdict } from '../support/xml-verdicts.js';

const judge = (text: string) => ourVerdict(Buffer.from(text));

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

/** A malformed document, with the line, the column and the reason of the message. */
type Case = readonly [text: string, line: number, column: number, reason: string];

const ENDS = 'it ends unexpectedly';
const OUTSIDE = 'there is text outside of the root element';
const NO_VALUE = 'an attribute has no value';
const NO_QUOTES = 'the value of an attribute is not in quotes';
const ATTRIBUTE_NAME = 'the name of an attribute contains a character that XML forbids there';
const CLOSING_TAG = 'a closing tag contains a character that XML forbids there';
const ELEMENT_NAME = 'expected the name of an element after "<"';
const LESS_THAN = 'the value of an attribute contains "<"; write "&lt;"';
const AMPERSAND = '"&" does not begin a reference; write "&amp;" for "&"';
const CHARACTER = 'a reference names a character that XML does not have';
const SLASH = '"/" in a tag is not followed by ">"';
const EMPTY_NAMESPACE = 'a prefix is bound to an empty namespace';
const QUESTION_MARK = 'the data of an instruction begins with a question mark';
const reserved = (namespace: string) => `only the prefixes of XML itself may be bound to ${namespace}`;
const notName = (name: string) => `"${name}" is not a name in XML 1.0`;
const twice = (name: string) => `the attribute "${name}" occurs twice in one tag`;
const undeclared = (prefix: string) => `the prefix "${prefix}" is not declared`;

describe('the message about a malformed document', () => {
  test.each<Case>([
    ['<a', 1, 3, ENDS],
    ['<a b', 1, 5, NO_VALUE],
    ['<a\n  b="1"\n  c\n/>', 4, 1, NO_VALUE],
    ['<a b c="1"/>', 1, 6, NO_VALUE],
    ['<a b=1/>', 1, 6, NO_QUOTES],
    ['<a b = \n', 2, 1, NO_QUOTES],
    ['<a b="1"c="2"/>', 1, 9, 'a space between two attributes is missing'],
    ['<a b="1', 1, 8, ENDS],
    [`<a b='1"/>`, 1, 11, ENDS],
    ['<a b="1>\n<c d="2"/></a>', 2, 1, LESS_THAN],
    [`<a b='<'/>`, 1, 7, LESS_THAN],
    ['<a b="<', 1, 7, LESS_THAN],
    ['<a /x>', 1, 4, SLASH],
    ['<a/', 1, 3, SLASH],
    ['<a "b"/>', 1, 4, ATTRIBUTE_NAME],
    ['<a =b/>', 1, 4, ATTRIBUTE_NAME],
    ['<a b="1" c="2" b="3"/>', 1, 20, twice('b')],
    ['<a -b=""/>', 1, 8, notName('-b')],
    ['<1/>', 1, 2, notName('1')],
    ['<a:b:c/>', 1, 6, notName('a:b:c')],
    ['<:a/>', 1, 3, notName(':a')],
    ['<', 1, 1, ELEMENT_NAME],
    ['<a>< b/></a>', 1, 4, ELEMENT_NAME],
    ['<>', 1, 1, ELEMENT_NAME],
    ['<!x><a/>', 1, 1, 'expected a comment or a CDATA section after "<!"'],
    ['<a></>', 1, 4, 'a closing tag does not have a name'],
    ['<a></ a>', 1, 4, CLOSING_TAG],
    ['<a>\n</a b>', 2, 1, CLOSING_TAG],
    ['</a>', 1, 1, 'the closing tag </a> does not close an element'],
    ['<a></b>', 1, 7, 'the closing tag does not match the element that begins in line 1'],
    ['<a>\n <b>\n', 3, 1, '<b> of line 2 is not closed'],
    ['<a><b></b>', 1, 11, '<a> of line 1 is not closed'],
    ['', 1, 1, 'it has no element'],
    ['  \n', 2, 1, 'it has no element'],
    ['<!-- a -->', 1, 11, 'it has no element'],
  ])('of the tags in %j names the place and the reason', (text, line, column, reason) => {
    expect(judge(text)).toBe(`it is not well-formed XML (line ${line}, column ${column}: ${reason})`);
  });

  test.each<Case>([
    ['x<a/>', 1, 1, OUTSIDE],
    ['<a/>\n x', 2, 2, OUTSIDE],
    ['<![CDATA[b]]><a/>', 1, 1, OUTSIDE],
    ['<a/><![CDATA[b]]>', 1, 5, OUTSIDE],
    ['<a/>\n<b/>', 2, 1, 'there is an element outside of the root element'],
    ['<a>\n]]></a>', 2, 1, 'a text contains "]]>"'],
    ['<a><![CDATA[b', 1, 14, ENDS],
    ['<a><![CDATA[]]', 1, 15, ENDS],
    ['<a><!-- b', 1, 10, ENDS],
    ['<!-->--', 1, 6, 'a comment contains "--"'],
    ['<a>\n<!-- - -- --></a>', 2, 8, 'a comment contains "--"'],
    ['<a><!----></a', 1, 11, CLOSING_TAG],
    ['<?x', 1, 4, ENDS],
    ['<a><?x y', 1, 9, ENDS],
    ['<? x?><a/>', 1, 1, notName('')],
    ['<?1?><a/>', 1, 1, notName('1')],
    ['<?a:b?><a/>', 1, 1, notName('a:b')],
    ['<a><?x ??></a>', 1, 8, QUESTION_MARK],
    ['<a><?x \t??></a>', 1, 9, QUESTION_MARK],
    ['<a><?xml x?></a>', 1, 4, 'the XML declaration must be at the start of the document'],
    ['<?xml version="2.0"?><a/>', 1, 22, 'it is XML 2.0, but only XML 1.0 is supported'],
    ["<?xml version='2.0'?><a/>", 1, 22, 'it is XML 2.0, but only XML 1.0 is supported'],
    ['<a>&</a>', 1, 4, AMPERSAND],
    ['<a b="&lt"/>', 1, 7, AMPERSAND],
    ['<a>1 &; 2</a>', 1, 6, '"&;" is not a reference; write "&amp;" for "&"'],
    ['<a>&#xG;</a>', 1, 4, CHARACTER],
    ['<a>&lt;&#31;</a>', 1, 8, CHARACTER],
    [
      `<a b='&x;'/>`,
      1,
      7,
      'the entity &x; is not declared; write the character itself, or its number as in &#233;',
    ],
  ])('of the content in %j names the place and the reason', (text, line, column, reason) => {
    expect(judge(text)).toBe(`it is not well-formed XML (line ${line}, column ${column}: ${reason})`);
  });

  test.each<Case>([
    ['<a><b xmlns:c="u"/>\n<c:d/></a>', 2, 6, undeclared('c')],
    ['<a><b xmlns:c="u"></b>\n<c:d/></a>', 2, 6, undeclared('c')],
    ['<a b:c=""/>', 1, 11, undeclared('b')],
    ['<a xmlns:xmlns="u"/>', 1, 20, 'the prefix "xmlns" is declared'],
    ['<xmlns:a/>', 1, 10, 'an element has the prefix "xmlns"'],
    ['<a xmlns:xml="u"/>', 1, 18, `the xml prefix must be bound to ${XML_NAMESPACE}`],
    [`<a xmlns="${XML_NAMESPACE}"/>`, 1, 49, reserved(XML_NAMESPACE)],
    [`<a xmlns="${XMLNS_NAMESPACE}"/>`, 1, 42, reserved(XMLNS_NAMESPACE)],
    [`<a xmlns:b=" ${XML_NAMESPACE}"/>`, 1, 52, reserved(XML_NAMESPACE)],
    [`<a xmlns:b="${XMLNS_NAMESPACE} "/>`, 1, 45, reserved(XMLNS_NAMESPACE)],
    ['<a xmlns:b=" "/>', 1, 16, EMPTY_NAMESPACE],
    ['<a xmlns:x="u" xmlns:y="u" x:b="" y:b=""/>', 1, 42, twice('y:b')],
  ])('of the prefixes in %j names the place and the reason', (text, line, column, reason) => {
    expect(judge(text)).toBe(`it is not well-formed XML (line ${line}, column ${column}: ${reason})`);
  });

  test.each([
    `<a xmlns:xml="${XML_NAMESPACE}"/>`,
    '<a xmlns=""/>',
    '<a xmlns:x="u" x:b="" b="" xmlns:y="v" y:b=""/>',
    '<a xmlns:x="u"><b xmlns:x="v"/><x:c/></a>',
    '<?x?><a/>',
    '<a><?x ?></a><?y z?>\n',
    '<a></a\t\n>',
    '<a\tb\n=\r"1" c = \'"\' ></a>',
    `<?xml version='1.0'?><a/>`,
    `<?xml\tversion = "1.0"\nencoding = 'UTF-8'\r\nstandalone = 'no'\n?><a/>`,
    '<?xml version="1.0" standalone="yes"?><a/>',
    '<?xmlx version="2.0"?><a/>',
  ])('does not exist for %j', (text) => {
    expect(judge(text)).toBeUndefined();
    expect(readXmlText(text).root.name).toBe('a');
  });

  test.each([
    '<?xml version="1.0"><a/>',
    '<?xml versio="1.0"?><a/>',
    '<?xml version="1.0"encoding="UTF-8"?><a/>',
    '<?xml version="1.0" encoding="8"?><a/>',
    '<?xml version="1.0" standalone="maybe"?><a/>',
    '<?xml version=1.0?><a/>',
    '<?xml version="1 0"?><a/>',
    '<?xml encoding="UTF-8"?><a/>',
    '<?xml version="1.0" x?><a/>',
  ])('of the declaration in %j shows how to write it', (text) => {
    expect(() => readXmlText(text)).toThrow(
      'it is not well-formed XML (line 1, column 1: its declaration must be like <?xml version="1.0" encoding="UTF-8"?>)',
    );
  });

  test('about a character that XML forbids names its code', () => {
    expect(judge('<a\u0001/>')).toBe('line 1 contains the character U+0001, which XML forbids');
    expect(judge('<a>\n\uffff</a>')).toBe('line 2 contains the character U+ffff, which XML forbids');
    expect(() => readXmlText('<a>\n \u0000</a>')).toThrow(
      'it is not well-formed XML (line 2, column 2: it contains a character that XML forbids)',
    );
    expect(() => readXmlText('<a b="\ud800"/>')).toThrow(
      'it contains half of a character, which XML forbids',
    );
    expect(() => readXmlText('\ufeff<a/>')).toThrow(
      'it is not well-formed XML (line 1, column 1: it has a second byte order mark)',
    );
  });
});

test('a name has at most 1,000 characters, and as few in a message as necessary', () => {
  const name = 'n'.repeat(1000);
  const prefixed = `p:${'n'.repeat(998)}`;
  const all = `<${name} ${name}=""><?${name}?><${prefixed} xmlns:p="u"/></${name}>`;
  expect(judge(all)).toBeUndefined();
  const message = `it is not well-formed XML (line 1, column %: ${notName('n'.repeat(40))})`;
  expect(judge(`<${name}n/>`)).toBe(message.replace('%', '1002'));
  expect(judge(`<a ${name}n=""/>`)).toBe(message.replace('%', '1007'));
  expect(judge(`<?${name}n?><a/>`)).toBe(message.replace('%', '1'));
});

test.each([
  ['<?xml version="1.0" ?><b></a>', 'malformed'],
  ['<?xml version="1.2"?><a/>', 'malformed'],
  ['<?xml version="1.1"?><a/>', 'unread'],
  ['<a>'.repeat(201), 'unread'],
  ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'unread'],
  ['<!DOCTYPE a [<!ENTITY b "c">]><a>&c;</a>', 'malformed'],
])('the error in %.50j has the kind %s', (text, kind) => {
  expect(() => readXmlText(text)).toThrow(expect.objectContaining({ kind }) as Error);
});

test.each([
  [
    `<?xml version='1.1'?><a/>`,
    'it cannot be read (line 1, column 22: it is XML 1.1, but only XML 1.0 is supported)',
  ],
  [
    '<a>'.repeat(201) + '</a>'.repeat(201),
    'it cannot be read (line 1, column 601: elements are nested more than 200 deep)',
  ],
  [
    `<a ${Array.from({ length: 201 }, (_, at) => `a${at + 100}=""`).join(' ')}/>`,
    'it cannot be read (line 1, column 1610: an element has more than 200 attributes)',
  ],
  [
    '<!DOCTYPE a [<!ENTITY b "c">]>\n<a>&b;</a>',
    'it cannot be read (line 2, column 4: it uses the entity &b; that it declares itself, but entities are not expanded; write the text of the entity instead)',
  ],
])('what is not supported in %.60j is not called malformed', (text, message) => {
  expect(judge(text)).toBe(message);
});
