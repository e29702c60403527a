import { isElement, type XmlNode } from '../../../xml/element.js';
import { XmlSyntaxError, XmlError } from '../../../xml/error.js';
import { readXml, readXmlText, type XmlDocument } from '../../../xml/read.js';
import { lineAt } from '../../../xml/text.js';
import { nameIn, sliceDocument } from './document-slices.js';
import { entryOf, parseEntry } from './entry-xml.js';
import { isEntryName, lineIn, requirePlaces } from './places.js';
import { EMPTY_REPOSITORY, INDEX_PATH, type PublishedVersion, type Repository } from './repository.js';

/** Maximum number of elements and comments in the root element. Versions of one plugin are compared with each other. */
const MAX_CHILDREN = 50_000;
/** Maximum length of the root start tag, in characters. Each entry of the history is checked inside it. */
export const MAX_ROOT_TAG = 16 * 1024;

/**
 * Parses an index as IDEs do (spec, section 1).
 *
 * @throws {XmlError} if it is not well-formed, or if IDEs refuse it for a reason that cannot be fixed here
 */
export function parseIndex(bytes: Uint8Array): Repository {
  // Entities disappear with the document type that declares them.
  const document = readXml(bytes, { mayDeclareEntities: true });
  const { text, documentType, root } = document;
  requireNoDefaults(document);
  const { prolog, rootTag, children } = sliceDocument(document);
  requirePlaces(root, lineIn(text));
  if (isEntryName(root.name))
    throw new XmlError(`its root element is <${root.name}> itself; put it into <plugins>`);
  // IDEs accept any root, but this is a page that a server sent for a file that does not exist.
  if (root.name.toLowerCase() === 'html')
    throw new XmlError(`its root element is <${root.name}>: it is a web page, not an index`);
  if (rootTag.length > MAX_ROOT_TAG)
    throw new XmlError(`its root tag has ${rootTag.length} characters; at most ${MAX_ROOT_TAG} are read`);
  const direct: PublishedVersion[] = [];
  const inside: PublishedVersion[] = [];
  const others: string[] = [];
  if (children.length > MAX_CHILDREN)
    throw new XmlError(`it has ${children.length} elements and comments; at most ${MAX_CHILDREN} are read`);
  let comments: string[] = [];
  for (const { node, source } of children) {
    if (node === undefined) {
      comments.push(source);
      continue;
    }
    // A comment belongs to the element after it.
    const whole = [...comments, source].join('\n  ');
    const isEntry = isEntryName(node.name);
    const entry = isEntry ? entryOf(node, whole) : undefined;
    if (entry) direct.push({ entry, state: 'offered', archive: undefined });
    else {
      others.push(whole);
      if (!isEntry) inside.push(...entriesInside(node, text, rootTag));
    }
    comments = [];
  }
  // In the order in which they are written.
  const versions = [...direct, ...inside];
  if (versions.length > MAX_CHILDREN)
    throw new XmlError(`it has ${versions.length} plugins; at most ${MAX_CHILDREN} are read`);
  return {
    ...EMPTY_REPOSITORY,
    versions,
    prolog,
    hadDocumentType: documentType !== undefined,
    rootTag,
    others: [...others, ...comments],
  };
}

/** Checks that the document type, which IDEs refuse, can be dropped without losing values of attributes. */
function requireNoDefaults({ text, documentType }: XmlDocument): void {
  if (!documentType) return;
  const declarations = text.slice(documentType.start, documentType.end);
  if (/<!ATTLIST[^>]*["']/.test(declarations))
    throw new XmlError(
      `its document type declares default values (line ${lineAt(text, documentType.start)}), and IDEs refuse every file with a document type; write the values into the elements and remove the document type`,
    );
}

/** Returns the entries inside another element, such as a category. IDEs read them too. */
function entriesInside(node: XmlNode, text: string, rootTag: string): readonly PublishedVersion[] {
  return node.children.flatMap((child): readonly PublishedVersion[] => {
    if (!isElement(child)) return [];
    if (!isEntryName(child.name)) return entriesInside(child, text, rootTag);
    const entry = parseEntry(text.slice(child.start, child.end));
    if (!entry) return [];
    // In the file of a branch, it is directly in the root element.
    readWithin(rootTag, entry.source, `the entry of ${JSON.stringify(entry.id)} in <${node.name}>`);
    return [{ entry, state: 'offered', archive: undefined, inside: node.name }];
  });
}

/** Parses an entry inside the root element. Errors do not contain a place, because users do not have this document. */
export function readWithin(rootTag: string, entry: string, which: string): XmlDocument {
  try {
    const document = readXmlText(`${rootTag}${entry}</${nameIn(rootTag)}>`);
    const lineOf = ({ start }: XmlNode) => lineAt(entry, start - rootTag.length);
    for (const child of document.root.children) if (isElement(child)) requirePlaces(child, lineOf);
    return document;
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const reason = error.cause instanceof XmlSyntaxError ? error.cause.message : error.message;
    throw new XmlError(`${which} does not fit into the root element of ${INDEX_PATH}: ${reason}`, {
      cause: error,
    });
  }
}
