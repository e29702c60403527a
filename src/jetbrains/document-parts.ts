import { XmlFault } from '../xml/fault.js';
import { piecesOf } from '../xml/pieces.js';

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
const START_TAG = /^<(?:[^<>"']|"[^"]*"|'[^']*')*>/;
const ATTRIBUTE = /\s([^\s=<>/]+)\s*=\s*("[^"]*"|'[^']*')/g;

/**
 * Takes a document apart without changing a character, so that what is kept can be written as it was.
 *
 * @param text a well-formed document
 * @throws {XmlFault} where parsers of others would not take it
 */
export function takeApart(text: string): DocumentParts {
  let prolog = '';
  let rootTag: string | undefined;
  let start = 0;
  const children: DocumentChild[] = [];
  const addChild = (from: number, to: number) => {
    const source = text.slice(from, to);
    children.push({ name: nameIn(source), source });
  };
  for (const { kind, source, index, depth } of piecesOf(text)) {
    const end = index + source.length;
    if (depth === 0 && (kind === 'start' || kind === 'empty')) {
      prolog = text.slice(0, index).replace(DECLARATION, '').trim();
      rootTag = kind === 'empty' ? `${source.slice(0, -'/>'.length).trimEnd()}>` : source;
    } else if (depth === 1) {
      if (kind === 'comment') children.push({ name: undefined, source });
      else if (kind === 'empty') addChild(index, end);
      else if (kind === 'start') start = index;
      else if (kind === 'end') addChild(start, end);
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
  const [tag = ''] = START_TAG.exec(source) ?? [];
  return [...tag.matchAll(ATTRIBUTE)]
    .filter(([, name = '']) => !known.has(name))
    .map(([, name = '', value = '']) => ` ${name}=${value}`)
    .join('');
}

function nameIn(tag: string): string {
  return /^<([^\s/>]+)/.exec(tag)?.[1] ?? '';
}
