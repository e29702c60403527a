import { XmlFault } from '../xml/fault.js';

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

const BESIDE_ROOT = 'there is something beside its root element';
/** Comments, CDATA sections, declarations and instructions, tags: what angle brackets begin. */
const MARKUP =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<![A-Za-z](?:[^<>[]|\[[^\]]*\])*>|<(?:[^<>"']|"[^"]*"|'[^']*')*>/g;
const DECLARATION = /^<\?xml\s[\s\S]*?\?>/;
const START_TAG = /^<(?:[^<>"']|"[^"]*"|'[^']*')*>/;
const ATTRIBUTE = /\s([^\s=<>/]+)\s*=\s*("[^"]*"|'[^']*')/g;

/**
 * Takes a document apart without changing a character, so that what is kept can be written as it was.
 *
 * @param text a well-formed document
 * @throws {XmlFault} where it cannot be followed
 */
export function takeApart(text: string): DocumentParts {
  let depth = 0;
  let prolog = '';
  let rootTag: string | undefined;
  let start = 0;
  let end = 0;
  const children: DocumentChild[] = [];
  for (const { 0: markup, index } of text.matchAll(MARKUP)) {
    requireText(text.slice(end, index), depth);
    end = index + markup.length;
    if (depth === 0 && markup.startsWith('<![CDATA[')) throw new XmlFault(BESIDE_ROOT);
    if (markup.startsWith('<?') || /^<![A-Z]/i.test(markup) || markup.startsWith('<![CDATA[')) continue;
    if (markup.startsWith('<!--')) {
      if (depth === 1) children.push({ name: undefined, source: markup });
      continue;
    }
    if (markup.startsWith('</')) {
      depth--;
      if (depth === 1) children.push(childFrom(text, start, end));
      continue;
    }
    const isEmpty = markup.endsWith('/>');
    if (depth === 0) {
      if (rootTag !== undefined) throw new XmlFault(BESIDE_ROOT);
      prolog = text.slice(0, index).replace(DECLARATION, '').trim();
      rootTag = isEmpty ? `${markup.slice(0, -2).trimEnd()}>` : markup;
    } else if (depth === 1) {
      start = index;
      if (isEmpty) children.push(childFrom(text, start, end));
    }
    if (!isEmpty) depth++;
  }
  requireText(text.slice(end), depth);
  if (rootTag === undefined || depth !== 0) throw new XmlFault('its elements do not end where they should');
  return { prolog, rootTag, rootName: nameIn(rootTag), children };
}

/** Between markup there is only text, and none outside of the root element. */
function requireText(text: string, depth: number): void {
  if (text.includes('<')) throw new XmlFault('it holds a "<" that begins nothing');
  if (depth === 0 && text.trim() !== '') throw new XmlFault(BESIDE_ROOT);
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

function childFrom(text: string, start: number, end: number): DocumentChild {
  const source = text.slice(start, end);
  return { name: nameIn(source), source };
}

function nameIn(tag: string): string {
  return /^<([^\s/>]+)/.exec(tag)?.[1] ?? '';
}
