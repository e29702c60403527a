import { SyntaxFault, XmlFault } from '../../../xml/fault.js';
import { judgeXml, judgeXmlText, type JudgedXml } from '../../../xml/judge.js';
import { lineAt } from '../../../xml/text.js';
import { parseElement } from '../../../xml/tree.js';
import { nameIn, takeApart } from './document-slices.js';
import { entryOf, parseEntry } from './entry-xml.js';
import { areOnlyEntries, isEntryName, mayHoldEntry, requirePlaces } from './places.js';
import { EMPTY_REPOSITORY, INDEX_PATH, type PublishedVersion, type Repository } from './repository.js';

/** Most elements and comments in the root element; versions of one plugin are compared with each other. */
const MAX_CHILDREN = 50_000;
/** Longest start tag of the root element, in characters: each entry of the history is judged inside of it. */
const MAX_ROOT_TAG = 16 * 1024;

/**
 * Reads an index as IDEs do (spec, section 1).
 *
 * @throws {XmlFault} if it is not well-formed, or IDEs refuse it for what cannot be mended here
 */
export function parseIndex(bytes: Uint8Array): Repository {
  const judged = judgeXml(bytes);
  const { prolog, rootTag, rootName, children } = takeApart(withoutDeclarations(judged));
  if (!areOnlyEntries(rootName, children)) requirePlaces(judged.text, judged.documentType?.end);
  if (isEntryName(rootName))
    throw new XmlFault(`its root element is <${rootName}> itself; put it into <plugins>`);
  if (rootTag.length > MAX_ROOT_TAG)
    throw new XmlFault(`its root tag has ${rootTag.length} characters; at most ${MAX_ROOT_TAG} are read`);
  const direct: PublishedVersion[] = [];
  const inside: PublishedVersion[] = [];
  const others: string[] = [];
  if (children.length > MAX_CHILDREN)
    throw new XmlFault(`it has ${children.length} elements and comments; at most ${MAX_CHILDREN} are read`);
  let comments: string[] = [];
  for (const { name, source } of children) {
    if (name === undefined) {
      comments.push(source);
      continue;
    }
    // A comment is about what follows it, and goes where that goes.
    const whole = [...comments, source].join('\n  ');
    const entry = isEntryName(name) ? entryOf(parseElement(source), whole) : undefined;
    if (entry) direct.push({ entry, state: 'offered', archive: undefined });
    else {
      others.push(whole);
      if (!isEntryName(name)) inside.push(...entriesInside(name, source, rootTag));
    }
    comments = [];
  }
  // In the order in which they are written.
  const versions = [...direct, ...inside];
  if (versions.length > MAX_CHILDREN)
    throw new XmlFault(`it has ${versions.length} plugins; at most ${MAX_CHILDREN} are read`);
  const hadDocumentType = judged.documentType !== undefined;
  return {
    ...EMPTY_REPOSITORY,
    versions,
    prolog,
    hadDocumentType,
    rootTag,
    others: [...others, ...comments],
  };
}

/** A document without its document type: IDEs refuse a file that has one. */
function withoutDeclarations({ text, documentType }: JudgedXml): string {
  if (!documentType) return text;
  const declarations = text.slice(documentType.start, documentType.end);
  if (/<!ATTLIST[^>]*["']/.test(declarations))
    throw new XmlFault(
      `its document type gives attributes a value (line ${lineAt(text, documentType.start)}), and IDEs refuse every file with a document type; write the values into the elements, and remove it`,
    );
  return text.slice(0, documentType.start).trimEnd() + text.slice(documentType.end);
}

/** The entries in an element that is not one itself, a category for example: IDEs read them too. */
function entriesInside(element: string, source: string, rootTag: string): readonly PublishedVersion[] {
  if (!/<(?:idea-)?plugin[\s/>]/.test(source)) return [];
  return takeApart(source).children.flatMap((child): readonly PublishedVersion[] => {
    if (child.name === undefined) return [];
    if (!isEntryName(child.name)) return entriesInside(child.name, child.source, rootTag);
    const entry = parseEntry(child.source);
    if (!entry) return [];
    // In the file of a branch it stands right in the root element.
    judgeWithin(rootTag, entry.source, `the entry of ${JSON.stringify(entry.id)} in <${element}>`);
    return [{ entry, state: 'offered', archive: undefined, inside: element }];
  });
}

/** Judges an entry in the root element, as one document. A place in it would say nothing to people: it is in none of their files. */
export function judgeWithin(rootTag: string, entry: string, which: string): string {
  try {
    const { text } = judgeXmlText(`${rootTag}${entry}</${nameIn(rootTag)}>`);
    if (mayHoldEntry(entry)) requirePlaces(entry);
    return text;
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error;
    const reason = error.cause instanceof SyntaxFault ? error.cause.message : error.message;
    throw new XmlFault(`${which} does not fit into the root element of ${INDEX_PATH}: ${reason}`, {
      cause: error,
    });
  }
}
