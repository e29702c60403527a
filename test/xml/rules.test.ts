import { readFileSync } from 'node:fs';
import path from 'node:path';
import { XmlError } from '../../src/xml/error.js';
import { readXml, readXmlText } from '../../src/xml/read.js';
import { differenceOf, ourVerdict } from '../support/xml-verdicts.js';

const judge = (text: string) => ourVerdict(Buffer.from(text));
const inside = (declarations: string, element = '<a/>') => judge(`<!DOCTYPE a [${declarations}]>${element}`);

describe('the rules of XML', () => {
  test('refuses what the JDK refuses, and differs from it only for known reasons', () => {
    const file = path.join('test', 'fixtures', 'xml', 'java-verdicts.json');
    const { accepted, refused } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, readonly string[]>;
    const verdicts = (list: readonly string[] = []) =>
      list.map((base64) => ourVerdict(Buffer.from(base64, 'base64')));
    expect(verdicts(refused).filter((fault) => fault === undefined)).toEqual([]);
    expect(
      verdicts(accepted).filter((fault) => fault !== undefined && differenceOf(fault) === undefined),
    ).toEqual([]);
    expect(refused?.length).toBeGreaterThan(100);
    expect(verdicts(accepted).filter((fault) => fault === undefined).length).toBeGreaterThan(100);
  });

  test('refuses in a document type what the JDK refuses there', () => {
    const long = 'n'.repeat(1001);
    expect(inside('<!ENTITY amp SYSTEM "x" NDATA y>', '<a>&amp;</a>')).toMatch(
      /the entity amp is reserved by XML/,
    );
    expect(inside(`<?${long} x?>`)).toBeDefined();
    expect(inside(`<!ENTITY e "&${long};">`)).toBeDefined();
    expect(inside(`<?${long.slice(1)} x?><!ENTITY e "&${long.slice(1)};">`)).toBeUndefined();
  });

  test.each(['ibm866', 'cp866'])(
    'does not read %s, in which Node.js decodes a control character differently',
    (name) => {
      const head = Buffer.from(`<?xml version="1.0" encoding="${name}"?><a>`);
      expect(ourVerdict(Buffer.concat([head, Buffer.from([0x1c]), Buffer.from('</a>')]))).toMatch(
        /is not supported/,
      );
    },
  );

  test.each([
    ['nothing', '', 'line 1, column 1: it has no element'],
    [
      'an element that is not closed',
      '<a>\n <b>\n</a>',
      'line 3, column 4: the closing tag does not match the element that begins in line 2',
    ],
    ['a document that ends too soon', '<a>\n<b>\n', '<b> of line 2 is not closed'],
    ['a second root', '<a/><b/>', 'an element outside of the root'],
    ['text outside of the root', '<a/>x', 'text outside of the root'],
    ['a bare ampersand', '<a>\n R & D\n</a>', 'line 2, column 4: "&" does not begin a reference'],
    ['an undeclared entity', '<a>&eacute;</a>', 'line 1, column 4: the entity &eacute; is not declared'],
    ['an undeclared prefix', '<a>\n<x:y/></a>', 'line 2, column 6: the prefix "x" is not declared'],
    ['an undeclared prefix of an attribute', '<a xsi:b="c"/>', 'the prefix "xsi" is not declared'],
    ['an attribute twice', '<a b="1" b="2"/>', 'the attribute "b" occurs twice'],
    ['an attribute twice by its namespace', '<a xmlns:x="u" xmlns:y="u" x:b="" y:b=""/>', 'occurs twice'],
    ['"<" in a value', '<a b="<"/>', 'write "&lt;"'],
    [
      'white space in the reserved namespace',
      '<a xmlns:xml=" http://www.w3.org/XML/1998/namespace"/>',
      'xml prefix must be bound',
    ],
    ['"]]>" in a text', '<a>]]></a>', 'a text contains "]]>"'],
    ['two hyphens in a comment', '<a><!-- -- --></a>', 'a comment contains "--"'],
    ['a name of the fifth edition', '<𐀀/>', 'is not a name in XML 1.0'],
    ['a name with a character of the fifth edition', '<a⁰/>', 'is not a name in XML 1.0'],
    ['a declaration of an entity in the body', '<a><!ENTITY x "y"></a>', 'expected a comment or'],
    ['a declaration of attributes in the body', '<a><!ATTLIST a b CDATA "c"></a>', 'expected a comment or'],
    ['a declaration of an element in the body', '<a><!ELEMENT a ANY></a>', 'expected a comment or'],
    ['a document type in the body', '<a><!DOCTYPE a></a>', 'a document type is not allowed here'],
    ['a second document type', '<!DOCTYPE a><!DOCTYPE a><a/>', 'a document type is not allowed here'],
    ['an XML declaration after the start', ' <?xml version="1.0"?><a/>', 'at the start of the document'],
    [
      'an XML declaration in another order',
      '<?xml version="1.0" standalone="yes" encoding="UTF-8"?><a/>',
      'its declaration must be like',
    ],
    ['a version that does not exist', '<?xml version="1.2"?><a/>', 'only XML 1.0 is supported'],
    ['an instruction with a reserved name', '<a><?XML x?></a>', 'XML declaration must be at the start'],
    ['an instruction without white space', '<?x?y z?><a/>', 'begins with a question mark'],
    ['an instruction whose name does not end', '<?x><a?><a/>', 'is not a name in XML 1.0'],
    ['a reserved prefix', '<a xmlns:xml="u"/>', 'xml prefix must be bound'],
    ['a prefix without a namespace', '<a xmlns:x="u"><b xmlns:x=""/></a>', 'empty namespace'],
    ['a reference to a character that does not exist', '<a>&#0;</a>', 'a character that XML does not have'],
    ['two byte order marks', '\ufeff\ufeff<a/>', 'a second byte order mark'],
  ])('refuses %s and names the place', (_, text, reason) => {
    expect(judge(text)).toContain('it is not well-formed XML (line');
    expect(judge(text)).toContain(reason);
  });

  test.each([
    ['XML 1.1', '<?xml version="1.1"?><a/>', 'only XML 1.0 is supported'],
    ['deep nesting', '<a>'.repeat(201) + '</a>'.repeat(201), 'nested more than 200 deep'],
    [
      'very many attributes',
      `<a ${Array.from({ length: 201 }, (_, at) => `a${at}=""`).join(' ')}/>`,
      'more than 200 attributes',
    ],
    ['an entity of its own', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'that it declares itself'],
    ['a notation', '<!DOCTYPE a [<!NOTATION b SYSTEM "c">]><a/>', 'only comments, instructions and'],
  ])('reports %s as not supported rather than malformed', (_, text, reason) => {
    expect(judge(text)).toContain('it cannot be read (line');
    expect(judge(text)).toContain(reason);
  });

  test.each([
    [
      'a document type with an external DTD, which is not fetched',
      '<!DOCTYPE project SYSTEM "http://127.0.0.1:1/a.dtd"><project/>',
    ],
    ['a public identifier', '<!DOCTYPE a PUBLIC "-//A//B" "a.dtd"><a/>'],
    ['names of the fourth edition', '<é日本 ä·="ü"/>'],
    ['prefixes', '<x:a xmlns:x="u" x:b="1"><b xml:lang="en" xmlns=""/></x:a>'],
    ['comments, instructions and sections', '<!-- - --><?a b?><a><![CDATA[]]]]><!----></a><?c?>'],
    ['a byte order mark', '\ufeff<?xml version="1.0" encoding="UTF-8" standalone="no" ?><a/>'],
    ['many elements', `<a>${'<b c="d">e</b>'.repeat(10_000)}</a>`],
  ])('accepts %s', (_, text) => {
    expect(judge(text)).toBeUndefined();
  });

  test('shows only a part of a long name in the message', () => {
    const name = 'a'.repeat(100_000);
    for (const text of [
      `<a>&${name};</a>`,
      `<${name}/>`,
      `<a ${name}=""/>`,
      `<?${name}?><a/>`,
      `<a></${name}>`,
    ])
      expect(judge(text)?.length).toBeLessThan(300);
  });

  test('returns the text and the place of the document type', () => {
    const text = '<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE a [<!ENTITY e "x">]><a>é</a>';
    const rules = { mayDeclareEntities: true };
    const { documentType, ...read } = readXml(Buffer.from(text, 'latin1'), rules);
    expect(read.text).toBe(text);
    expect(text.slice(documentType?.start, documentType?.end)).toBe('<!DOCTYPE a [<!ENTITY e "x">]>');
    expect([...(documentType?.entities ?? [])]).toEqual(['e']);
  });

  test('refuses halves of characters, which only JSON can contain', () => {
    expect(() => readXmlText('<a b="\ud800"/>')).toThrow(XmlError);
  });
});

describe('a document type', () => {
  test.each([
    '<!ELEMENT a EMPTY>',
    '<!ELEMENT a (#PCDATA)><!ELEMENT b (#PCDATA|a)* >',
    '<!ELEMENT a ((b | c)*, d?, (e, f)+)>',
    '<!ATTLIST a b CDATA #IMPLIED c (x|y) "x" d NMTOKEN #REQUIRED e CDATA #FIXED "&lt;">',
    '<!ATTLIST a xmlns CDATA "u" xmlns:p CDATA #IMPLIED xml:lang CDATA "en">',
    '<!ENTITY e "it is &f; and &#233;"><!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY g PUBLIC "p" "g" NDATA h>',
    '<!-- a > ] --><?p ]> ?>',
  ])('may have %s', (declarations) => {
    expect(inside(declarations)).toBeUndefined();
  });

  test.each([
    ['<!ENTITY % e "x">', 'parameter entities are not supported'],
    ['%e;', 'only comments, instructions and declarations'],
    ['<![INCLUDE[<!ELEMENT a ANY>]]>', 'only comments, instructions and declarations'],
    ['<!NOTATION n SYSTEM "n">', 'only comments, instructions and declarations'],
    ['<!ELEMENT a (b|c,d)>', 'expected ")"'],
    ['<!ELEMENT a (b>', 'expected ")"'],
    ['<!ATTLIST a b CDATA "<">', 'the default value'],
    ['<!ATTLIST a b CDATA "&e;">', 'the default value'],
    ['<!ATTLIST a x:b CDATA "1">', 'changes namespaces'],
    ['<!ATTLIST a xmlns:x CDATA "u">', 'changes namespaces'],
    ['<!ENTITY e "&">', 'the value of an entity'],
    ['<!ENTITY e "&#0;">', 'a character that XML does not have'],
    ['<!-- -- -->', 'only comments'],
    [`<!ELEMENT a ${'('.repeat(100)}b${')'.repeat(100)}>`, 'nested too deeply'],
  ])('may not have %s', (declarations, reason) => {
    expect(inside(declarations)).toContain(reason);
  });

  test('may declare entities, which are never expanded', () => {
    expect(inside('<!ENTITY e "x">', '<a>&e;</a>')).toContain(
      'it uses the entity &e; that it declares itself',
    );
    const bomb = Array.from({ length: 30 }, (_, at) => `<!ENTITY e${at + 1} "&e${at};&e${at};">`).join('');
    expect(inside(`<!ENTITY e0 "x">${bomb}`, '<a>&e30;</a>')).toContain('entities are not expanded');
  });

  test.each([
    ['comments', '<!--' + ' <!DOCTYPE'.repeat(20_000)],
    ['white space', `<!DOCTYPE a [${' '.repeat(200_000)}`],
    ['a comment in it', `<!DOCTYPE a [<!--${' -x'.repeat(100_000)}`],
    ['values', `<!DOCTYPE a [<!ENTITY e "${'&amp;'.repeat(50_000)}`],
    ['words', `<!DOCTYPE a [<!ATTLIST a b (${'x|'.repeat(50_000)}`],
    ['open elements', '<a>'.repeat(100_000)],
    ['ampersands', `<a>${'&'.repeat(200_000)}`],
  ])('is read in linear time, with everything before it: %s', (_, text) => {
    const start = performance.now();
    expect(judge(text)).toBeDefined();
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('an encoding', () => {
  const declared = (encoding: string, text = 'é') =>
    `<?xml version="1.0" encoding="${encoding}"?><a>${text}</a>`;
  const utf16 = (text: string) => Buffer.from(text, 'utf16le');
  const textOf = (bytes: Buffer) =>
    /<a>(.*)<\/a>/.exec(readXml(bytes, { mayDeclareEntities: true }).text)?.[1];

  test.each([
    ['UTF-8', Buffer.from(declared('utf-8'))],
    ['ISO-8859-1', Buffer.from(declared('ISO-8859-1'), 'latin1')],
    ['ISO-8859-15', Buffer.from(declared('ISO-8859-15'), 'latin1')],
    ['windows-1252', Buffer.from(declared('windows-1252'), 'latin1')],
    ['UTF-16 with a mark', utf16(`\ufeff${declared('UTF-16')}`)],
    ['UTF-16 without a mark', utf16(declared('UTF-16LE'))],
    ['UTF-16 with the other byte order', utf16(declared('UTF-16BE')).swap16()],
    ['UTF-16 without a declaration', utf16('\ufeff<a>é</a>')],
    [
      'another one after the mark of UTF-8',
      Buffer.concat([Buffer.from('\ufeff'), Buffer.from(declared('ISO-8859-1'), 'latin1')]),
    ],
  ])('%s is read', (_, bytes) => {
    expect(textOf(bytes)).toBe('é');
  });

  test('windows-1252 is read with the characters that are controls in ISO-8859-1', () => {
    const bytes = Buffer.from(declared('windows-1252', '\x80\x9f'), 'latin1');
    expect(textOf(bytes)).toBe('€Ÿ');
  });

  test.each([
    ['bytes beyond ASCII in ASCII', Buffer.from(declared('US-ASCII')), 'byte 45 is not ASCII'],
    [
      'overlong UTF-8',
      Buffer.concat([Buffer.from('<a>'), Buffer.from([0xc0, 0x80]), Buffer.from('</a>')]),
      'not valid utf-8',
    ],
    ['Latin-1 in UTF-8', Buffer.from(declared('UTF-8'), 'latin1'), 'not valid utf-8'],
    ['UTF-16 that calls itself UTF-8', utf16(declared('UTF-8')), 'written in UTF-16'],
    ['UTF-8 that calls itself UTF-16', Buffer.from(declared('UTF-16')), 'not supported'],
    ['UTF-16 with neither mark nor declaration', utf16('<a/>'), 'U+0000'],
    [
      'an encoding that does not exist',
      Buffer.from(declared('x-y')),
      'the encoding "x-y", which is not supported',
    ],
    ['one that Node and the JDK read differently', Buffer.from(declared('Shift_JIS')), 'save it as UTF-8'],
    ['half a character of GB2312', Buffer.from(declared('GB2312', '\xd6'), 'latin1'), 'ambiguous in gb2312'],
    [
      'names beyond ASCII in an old encoding',
      Buffer.from('<?xml version="1.0" encoding="KOI8-R"?><\xc1/>', 'latin1'),
      'is not a name',
    ],
  ])('%s is refused', (_, bytes, reason) => {
    expect(ourVerdict(bytes)).toContain(reason);
  });

  test.each([
    ['GB2312', '\xd6\xd0\xce\xc4', '中文'],
    ['EUC-JP', '\xc6\xfc\xcb\xdc\x8e\xb1', '日本ｱ'],
  ])('%s is read if its bytes are in pairs', (encoding, bytes, text) => {
    const document = readXml(Buffer.from(declared(encoding, bytes), 'latin1'));
    expect(document.text).toContain(`<a>${text}</a>`);
  });
});

test('the line of an error includes the lines of the document type', () => {
  const type = '<!DOCTYPE a [\n<!ELEMENT a ANY>\n<!ELEMENT b ANY>\n]>';
  expect(judge(`${type}\n<a>\n<b></c></a>`)).toContain(
    'line 6, column 7: the closing tag does not match the element that begins in line 6',
  );
  expect(judge(`${type}\n<a>\n<b>`)).toContain('<b> of line 6 is not closed');
});
