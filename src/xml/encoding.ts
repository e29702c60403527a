import { messageOf } from '../model/user-error.js';
import { XmlError, type FaultKind } from './error.js';
import { FORBIDDEN_CHARACTER, lineAt } from './text.js';

/** A decoded document. */
export interface DecodedXml {
  readonly text: string;
  /**
   * Whether the JDK decodes it to the same text. The tables of older encodings differ, but not for ASCII. If this is
   * false, only the ASCII characters of the text are certain.
   */
  readonly isExact: boolean;
}

/** Maximum length of a declaration, in bytes. */
const DECLARATION_BYTES = 1024;
const S = '[ \\t\\r\\n]';
const VALUE = `${S}*=${S}*(?:"[^"<>]*"|'[^'<>]*')`;
const ENCODING = `${S}*=${S}*(?:"([A-Za-z][\\w.-]*)"|'([A-Za-z][\\w.-]*)')`;
const DECLARATION = new RegExp(
  `^<\\?xml${S}+version${VALUE}(?:${S}+encoding${ENCODING})?(?:${S}+standalone${VALUE})?${S}*\\?>`,
);

const UTF_8 = /^(utf-?8)$/;
const ASCII = /^(us-ascii|ascii|iso646-us|ansi_x3\.4-1968|iso-ir-6|cp367|ibm367)$/;
const LATIN_1 = /^(iso-8859-1|iso_8859-1|iso8859-1|latin1|l1|cp819|ibm819|csisolatin1|iso-ir-100)$/;
const WINDOWS_1252 = /^(windows-1252|cp1252)$/;
/** The bytes 80 to 9F of windows-1252, which some versions of Node decode as ISO-8859-1. */
const WINDOWS_1252_CHARACTERS = '€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ';
/**
 * Encodings that both Node and the JDK know by these names, and decode to the same ASCII characters. Shift_JIS and Big5
 * are excluded, because one character for Node can be an error followed by a letter for the JDK.
 */
const OTHERS =
  /^(windows-125[013-8]|cp125[01]|iso-8859-([2-9]|13|15)|latin2|koi8-[ru]|windows-874|tis-620|gbk|gb18030|euc-kr)$/;

/** Encodings for which the same holds only if all bytes beyond ASCII are in such pairs. */
const PAIRS: ReadonlyMap<string, RegExp> = new Map([
  ['gb2312', /[\xa1-\xf7][\xa1-\xfe]/g],
  ['euc-jp', /[\x8e\xa1-\xfe][\xa1-\xfe]/g],
]);

/**
 * Decodes an XML document in the encoding that it declares (XML 1.0, appendix F).
 *
 * @throws {XmlError} if the encoding is unknown or the bytes are not in it
 */
export function decodeXml(bytes: Uint8Array): DecodedXml {
  const decoded = decode(bytes);
  const forbidden = FORBIDDEN_CHARACTER.exec(decoded.text);
  if (forbidden) {
    const code = forbidden[0].charCodeAt(0).toString(16).padStart(4, '0');
    const line = lineAt(decoded.text, forbidden.index);
    throw new XmlError(`line ${line} contains the character U+${code}, which XML forbids`);
  }
  return decoded;
}

function decode(bytes: Uint8Array): DecodedXml {
  const wide = wideEncodingOf(bytes);
  if (wide !== undefined) {
    const text = decodeBy(wide, bytes);
    const declared = declaredEncoding(text);
    if (declared !== undefined && declared !== 'utf-16' && declared !== wide)
      throw new XmlError(`it is written in UTF-16, but its declaration names the encoding "${declared}"`);
    return { text, isExact: true };
  }
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = hasMark ? bytes.subarray(3) : bytes;
  const start = Buffer.from(body.subarray(0, DECLARATION_BYTES)).toString('latin1');
  const encoding = declaredEncoding(start) ?? 'utf-8';
  if (UTF_8.test(encoding)) return { text: decodeBy('utf-8', body), isExact: true };
  if (ASCII.test(encoding)) {
    const at = body.findIndex((byte) => byte > 0x7f);
    if (at >= 0) throw new XmlError(`its bytes are not valid ${encoding} (byte ${at + 1} is not ASCII)`);
    return { text: Buffer.from(body).toString('latin1'), isExact: true };
  }
  if (LATIN_1.test(encoding)) return { text: Buffer.from(body).toString('latin1'), isExact: true };
  if (WINDOWS_1252.test(encoding)) {
    const text = Buffer.from(body)
      .toString('latin1')
      .replace(
        /[\x80-\x9f]/g,
        (character) => WINDOWS_1252_CHARACTERS[character.charCodeAt(0) - 0x80] as string,
      );
    return { text, isExact: true };
  }
  const pairs = PAIRS.get(encoding);
  if (pairs && /[\x80-\xff]/.test(Buffer.from(body).toString('latin1').replace(pairs, '')))
    throw new XmlError(`it contains bytes that are ambiguous in ${encoding}; save it as UTF-8`, {
      kind: 'unread',
    });
  if (!pairs && !OTHERS.test(encoding))
    throw new XmlError(`it is in the encoding "${encoding}", which is not supported; save it as UTF-8`, {
      kind: 'unread',
    });
  // Java replaces invalid bytes.
  return { text: decodeBy(encoding, body, 'unread'), isExact: false };
}

function decodeBy(encoding: string, bytes: Uint8Array, kind?: FaultKind): string {
  try {
    // A byte order mark was removed before, or is removed here. A second one stays, and is an error.
    const ignoreBOM = !encoding.startsWith('utf-16');
    return new TextDecoder(encoding, { fatal: true, ignoreBOM }).decode(bytes);
  } catch (error) {
    throw new XmlError(`its bytes are not valid ${encoding} (${messageOf(error)})`, { kind, cause: error });
  }
}

/** Detects UTF-16 by a byte order mark, or by the bytes of `<?`. */
function wideEncodingOf([a, b, c, d]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0 && c === 0x3f && d === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c && c === 0 && d === 0x3f)) return 'utf-16be';
  return undefined;
}

/** Returns the encoding that a document declares, in lower case, or `undefined` if it does not declare one. */
function declaredEncoding(text: string): string | undefined {
  if (!/^<\?xml[ \t\r\n]/.test(text)) return undefined;
  const found = DECLARATION.exec(text);
  if (!found)
    throw new XmlError(
      'it is not well-formed XML (line 1: its declaration must be like <?xml version="1.0" encoding="UTF-8"?>)',
    );
  return (found[1] ?? found[2])?.toLowerCase();
}
