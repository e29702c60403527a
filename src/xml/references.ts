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

/** Where a text stands in a document. */
interface Place {
  readonly offset: number;
  readonly documentType: DocumentType | undefined;
}

/** The text of an element: every line end is one character. */
export function decodeText(raw: string, place: Place): string {
  return decode(raw, place, raw.includes('\r') ? withPlainLineEnds : asItIs);
}

/** The value of an attribute: white space is one kind of space, unless it is written as a reference (XML 1.0, 3.3.3). */
export function decodeAttribute(raw: string, place: Place): string {
  return decode(raw, place, /[\t\n\r]/.test(raw) ? withPlainSpaces : asItIs);
}

/** A section of CDATA has no references. */
export function withPlainLineEnds(raw: string): string {
  return raw.replace(/\r\n?/g, '\n');
}

function withPlainSpaces(raw: string): string {
  return raw.replace(/\r\n|[\t\n\r]/g, ' ');
}

function asItIs(raw: string): string {
  return raw;
}

/**
 * Replaces the references of a text. Only characters and the five names of XML are known, nothing is ever expanded.
 *
 * @param normalize makes of what stands between the references what a parser makes of it
 * @throws {XmlSyntaxError} at the first reference that means nothing
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
    ? 'there is "&;", which has no meaning; write "&amp;" for "&"'
    : raw.startsWith('&#', at)
      ? 'a reference names a character that XML does not have'
      : 'there is a "&" that begins no reference; write "&amp;" for "&"';
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
      `it uses the entity &${name}; that it declares itself; entities are not expanded, so write its text in its place`,
      offset,
      'unread',
    );
  return new XmlSyntaxError(
    `the entity &${name}; is not declared; write the character itself, or its number as in &#233;`,
    offset,
  );
}
