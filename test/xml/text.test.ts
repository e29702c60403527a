import { XmlSyntaxError } from '../../src/xml/error.js';
import { decodeAttribute as decodeValue, decodeText } from '../../src/xml/references.js';
import { lineAt } from '../../src/xml/text.js';
import { encodeAttribute, encodeText } from '../../src/xml/write.js';

const PLACE = { offset: 0, documentType: undefined };
const decodeReferences = (raw: string) => decodeText(raw, PLACE);
const decodeAttribute = (raw: string) => decodeValue(raw, PLACE);

describe('references', () => {
  test.each([
    ['nothing', 'nothing'],
    ['&amp;&lt;&gt;&quot;&apos;', `&<>"'`],
    ['a&#65;b&#x41;c&#x4a;&#x4A;', 'aAbAcJJ'],
    ['&#9;&#10;&#13;&#32;', '\t\n\r '],
    ['&#xD7FF;&#xE000;&#xFFFD;', '\ud7ff\ue000\ufffd'],
    ['&#x10000;&#x10FFFF;&#1114111;', '\u{10000}\u{10ffff}\u{10ffff}'],
    // The result is not decoded again.
    ['&amp;lt;', '&lt;'],
  ])('%j are decoded to %j', (raw, text) => {
    expect(decodeReferences(raw)).toBe(text);
  });

  test.each([
    ...['&', '& ', 'a && b', '&amp', '&;', '&#;', '&#x;', '&#xG;', '&#X41;'],
    ...['&#0;', '&#8;', '&#x1F;', '&#xB;', '&#xC;', '&#xFFFE;', '&#xFFFF;'],
    ...['&#xD800;', '&#xDFFF;', '&#x110000;', '&#9999999;', '&#x1000000;'],
    ...['&nbsp;', '&AMP;', '&toString;', '&constructor;'],
  ])('%s is refused', (raw) => {
    expect(() => decodeReferences(raw)).toThrow(XmlSyntaxError);
    expect(() => decodeReferences(raw)).toThrow(
      /^"&" does not begin a reference|^"&;" is not a reference|^a reference names a character that|^the entity &\w+; is not declared/,
    );
  });

  test('white space of an attribute becomes spaces, unless it is a reference', () => {
    expect(decodeAttribute('a\tb\nc\rd\r\ne f')).toBe('a b c d e f');
    expect(decodeAttribute('&#9;\t&#10;\n&#13;\r')).toBe('\t \n \r ');
    expect(decodeReferences('a\tb\nc')).toBe('a\tb\nc');
  });
});

test.each([
  ['plain', 'plain', 'plain'],
  ['&<>', '&amp;&lt;&gt;', '&amp;&lt;&gt;'],
  [`"'`, `"'`, `&quot;'`],
  ['\t\n\r', '\t\n&#13;', '&#9;&#10;&#13;'],
  ['\u{1f52c}é', '&#128300;é', '&#128300;é'],
])('%j is the same after encoding and decoding', (text, inContent, inAttribute) => {
  expect(encodeText(text)).toBe(inContent);
  expect(encodeAttribute(text)).toBe(inAttribute);
  expect(decodeReferences(inContent)).toBe(text);
  expect(decodeAttribute(inAttribute)).toBe(text);
});

test('lines are counted from 1', () => {
  expect([0, 1, 2, 3, 4].map((at) => lineAt('a\n\nb', at))).toEqual([1, 1, 2, 3, 3]);
});
