import { messageOf } from '../model/user-error.js';
import { XmlFault } from './fault.js';

/** How far into a document its declaration is looked for, in bytes. */
const DECLARATION_BYTES = 256;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
// eslint-disable-next-line no-control-regex -- these are what XML 1.0 forbids (section 2.2)
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/**
 * The text of an XML document, in whatever encoding it says it is (XML 1.0, appendix F).
 *
 * @throws {XmlFault} where the encoding is unknown or the bytes are not in it
 */
export function decodeXml(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  let text: string;
  // What browsers call iso-8859-1 is another encoding; XML means the real one.
  if (/^(iso-8859-1|iso_8859-1|latin1|us-ascii|ascii)$/.test(encoding))
    text = Buffer.from(bytes).toString('latin1');
  else text = decodeAs(encoding, bytes);
  const forbidden = FORBIDDEN.exec(text);
  if (forbidden) {
    const code = forbidden[0].charCodeAt(0).toString(16).padStart(4, '0');
    throw new XmlFault(
      `line ${lineAt(text, forbidden.index)} holds the character U+${code}, which XML forbids`,
    );
  }
  return text;
}

function decodeAs(encoding: string, bytes: Uint8Array): string {
  let decoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch (error) {
    throw new XmlFault(`it is in the encoding "${encoding}", which is not supported`, error);
  }
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw new XmlFault(`its bytes are not valid ${encoding} (${messageOf(error)})`, error);
  }
}

function encodingOf(bytes: Uint8Array): string {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return 'utf-16be';
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return 'utf-16le';
  const start = Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1');
  const declared = /^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.:-]*)["']/.exec(start)?.[1];
  return declared?.toLowerCase() ?? 'utf-8';
}

/** Replaces the references of a text; only characters and the five names of XML are known, nothing is ever expanded. */
export function decodeReferences(raw: string): string {
  if (!raw.includes('&')) return raw;
  return raw.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([^\s&;]{1,64}));|&/g,
    (whole, decimal, hex, name) => {
      if (typeof name === 'string' && Object.hasOwn(NAMED, name)) return NAMED[name] as string;
      const digits = (decimal ?? hex) as string | undefined;
      const code = digits === undefined ? -1 : Number.parseInt(digits, decimal === undefined ? 16 : 10);
      const character =
        code >= 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '';
      if (character === '' || FORBIDDEN.test(character))
        throw new XmlFault(`it refers to "${whole}", which is not defined`);
      return character;
    },
  );
}

/** The value of an attribute: white space is one kind of space, unless it is written as a reference (XML 1.0, 3.3.3). */
export function decodeAttribute(raw: string): string {
  return decodeReferences(/[\t\n\r]/.test(raw) ? raw.replace(/\r\n|[\t\n\r]/g, ' ') : raw);
}

/** The text for the content of an element, as the official updater writes it (spec, section 5). */
export function encodeText(text: string): string {
  return /[&<>\r\ud800-\udbff]/.test(text) ? escape(text, /[&<>\r]|[\ud800-\udbff][\udc00-\udfff]/g) : text;
}

/** The text for the value of an attribute, as the official updater writes it (spec, section 5). */
export function encodeAttribute(value: string): string {
  return /[&<>"\t\n\r\ud800-\udbff]/.test(value)
    ? escape(value, /[&<>"\t\n\r]|[\ud800-\udbff][\udc00-\udfff]/g)
    : value;
}

function escape(text: string, characters: RegExp): string {
  return text.replace(characters, (character) => {
    switch (character) {
      case '&':
        return '&amp;';
      case '<':
        return '&lt;';
      case '>':
        return '&gt;';
      case '"':
        return '&quot;';
      default:
        return `&#${character.codePointAt(0)};`;
    }
  });
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
