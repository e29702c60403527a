import { SaxesParser } from 'saxes';
import { readDocumentType, type DocumentType } from './document-type.js';
import { decodeXml } from './encoding.js';
import { SyntaxFault, XmlFault, type FaultKind } from './fault.js';
import { inPlainWords } from './judge-words.js';
import { isNcName, isQName } from './names.js';
import { skeletonOf } from './skeleton.js';
import { FORBIDDEN_CHARACTER, lineAt } from './text.js';

/** Deepest nesting that is read, as in newer JDKs (`jdk.xml.maxElementDepth`). */
export const MAX_NESTING = 200;
/** Most attributes of an element, as in newer JDKs (`jdk.xml.elementAttributeLimit`). */
const MAX_ATTRIBUTES = 200;
/** How many names are remembered as good. */
const MAX_KNOWN_NAMES = 10_000;
/** How much of a name a message shows, in characters. */
const MAX_SHOWN = 40;
/** As the parser words it. */
const BARE_AMPERSAND = 'disallowed character in entity name.';

/** A document that was judged, and is well-formed. */
export interface JudgedXml {
  readonly text: string;
  /** Undefined if it has none. */
  readonly documentType: DocumentType | undefined;
}

/**
 * Decodes a document and lets only well-formed XML pass. Clients use the SAX parser of the JDK, with namespaces: what this
 * accepts, that parser accepts too. The few things that only that parser accepts are listed in
 * docs/adr/0011-one-judge-of-xml.md.
 *
 * @param bytes a whole document, in any encoding that {@link decodeXml} knows
 * @returns its text, and the document type that was found
 * @throws {XmlFault} that names the line and the column, and what is wrong there
 */
export function judgeXml(bytes: Uint8Array): JudgedXml {
  const { text, isExact } = decodeXml(bytes);
  // Beyond ASCII the JDK may read other characters, so what the markup depends on has to be ASCII.
  const documentType = judge(isExact ? text : text.replace(/[^\0-\x7f]/g, '\ufffd'));
  return { text, documentType };
}

/** The same for a document that is decoded already. */
export function judgeXmlText(text: string): JudgedXml {
  if (/\p{Surrogate}/u.test(text)) throw new XmlFault('it has half of a character, which XML forbids');
  return { text, documentType: judge(text) };
}

function judge(text: string): DocumentType | undefined {
  try {
    if (text.startsWith('\ufeff')) throw new SyntaxFault('there is a byte order mark too many', 0);
    const documentType = readDocumentType(text);
    const body = withoutDocumentType({ text, documentType });
    if (!passes(body)) judgeElements(body, documentType);
    return documentType;
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    const at = Math.min(error.offset, text.length);
    const column = at - text.lastIndexOf('\n', at - 1);
    const { kind } = error;
    const verdict = kind === 'unread' ? 'it cannot be read' : 'it is not well-formed XML';
    throw new XmlFault(`${verdict} (line ${lineAt(text, at)}, column ${column}: ${error.message})`, {
      kind,
      cause: error,
    });
  }
}

/** Whether a document is well-formed, as its skeleton shows; if not, the whole of it says where and why. */
function passes(body: string): boolean {
  if (FORBIDDEN_CHARACTER.test(body)) return false;
  try {
    judgeElements(skeletonOf(body), undefined);
    return true;
  } catch (error) {
    if (error instanceof SyntaxFault) return false;
    throw error;
  }
}

/** @throws {SyntaxFault} */
function judgeElements(text: string, documentType: DocumentType | undefined): void {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const known = new Set<string>();
  /** Where the elements begin that are open. */
  const openings: number[] = [];
  let last = 0;
  let attributes = 0;
  const fail = (reason: string, kind?: FaultKind): never => {
    // The parser has read the character that is wrong.
    throw new SyntaxFault(reason, Math.max(0, parser.position - 1), kind);
  };
  // By the fifth edition of XML, which the parser follows, more names are allowed than the JDK takes.
  const requireName = (name: string) => {
    if (known.has(name)) return;
    if (!isQName(name)) fail(`${JSON.stringify(name.slice(0, MAX_SHOWN))} is not a name in XML 1.0`);
    if (known.size < MAX_KNOWN_NAMES) known.add(name);
  };
  parser.on('error', ({ message }) => {
    const reference = text.lastIndexOf('&', parser.position);
    if (message === 'undefined entity.')
      throw undefinedEntity(text.slice(reference + 1, parser.position - 1), reference, documentType);
    if (message === BARE_AMPERSAND) throw new SyntaxFault(inPlainWords(message), reference);
    const unclosed = /^unclosed tag: (.*)$/s.exec(message)?.[1];
    // The parser looks for the end of a reference up to the end of the document.
    const bare = unclosed === undefined ? -1 : text.indexOf('&', text.lastIndexOf(';') + 1);
    if (bare >= 0) throw new SyntaxFault(inPlainWords(BARE_AMPERSAND), bare);
    if (unclosed !== undefined)
      return fail(`<${unclosed}> of line ${lineAt(text, openings.at(-1) ?? 0)} is not closed`);
    if (message === 'unexpected close tag.')
      return fail(`the closing tag is not that of the element that begins in line ${lineAt(text, last)}`);
    return fail(inPlainWords(message));
  });
  // A declaration without a version is an error of the parser, reported before.
  parser.on('xmldecl', ({ version = '' }) => {
    if (version !== '1.0')
      fail(`it is XML ${version}, and only XML 1.0 is read`, version === '1.1' ? 'unread' : 'malformed');
  });
  // The one that may be there was read before, and is white space now.
  parser.on('doctype', () => fail('a document type stands where none may be'));
  parser.on('processinginstruction', ({ target, body }) => {
    if (!isNcName(target)) fail(`${JSON.stringify(target.slice(0, MAX_SHOWN))} is not a name in XML 1.0`);
    // The parser does not report whether there was white space before it.
    if (body.startsWith('?')) fail('the data of an instruction begins with a question mark');
  });
  parser.on('opentagstart', ({ name }) => {
    requireName(name);
    attributes = 0;
    if (openings.push(parser.position - 1) > MAX_NESTING)
      fail(`elements are nested more than ${MAX_NESTING} deep`, 'unread');
  });
  parser.on('attribute', ({ name }) => {
    requireName(name);
    if (++attributes > MAX_ATTRIBUTES)
      fail(`an element has more than ${MAX_ATTRIBUTES} attributes`, 'unread');
  });
  parser.on('closetag', () => {
    last = openings.pop() ?? 0;
  });
  parser.write(text).close();
}

/** The text with the document type as white space, so that offsets and lines stay. */
export function withoutDocumentType({ text, documentType }: JudgedXml): string {
  if (!documentType) return text;
  const { start, end } = documentType;
  return text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, ' ') + text.slice(end);
}

function undefinedEntity(name: string, offset: number, documentType: DocumentType | undefined): SyntaxFault {
  if (documentType?.entities.has(name))
    return new SyntaxFault(
      `it uses the entity &${name}; that it declares itself; entities are not expanded, so write its text in its place`,
      offset,
      'unread',
    );
  return new SyntaxFault(
    `the entity &${name}; is not declared; write the character itself, or its number as in &#233;`,
    offset,
  );
}
