/**
 * Reads untrusted XML as strictly as the parsers of clients do, within bounds, and writes it back: unknown elements and
 * attributes survive. A document is read once: what is returned has passed every rule, and knows its places in the text.
 *
 * @module
 */

import { readDocumentType, type DocumentType } from './document-type.js';
import type { XmlNode } from './element.js';
import { decodeXml } from './encoding.js';
import { XmlSyntaxError, XmlError } from './error.js';
import { readElements } from './reader.js';
import { lineAt } from './text.js';

/** A document that was read. */
export interface XmlDocument {
  readonly text: string;
  /** Undefined if it has none. */
  readonly documentType: DocumentType | undefined;
  readonly root: XmlNode;
}

/** What a kind of documents may have. */
export interface XmlRules {
  /** Whether a document may declare entities, as long as it does not use them. */
  readonly mayDeclareEntities?: boolean;
}

/**
 * Reads a document. Clients use the SAX parser of the JDK, with namespaces: what is read here, that parser accepts too. The few
 * things that only that parser accepts are listed in docs/adr/0011-one-judge-of-xml.md.
 *
 * @param bytes a whole document, in any encoding that {@link decodeXml} knows
 * @throws {XmlError} that names the line and the column, and what is wrong there
 */
export function readXml(bytes: Uint8Array, rules: XmlRules = {}): XmlDocument {
  const { text, isExact } = decodeXml(bytes);
  // Beyond ASCII the JDK may read other characters, so what the markup depends on has to be ASCII.
  if (!isExact) read(text.replace(/[^\0-\x7f]/g, '\ufffd'), false);
  const document = read(text, false);
  if (!rules.mayDeclareEntities && document.documentType?.entities.size)
    throw new XmlError('it declares entities, which are not needed and can be used for attacks', {
      kind: 'unread',
    });
  return document;
}

/** The same for a document that is decoded already, and may declare entities. */
export function readXmlText(text: string): XmlDocument {
  if (/\p{Surrogate}/u.test(text)) throw new XmlError('it has half of a character, which XML forbids');
  return read(text, false);
}

/**
 * Reads an element that was cut out of a document which was read, or made of such elements: its prefixes may be declared
 * elsewhere. Comments may stand before it.
 *
 * @throws {XmlError} if it is not one element
 */
export function readElement(source: string): XmlNode {
  return read(source, true).root;
}

function read(text: string, isPart: boolean): XmlDocument {
  try {
    if (text.startsWith('\ufeff')) throw new XmlSyntaxError('there is a byte order mark too many', 0);
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

/** The text with the document type as white space, so that offsets and lines stay. */
function withoutDocumentType(text: string, documentType: DocumentType | undefined): string {
  if (!documentType) return text;
  const { start, end } = documentType;
  return text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, ' ') + text.slice(end);
}
