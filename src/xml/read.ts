/**
 * Reads untrusted XML as strictly as the parsers of clients, within limits, and writes it back with unknown elements
 * and attributes. A document is read once. The result has passed all checks and contains the places in the text.
 *
 * @module
 */

import { readDocumentType, type DocumentType } from './document-type.js';
import type { XmlNode } from './element.js';
import { decodeXml } from './encoding.js';
import { XmlSyntaxError, XmlError } from './error.js';
import { readElements } from './reader.js';
import { lineAt } from './text.js';

/** A parsed document. */
export interface XmlDocument {
  readonly text: string;
  /** `undefined` if the document does not have one. */
  readonly documentType: DocumentType | undefined;
  readonly root: XmlNode;
}

/** What a kind of documents may contain. */
export interface XmlRules {
  /** Whether a document may declare entities. It must not use them. */
  readonly mayDeclareEntities?: boolean;
}

/**
 * Reads a document. Everything that it accepts is also accepted by the SAX parser of the JDK with namespaces, which
 * clients use. docs/adr/0011-one-judge-of-xml.md lists the few things that only that parser accepts.
 *
 * @param bytes a whole document, in any encoding that {@link decodeXml} supports
 * @throws {XmlError} with the line, the column and the reason
 */
export function readXml(bytes: Uint8Array, rules: XmlRules = {}): XmlDocument {
  const { text, isExact } = decodeXml(bytes);
  // The JDK may decode other characters beyond ASCII, so the markup must depend on ASCII only.
  if (!isExact) read(text.replace(/[^\0-\x7f]/g, '\ufffd'), false);
  const document = read(text, false);
  if (!rules.mayDeclareEntities && document.documentType?.entities.size)
    throw new XmlError('it declares entities, which are not needed and can be used for attacks', {
      kind: 'unread',
    });
  return document;
}

/** Reads a document that is already decoded and may declare entities. */
export function readXmlText(text: string): XmlDocument {
  if (/\p{Surrogate}/u.test(text)) throw new XmlError('it contains half of a character, which XML forbids');
  return read(text, false);
}

/**
 * Reads an element that was cut out of a parsed document, or composed of such elements. Its prefixes may be declared
 * elsewhere, and comments may precede it.
 *
 * @throws {XmlError} if the text is not exactly one element
 */
export function readElement(source: string): XmlNode {
  return read(source, true).root;
}

function read(text: string, isPart: boolean): XmlDocument {
  try {
    if (text.startsWith('\ufeff')) throw new XmlSyntaxError('it has a second byte order mark', 0);
    const documentType = readDocumentType(text);
    const root = readElements(withoutDocumentType(text, documentType), { documentType, isPart });
    return { text, documentType, root };
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error;
    const at = Math.min(error.offset, text.length);
    const column = at - text.lastIndexOf('\n', at - 1);
    const { kind } = error;
    const verdict = kind === 'unread' ? 'it cannot be read' : 'it is not well-formed XML';
    throw new XmlError(`${verdict} (line ${lineAt(text, at)}, column ${column}: ${error.message})`, {
      kind,
      cause: error,
    });
  }
}

/** Replaces the document type with white space, so that offsets and lines stay the same. */
function withoutDocumentType(text: string, documentType: DocumentType | undefined): string {
  if (!documentType) return text;
  const { start, end } = documentType;
  return text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, ' ') + text.slice(end);
}
