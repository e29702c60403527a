import type { DocumentType } from './document-type.js';
import { shown, XmlSyntaxError } from './error.js';
import { NC_NAME_SOURCE } from './names.js';
import { FORBIDDEN_CHARACTER } from './text.js';

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
const REFERENCE = new RegExp(`&(?:#([0-9]+)|#x([0-9a-fA-F]+)|(${NC_NAME_SOURCE}));`, 'y');

/** The place of a text in a document. */
interface Place {
  readonly offset: number;
  readonly documentType: DocumentType | undefined;
}

/** Decodes the text of an element. Every line end becomes one character. */
export function decodeText(raw: string, place: Place): string {
  return decode(raw, place, raw.includes('\r') ? withPlainLineEnds : unchanged);
}

/** Decodes the value of an attribute. White space becomes spaces, unless it is a reference (XML 1.0, 3.3.3). */
export function decodeAttribute(raw: string, place: Place): string {
  return decode(raw, place, /[\t\n\r]/.test(raw) ? withPlainSpaces : unchanged);
}

/** Decodes a CDATA section, which does not have references. */
export function withPlainLineEnds(raw: string): string {
  return raw.replace(/\r\n?/g, '\n');
}

function withPlainSpaces(raw: string): string {
  return raw.replace(/\r\n|[\t\n\r]/g, ' ');
}

function unchanged(raw: string): string {
  return raw;
}

/**
 * Replaces the references of a text. Supports only characters and the five names of XML, and never expands entities.
 *
 * @param normalize normalizes the text between references as a parser does
 * @throws {XmlSyntaxError} at the first invalid reference
 */
function decode(
  raw: string,
  { offset, documentType }: Place,
  normalize: (between: string) => string,
): string {
  let at = raw.indexOf('&');
  if (at < 0) return normalize(raw);
  let text = '';
  let taken = 0;
  for (; at >= 0; at = raw.indexOf('&', taken)) {
    REFERENCE.lastIndex = at;
    const found = REFERENCE.exec(raw);
    if (!found) throw bareAmpersand(raw, at, offset);
    const [whole, decimal, hex, name] = found;
    const character = name === undefined ? characterOf(decimal, hex, offset + at) : NAMED.get(name);
    if (character === undefined) throw undefinedEntity(name ?? '', offset + at, documentType);
    text += normalize(raw.slice(taken, at)) + character;
    taken = at + whole.length;
  }
  return text + normalize(raw.slice(taken));
}

function characterOf(decimal: string | undefined, hex: string | undefined, offset: number): string {
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10);
  const isCharacter = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  const character = isCharacter ? String.fromCodePoint(code) : '';
  if (character === '' || FORBIDDEN_CHARACTER.test(character))
    throw new XmlSyntaxError('a reference names a character that XML does not have', offset);
  return character;
}

function bareAmpersand(raw: string, at: number, offset: number): XmlSyntaxError {
  const reason = raw.startsWith('&;', at)
    ? '"&;" is not a reference; write "&amp;" for "&"'
    : raw.startsWith('&#', at)
      ? 'a reference names a character that XML does not have'
      : '"&" does not begin a reference; write "&amp;" for "&"';
  return new XmlSyntaxError(reason, offset + at);
}

function undefinedEntity(
  whole: string,
  offset: number,
  documentType: DocumentType | undefined,
): XmlSyntaxError {
  const name = shown(whole);
  if (documentType?.entities.has(whole))
    return new XmlSyntaxError(
      `it uses the entity &${name}; that it declares itself, but entities are not expanded; write the text of the entity instead`,
      offset,
      'unread',
    );
  return new XmlSyntaxError(
    `the entity &${name}; is not declared; write the character itself, or its number as in &#233;`,
    offset,
  );
}
