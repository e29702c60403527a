import { readDocumentType } from '../../../xml/document-type.js';
import { XmlFault } from '../../../xml/fault.js';
import { endOfTag, markupIn } from '../../../xml/markup.js';

/** A document in pieces, each just as it stands there. */
export interface DocumentParts {
  /** Comments, instructions and the document type before the root element, as one text; empty where there are none. */
  readonly prolog: string;
  /** The start tag of the root element, never self-closing. */
  readonly rootTag: string;
  readonly rootName: string;
  /** The children of the root element that are no text: elements and comments. */
  readonly children: readonly DocumentChild[];
}

export interface DocumentChild {
  /** Name of the element; undefined for a comment. */
  readonly name: string | undefined;
  readonly source: string;
}

const DECLARATION = /^<\?xml\s[\s\S]*?\?>/;
const ATTRIBUTE = /\s([^\s=<>/]+)\s*=\s*("[^"]*"|'[^']*')/g;

/**
 * Takes a document apart without changing a character, so that what is kept can be written as it was.
 *
 * @param text a document that the judge of XML has accepted, or an element of one
 */
export function takeApart(text: string): DocumentParts {
  let prolog = '';
  let rootTag: string | undefined;
  let start = 0;
  let depth = 0;
  const children: DocumentChild[] = [];
  const addChild = (from: number, to: number) => {
    const source = text.slice(from, to);
    children.push({ name: nameIn(source), source });
  };
  const from = readDocumentType(text)?.end ?? 0;
  for (const { kind, start: index, end } of markupIn(text, from)) {
    if (kind === 'comment') {
      if (depth === 1) children.push({ name: undefined, source: text.slice(index, end) });
      continue;
    }
    if (kind !== 'tag') continue;
    const source = text.slice(index, end);
    if (source.startsWith('</')) {
      if (--depth === 1) addChild(start, end);
    } else {
      const isEmpty = source.endsWith('/>');
      if (depth === 0) {
        prolog = text.slice(0, index).replace(DECLARATION, '').trim();
        rootTag = isEmpty ? `${source.slice(0, -'/>'.length).trimEnd()}>` : source;
      } else if (depth === 1) {
        if (isEmpty) addChild(index, end);
        else start = index;
      }
      if (!isEmpty) depth++;
    }
  }
  if (rootTag === undefined) throw new XmlFault('it holds no element');
  return { prolog, rootTag, rootName: nameIn(rootTag), children };
}

/**
 * The attributes of a tag that are not in `known`, each with a space before it, as they stand there.
 *
 * @param source the tag, and perhaps what follows it
 */
export function otherAttributes(source: string, known: ReadonlySet<string>): string {
  const tag = source.slice(0, endOfTag(source, 0));
  return [...tag.matchAll(ATTRIBUTE)]
    .filter(([, name = '']) => !known.has(name))
    .map(([, name = '', value = '']) => ` ${name}=${value}`)
    .join('');
}

/** The name of the element that a tag begins. */
export function nameIn(tag: string): string {
  return /^<([^\s/>]+)/.exec(tag)?.[1] ?? '';
}
