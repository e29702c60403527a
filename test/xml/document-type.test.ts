import { readXmlText } from '../../src/xml/read.js';

/** Returns the message about a document type with these declarations, without the line and the file. */
function messageAbout(declarations: string): string | undefined {
  return messageOf(`<!DOCTYPE a [\n${declarations}]><a/>`);
}

function messageOf(text: string): string | undefined {
  try {
    readXmlText(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** The message about an error of the document type in the second line. */
const malformed = (column: number, reason: string) =>
  `it is not well-formed XML (line 2, column ${column}: ${reason})`;
const expected = (column: number, what: string) =>
  malformed(column, `in the document type, expected ${what}`);

const SPACE = 'white space';
const ELEMENT = 'the name of an element';
const DEFAULT = 'the default value of an attribute';
const NO_CHARACTER = 'it refers to a character that XML does not have';
const MAX_LENGTH = 1024 * 1024;

describe('the message about a document type', () => {
  test.each([
    ['<!DOCTYPE>', 10, SPACE],
    ['<!DOCTYPEa>', 10, SPACE],
    ['<!DOCTYPE 1>', 11, 'a name'],
    ['<!DOCTYPE a', 12, '">"'],
    ['<!DOCTYPE a []', 15, '">"'],
    ['<!DOCTYPE a b>', 13, '">"'],
    ['<!DOCTYPE a "x">', 13, '">"'],
    ['<!DOCTYPE a SYSTEM>', 19, SPACE],
    ['<!DOCTYPE a SYSTEM"x">', 19, SPACE],
    ['<!DOCTYPE a SYSTEM "x>', 20, 'a system identifier'],
    ['<!DOCTYPE a SYSTEM x>', 20, 'a system identifier'],
    ['<!DOCTYPE a PUBLIC "x">', 23, SPACE],
    ['<!DOCTYPE a PUBLIC "x" >', 24, 'a system identifier'],
    ['<!DOCTYPE a PUBLIC "ä" "x">', 20, 'a public identifier'],
    ['<!DOCTYPE a PUBLIC "x" "😀">', 24, 'a system identifier'],
    ['<?x>?><!DOCTYPE 1>', 17, 'a name'],
    ['<?x?><!DOCTYPE 1>', 16, 'a name'],
    [' \t<!-- <!DOCTYPE> --><?x y?><!DOCTYPE 1>', 39, 'a name'],
    ['<!---->\r<!DOCTYPE 1>', 19, 'a name'],
  ])('names what is missing in its head: %j', (text, column, what) => {
    expect(messageOf(text)).toBe(
      `it is not well-formed XML (line 1, column ${column}: in the document type, expected ${what})`,
    );
  });

  test('does not come from comments and instructions before it', () => {
    expect(messageOf('<!--\n<!DOCTYPE a>')).toBe(malformed(13, 'it ends unexpectedly'));
    expect(messageOf('<?x\n<!DOCTYPE a>')).toBe(malformed(13, 'it ends unexpectedly'));
    expect(messageOf('<!-- -->\n<?x ?>\n\n<a/>')).toBeUndefined();
    expect(messageOf('<!--> <!DOCTYPE 1> --><a/>')).toBeUndefined();
    expect(messageOf('x<!DOCTYPE a><a/>')).toBe(
      'it is not well-formed XML (line 1, column 1: there is text outside of the root element)',
    );
  });

  test.each([
    ['<!ELEMENT>', 10, SPACE],
    ['<!ELEMENTb ANY>', 10, SPACE],
    ['<!ELEMENT 1>', 11, ELEMENT],
    ['<!ELEMENT b>', 12, SPACE],
    ['<!ELEMENT b NONE>', 13, '"("'],
    ['<!ELEMENT b EMPTY', 18, '">"'],
    ['<!ELEMENT b ANY c>', 17, '">"'],
    ['<!ELEMENT b ()>', 14, ELEMENT],
    ['<!ELEMENT b (#PCDATA>', 21, '")"'],
    ['<!ELEMENT b (#PCDATA|c)>', 23, '")*"'],
    ['<!ELEMENT b (#PCDATA | )*>', 24, ELEMENT],
    ['<!ELEMENT b (#PCDATA)?>', 22, '">"'],
    ['<!ELEMENT b (#PCDATA)**>', 23, '">"'],
    ['<!ELEMENT b (c,)>', 16, ELEMENT],
    ['<!ELEMENT b (c??)>', 16, '")"'],
    ['<!ELEMENT b (c)*+>', 17, '">"'],
    ['<!ELEMENT b (c,d|e)>', 17, '")"'],
    ['<!ELEMENT b (c|d,e)>', 17, '")"'],
    ['<!ELEMENT b (c d)>', 16, '")"'],
  ])('names what is missing in %s', (declaration, column, what) => {
    expect(messageAbout(declaration)).toBe(expected(column, what));
  });

  test.each([
    ['<!ATTLIST>', 10, SPACE],
    ['<!ATTLIST 1>', 11, ELEMENT],
    ['<!ATTLIST b 1>', 13, 'the name of an attribute'],
    ['<!ATTLIST b c>', 14, SPACE],
    ['<!ATTLIST b c TEXT #IMPLIED>', 15, 'the type of an attribute'],
    ['<!ATTLIST b c NOTATION (x) "x">', 15, 'the type of an attribute'],
    ['<!ATTLIST b c CDATA>', 20, SPACE],
    ['<!ATTLIST b c CDATA #NONE>', 21, DEFAULT],
    ['<!ATTLIST b c CDATA #FIXED"x">', 27, SPACE],
    ['<!ATTLIST b c CDATA #FIXED x>', 28, DEFAULT],
    ['<!ATTLIST b c CDATA "x', 21, DEFAULT],
    ['<!ATTLIST b c CDATA "&d;">', 21, DEFAULT],
    ['<!ATTLIST b c CDATA "x"d CDATA "y">', 24, '">"'],
    ['<!ATTLIST b c () "1">', 16, 'a word'],
    ['<!ATTLIST b c (x,y) "1">', 17, '")"'],
    ['<!ATTLIST b c (x|) "1">', 18, 'a word'],
    ['<!ATTLIST b c (x "1">', 18, '")"'],
  ])('names what is missing in %s', (declaration, column, what) => {
    expect(messageAbout(declaration)).toBe(expected(column, what));
  });

  test.each([
    ['<!ENTITY>', 9, SPACE],
    ['<!ENTITY 1 "x">', 10, 'the name of an entity'],
    ['<!ENTITY p:b "x">', 11, SPACE],
    ['<!ENTITY b"x">', 11, SPACE],
    ['<!ENTITY b x>', 12, 'the value of an entity'],
    ['<!ENTITY b "x" y>', 16, '">"'],
    ['<!ENTITY b "%x;">', 12, 'the value of an entity'],
    ['<!ENTITY b "x;&">', 12, 'the value of an entity'],
    ['<!ENTITY b SYSTEM "x"NDATA c>', 22, '">"'],
    ['<!ENTITY b SYSTEM "x" NDATA>', 28, SPACE],
    ['<!ENTITY b SYSTEM "x" NDATA 1>', 29, 'the name of a notation'],
  ])('names what is missing in %s', (declaration, column, what) => {
    expect(messageAbout(declaration)).toBe(expected(column, what));
  });

  test.each(['amp', 'lt', 'gt', 'quot', 'apos'])('refuses to replace the entity %s of XML', (name) => {
    expect(messageAbout(`<!ENTITY ${name} SYSTEM "x" NDATA n>`)).toBe(
      malformed(27 + name.length, `in the document type, the entity ${name} is reserved by XML`),
    );
    expect(messageAbout(`<!ENTITY ${name} SYSTEM "x">`)).toBeUndefined();
  });

  test.each([
    '0',
    '8',
    '11',
    '12',
    '31',
    'xB',
    'xC',
    'xE',
    'x1F',
    'xD800',
    'xDFFF',
    'xFFFE',
    'xFFFF',
    'x110000',
  ])('names the place of a reference to &#%s;, which XML does not have', (number) => {
    expect(messageAbout(`<!ENTITY b "1&#32;&#${number};">`)).toBe(malformed(19, NO_CHARACTER));
    expect(messageAbout(`<!ATTLIST b c CDATA "&#${number};">`)).toBe(malformed(22, NO_CHARACTER));
  });

  test.each(['9', '10', '13', '32', 'x9', 'xA', 'xD', 'x20', 'xD7FF', 'xE000', 'xfffd', 'x10000', 'x10FFFF'])(
    'does not exist for a reference to &#%s;',
    (number) => {
      expect(messageAbout(`<!ENTITY b "&#${number};"><!ATTLIST b c CDATA "&#${number};">`)).toBeUndefined();
    },
  );

  test.each([
    '<!ELEMENT b (#PCDATA)*>',
    '<!ELEMENT b (#PCDATA )>',
    '<!ELEMENT b ( #PCDATA | c|d )*>',
    '<!ELEMENT b (c?,d*,e+)?>',
    '<!ELEMENT b ( ( c | d ) , e ) >',
    '<!ELEMENT p:b (q:c)>',
    '<!ELEMENT b ANY>\n <!ELEMENT c EMPTY>\t<?p?>\n<!-- d -->\n',
    `<!ELEMENT b ${'('.repeat(64)}c${')'.repeat(64)}>`,
    '<!ATTLIST b>',
    '<!ATTLIST b >',
    '<!ATTLIST b c ID #IMPLIED d IDREF #REQUIRED e IDREFS #IMPLIED f ENTITY #IMPLIED g ENTITIES #IMPLIED>',
    '<!ATTLIST b c NMTOKENS "1 2" d NMTOKEN "3" e (x|y|1) "1" f ( x | y ) #REQUIRED>',
    '<!ATTLIST b c CDATA "&amp;&lt;&gt;&quot;&apos;" d CDATA #FIXED \'"\'>',
    '<!ENTITY b "1<2 &c;" ><!ENTITY c SYSTEM \'"\' NDATA n ><!ENTITY d PUBLIC "-//A//B" "x">',
    '<?xmlx y?><?p ??>',
  ])('does not exist for the declarations %.60j', (declarations) => {
    expect(messageAbout(declarations)).toBeUndefined();
  });

  test.each([`<!DOCTYPE a PUBLIC 'x' 'y' [ ] ><a/>`, '<!DOCTYPE a SYSTEM "y"><a/>', '<!DOCTYPE p:a><a/>'])(
    'does not exist for %s',
    (text) => {
      expect(messageOf(text)).toBeUndefined();
    },
  );

  test.each([
    ['xmlns', 'CDATA "u"', true],
    ['xmlns', 'CDATA #IMPLIED', true],
    ['xmlns', 'NMTOKEN "u"', false],
    ['xmlns', 'NMTOKEN #IMPLIED', false],
    ['xmlns', '(u|v) #IMPLIED', false],
    ['xmlns', 'CDATA "u&amp;v"', false],
    ['xmlns', 'CDATA "http://www.w3.org/XML/1998/namespace"', false],
    ['xmlns', 'CDATA " http://www.w3.org/XML/1998/namespace "', false],
    ['xmlns', 'CDATA "http://www.w3.org/2000/xmlns/"', false],
    ['xmlns', 'CDATA " http://www.w3.org/2000/xmlns/ "', false],
    ['xmlns:p', 'CDATA #REQUIRED', true],
    ['xmlns:p', 'CDATA #FIXED "u"', false],
    ['xmlns:p', 'ID #IMPLIED', false],
    ['p:c', 'CDATA #IMPLIED', true],
    ['p:c', 'CDATA "1"', false],
    ['p:xml', 'CDATA "1"', false],
    ['xml:c', 'CDATA "1"', true],
    ['xmlc', 'CDATA "1"', true],
  ])('refuses an attribute that changes namespaces: %s %s is allowed: %s', (name, rest, isAllowed) => {
    expect(messageAbout(`<!ATTLIST b ${name} ${rest}>`)).toBe(
      isAllowed
        ? undefined
        : `it cannot be read (line 2, column 13: the declaration of the attribute ${name} changes namespaces)`,
    );
  });

  test.each([
    '<!-- b --',
    '<!-- -- -->',
    '<!--b',
    '<?p',
    '<?p c?',
    '<?p/c?>',
    '<?1 c?>',
    '<?xml?>',
    '<?XmL c?>',
    `<?${'n'.repeat(1001)} c?>`,
    '<!NOTATION b SYSTEM "c">',
    'b',
  ])('reports %.30j as not supported', (declaration) => {
    expect(messageAbout(declaration)).toBe(
      'it cannot be read (line 2, column 1: in the document type, only comments, instructions and declarations of elements, attributes and entities are supported)',
    );
  });

  test('reports what exceeds the limits', () => {
    const name = 'n'.repeat(1000);
    expect(messageOf(`<!DOCTYPE ${name} [<?${name} x?>]><a/>`)).toBeUndefined();
    expect(messageOf(`<!DOCTYPE ${name}n><a/>`)).toBe(
      'it is not well-formed XML (line 1, column 1012: in the document type, a name is too long)',
    );
    expect(messageAbout(`<!ELEMENT b ${'('.repeat(65)}c${')'.repeat(65)}>`)).toBe(
      'it cannot be read (line 2, column 78: in the document type, the groups of an element are nested too deeply)',
    );
    expect(messageAbout('<!ENTITY % b "c">')).toBe(
      'it cannot be read (line 2, column 10: in the document type, parameter entities are not supported)',
    );
    const ofLength = (length: number) => `<!DOCTYPE a [${' '.repeat(length - 15)}]>`;
    expect(messageOf(`${ofLength(MAX_LENGTH)}<a/>`)).toBeUndefined();
    expect(messageOf(`<!-- b -->${ofLength(MAX_LENGTH)}<a/>`)).toBeUndefined();
    expect(messageOf(`${ofLength(MAX_LENGTH + 1)}<a/>`)).toBe(
      `it cannot be read (line 1, column ${MAX_LENGTH + 1}: the document type has more than ${MAX_LENGTH} characters, or expected ">")`,
    );
  });

  test('names the place of a character that XML forbids', () => {
    const reason = 'it contains a character that XML forbids';
    expect(messageAbout('<!-- \u0001 -->')).toBe(malformed(6, reason));
    expect(messageOf('<!-- -->\n<!DOCTYPE a SYSTEM "\u0001"><a/>')).toBe(malformed(21, reason));
    expect(messageOf('<!DOCTYPE a>\n<a>\u0001</a>')).toBe(malformed(4, reason));
  });
});

test('a document type is returned with its place and its entities', () => {
  const type = `<!DOCTYPE a SYSTEM "x" [<!ENTITY b "1"><!ENTITY c SYSTEM "2"><!ENTITY d SYSTEM "3" NDATA n>]>`;
  const { documentType, root } = readXmlText(`<?xml version="1.0"?>\n<!-- b -->${type}\n<a/>`);
  expect(documentType).toEqual({
    start: 32,
    end: 32 + type.length,
    entities: new Set(['b', 'c', 'd']),
    withoutText: new Set(),
  });
  expect(root.start).toBe(33 + type.length);
  expect(readXmlText('<a/>').documentType).toBeUndefined();
});
