import { XmlFault } from './fault.js';

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** What XML 1.0 forbids anywhere, also as a reference. */
// eslint-disable-next-line no-control-regex -- these are what XML 1.0 forbids (section 2.2)
export const FORBIDDEN_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

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
      if (character === '' || FORBIDDEN_CHARACTER.test(character))
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
        // A match is never empty.
        return `&#${character.codePointAt(0) as number};`;
    }
  });
}

/** The line of an offset, counted from 1. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
