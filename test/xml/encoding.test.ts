import { decodeXml } from '../../src/xml/encoding.js';
import { XmlError } from '../../src/xml/error.js';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const declared = (encoding: string, text = '<a/>') => `<?xml version="1.0" encoding="${encoding}"?>${text}`;

function errorOf(bytes: Uint8Array): XmlError {
  try {
    decodeXml(bytes);
  } catch (error) {
    if (error instanceof XmlError) return error;
    throw error;
  }
  throw new Error('The document was decoded.');
}

describe('the encoding of a document', () => {
  test.each([
    ...['utf-8', 'UTF8', 'Utf-8'],
    ...['us-ascii', 'ASCII', 'ISO646-US', 'ANSI_X3.4-1968', 'iso-ir-6', 'cp367', 'IBM367'],
    ...[
      'iso-8859-1',
      'ISO_8859-1',
      'ISO8859-1',
      'latin1',
      'l1',
      'cp819',
      'IBM819',
      'csISOLatin1',
      'iso-ir-100',
    ],
    ...['windows-1252', 'CP1252'],
  ])('%s is decoded exactly', (name) => {
    expect(decodeXml(latin1(declared(name)))).toEqual({ text: declared(name), isExact: true });
  });

  test.each([
    ...['windows-1250', 'windows-1251', 'windows-1253', 'windows-1254', 'windows-1255', 'windows-1256'],
    ...['windows-1257', 'windows-1258', 'cp1250', 'cp1251', 'latin2', 'KOI8-R', 'koi8-u', 'windows-874'],
    ...['iso-8859-2', 'iso-8859-3', 'iso-8859-4', 'iso-8859-5', 'iso-8859-6', 'iso-8859-7', 'iso-8859-8'],
    ...[
      'iso-8859-9',
      'iso-8859-13',
      'ISO-8859-15',
      'tis-620',
      'GBK',
      'gb18030',
      'euc-kr',
      'gb2312',
      'EUC-JP',
    ],
  ])('%s is decoded exactly only for ASCII', (name) => {
    expect(decodeXml(latin1(declared(name)))).toEqual({ text: declared(name), isExact: false });
  });

  test.each([
    ...['x-utf-8', 'utf-80', 'utf-7', 'xascii', 'ascii7', 'xlatin1', 'latin10', 'xcp1252', 'cp12520'],
    ...['iso-8859-10', 'iso-8859-14', 'iso-8859-16', 'windows-1259', 'xlatin2', 'latin21', 'xeuc-jp'],
    ...['Big5', 'shift_jis', 'utf-16', 'utf-32', 'toString'],
  ])('%s is not supported', (name) => {
    const { message, kind } = errorOf(latin1(declared(name)));
    expect(message).toBe(
      `it is in the encoding "${name.toLowerCase()}", which is not supported; save it as UTF-8`,
    );
    expect(kind).toBe('unread');
  });

  test.each([
    ['nothing', '<a>é</a>', Buffer.from('<a>é</a>')],
    ['nothing but a mark', '<a>é</a>', Buffer.from('\ufeff<a>é</a>')],
    ['a declaration without an encoding', '<?xml version="1.0"?>é', Buffer.from('<?xml version="1.0"?>é')],
    [
      'a declaration in single quotes',
      `<?xml version='1.0' encoding='l1'?>é`,
      latin1(`<?xml version='1.0' encoding='l1'?>é`),
    ],
    ['a declaration after the start', ` ${declared('l1')}é`, Buffer.from(` ${declared('l1')}é`)],
    [
      'an instruction with a similar name',
      '<?xml-x encoding="l1"?>é',
      Buffer.from('<?xml-x encoding="l1"?>é'),
    ],
    [
      'a declaration with all of its parts',
      `<?xml\tversion\n=\r"1.0" encoding = "l1" standalone = 'yes' ?>é`,
      latin1(`<?xml\tversion\n=\r"1.0" encoding = "l1" standalone = 'yes' ?>é`),
    ],
    ['the mark of UTF-16', '<a>é</a>', utf16('\ufeff<a>é</a>')],
    ['the mark of the other byte order', '<a>é</a>', utf16('\ufeff<a>é</a>').swap16()],
    ['only the bytes of UTF-16', '<?a?>é', utf16('<?a?>é')],
    ['only the bytes of the other byte order', '<?a?>é', utf16('<?a?>é').swap16()],
  ])('is detected by %s', (_, text, bytes) => {
    expect(decodeXml(bytes)).toEqual({ text, isExact: true });
  });

  test.each([
    ['the first byte of a mark of UTF-8', [0xef], 'utf-8'],
    ['two bytes of a mark of UTF-8', [0xef, 0xbb], 'utf-8'],
    ['a damaged mark of UTF-8', [0xef, 0x20, 0xbf, 0x3c], 'utf-8'],
    ['half a mark of UTF-16', [0xff, 0x3c], 'utf-8'],
    ['half a mark of the other byte order', [0xfe, 0x3c], 'utf-8'],
    ['half a mark at the second place', [0x3c, 0xfe], 'utf-8'],
    ['half a mark of the other byte order there', [0x3c, 0xff], 'utf-8'],
    ['half a character of UTF-16', [0xff, 0xfe, 0x3c], 'utf-16le'],
    ['half of a pair in the other byte order', [0xfe, 0xff, 0xd8, 0x00], 'utf-16be'],
  ])('is wrong for %s', (_, bytes, encoding) => {
    const { message, kind, cause } = errorOf(Buffer.from(bytes));
    expect(message).toMatch(new RegExp(`^its bytes are not valid ${encoding} \\(.+\\)$`));
    expect(kind).toBe('malformed');
    expect(cause).toHaveProperty('code', 'ERR_ENCODING_INVALID_ENCODED_DATA');
  });

  test.each<[string, number[]]>([
    ['UTF-16 without a mark', [0x3c, 0, 0x61, 0]],
    ['UTF-16 without a mark in the other byte order', [0, 0x3c, 0, 0x61]],
    ['an instruction with a zero at the third place', [0x3c, 0x3f, 0, 0]],
    ['zeros', [0, 0, 0, 0x3f]],
    ['a letter in place of the first zero', [0x3c, 0x61, 0x3f, 0]],
    ['another first character', [0x61, 0, 0x3f, 0]],
    ['a letter in place of the first zero in the other byte order', [0x61, 0x3c, 0, 0x3f]],
    ['another first character in the other byte order', [0, 0x61, 0, 0x3f]],
    ['two odd characters', [0x3c, 0, 0x3f, 0x3f]],
    ['two odd characters in the other byte order', [0, 0x3c, 0x3f, 0x3f]],
  ])('is not UTF-16 for %s', (_, bytes) => {
    expect(errorOf(Buffer.from(bytes)).message).toBe(
      'line 1 contains the character U+0000, which XML forbids',
    );
  });

  test('must be the declared one', () => {
    expect(decodeXml(utf16(declared('utf-16le'))).text).toBe(declared('utf-16le'));
    for (const [name, bytes] of [
      ['utf-8', utf16(declared('UTF-8'))],
      ['utf-16be', utf16(declared('UTF-16BE'))],
      ['utf-16le', utf16(declared('utf-16le')).swap16()],
    ] as const)
      expect(errorOf(bytes)).toMatchObject({
        message: `it is written in UTF-16, but its declaration names the encoding "${name}"`,
        kind: 'malformed',
      });
    const ascii = latin1(declared('ascii', '<é/>'));
    expect(errorOf(ascii)).toMatchObject({
      message: 'its bytes are not valid ascii (byte 40 is not ASCII)',
      kind: 'malformed',
    });
    expect(decodeXml(latin1(declared('ascii', '<\x7f/>'))).text).toBe(declared('ascii', '<\x7f/>'));
  });

  test('is checked for each byte beyond ASCII if the JDK may read it differently', () => {
    for (const [name, bytes] of [
      ['gb2312', '\xd6'],
      ['gb2312', '\xd6\xd0\xa1\x20'],
      ['gb2312', '\xf8\xa1'],
      ['euc-jp', '\xc6\xfc\xa0\xa1'],
      ['euc-jp', '\x8f\xa1'],
      ['euc-jp', '\x80'],
    ] as const)
      expect(errorOf(latin1(declared(name, bytes)))).toMatchObject({
        message: `it contains bytes that are ambiguous in ${name}; save it as UTF-8`,
        kind: 'unread',
      });
    const { message, kind } = errorOf(latin1(declared('iso-8859-7', '\xff')));
    expect(message).toMatch(/^its bytes are not valid iso-8859-7 \(.+\)$/);
    expect(kind).toBe('unread');
  });

  test('windows-1252 has characters in place of controls', () => {
    const bytes = Array.from({ length: 32 }, (_, at) => String.fromCharCode(0x80 + at)).join('');
    expect(decodeXml(latin1(declared('windows-1252', `${bytes}\xa0\xff`))).text).toBe(
      declared('windows-1252', '€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ\xa0ÿ'),
    );
  });

  test.each(['<?xml ?>', '<?xml\tversion="1.0"', '<?xml\nx', '<?xml encoding="l1"?>', declared('8')])(
    'needs a declaration that can be read, unlike %j',
    (text) => {
      expect(errorOf(latin1(text))).toMatchObject({
        message:
          'it is not well-formed XML (line 1: its declaration must be like <?xml version="1.0" encoding="UTF-8"?>)',
        kind: 'malformed',
      });
    },
  );

  test('needs a declaration within the first 1,024 bytes', () => {
    const padded = (length: number) => {
      const declaration = declared('l1', '');
      return latin1(`${declaration.replace('?>', '')}${' '.repeat(length - declaration.length)}?>é`);
    };
    expect(decodeXml(padded(1024)).text).toMatch(/é$/);
    expect(errorOf(padded(1025)).message).toMatch(/its declaration must be like/);
  });

  test.each([
    ['\u0000', '0000'],
    ['\b', '0008'],
    ['\u000b', '000b'],
    ['\f', '000c'],
    ['\u000e', '000e'],
    ['\u001f', '001f'],
    ['\ufffe', 'fffe'],
    ['\uffff', 'ffff'],
  ])('cannot contain %j', (character, code) => {
    expect(errorOf(Buffer.from(`<a>\r\n\t\n${character}`)).message).toBe(
      `line 3 contains the character U+${code}, which XML forbids`,
    );
  });
});
