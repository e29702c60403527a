import type { XmlNode } from '../../../xml/element.js';
import { isElement } from '../../../xml/element.js';
import { endOfTag, markupIn } from '../../../xml/markup.js';
import type { XmlDocument } from '../../../xml/read.js';

/** The slices of a document, unchanged. */
export interface DocumentParts {
  /** Comments and instructions before the root element, as one text. May be empty. */
  readonly prolog: string;
  /** The start tag of the root element, never self-closing. */
  readonly rootTag: string;
  /** The elements and comments in the root element. */
  readonly children: readonly DocumentChild[];
}

export interface DocumentChild {
  /** `undefined` for a comment. */
  readonly node: XmlNode | undefined;
  readonly source: string;
}

const DECLARATION = /^<\?xml\s[\s\S]*?\?>/;
const ATTRIBUTE = /\s([^\s=<>/]+)\s*=\s*("[^"]*"|'[^']*')/g;

/** Slices a document without changing a character, so that the slices can be written back as they were. */
export function sliceDocument({ text, documentType, root }: XmlDocument): DocumentParts {
  const before = documentType
    ? text.slice(0, documentType.start).trimEnd() + text.slice(documentType.end, root.start)
    : text.slice(0, root.start);
  const tag = text.slice(root.start, root.startTagEnd);
  return {
    prolog: before.replace(DECLARATION, '').trim(),
    rootTag: tag.endsWith('/>') ? `${tag.slice(0, -'/>'.length).trimEnd()}>` : tag,
    children: childrenOf(root, text),
  };
}

/** Returns the direct child elements and comments of an element, in order. */
export function childrenOf(node: XmlNode, text: string): readonly DocumentChild[] {
  const children: DocumentChild[] = [];
  let from = node.startTagEnd;
  const addComments = (to: number) => {
    if (text.indexOf('<', from) >= to) return;
    for (const { kind, start, end } of markupIn(text, from)) {
      if (start >= to) return;
      if (kind === 'comment') children.push({ node: undefined, source: text.slice(start, end) });
    }
  };
  for (const child of node.children) {
    if (!isElement(child)) continue;
    addComments(child.start);
    children.push({ node: child, source: text.slice(child.start, child.end) });
    from = child.end;
  }
  if (!isEmptyTag(node)) addComments(node.end);
  return children;
}

/** Returns the place of an element's content, or `undefined` if the element is a single tag. */
export function contentOf(node: XmlNode, text: string): { start: number; end: number } | undefined {
  return isEmptyTag(node)
    ? undefined
    : { start: node.startTagEnd, end: text.lastIndexOf('</', node.end - 1) };
}

function isEmptyTag({ startTagEnd, end }: XmlNode): boolean {
  return startTagEnd === end;
}

/**
 * Returns the attributes of a tag that are not in `known`, unchanged, each with a space before it.
 *
 * @param source begins with the tag
 */
export function otherAttributes(source: string, known: ReadonlySet<string>): string {
  const tag = source.slice(0, endOfTag(source, 0));
  return [...tag.matchAll(ATTRIBUTE)]
    .filter(([, name = '']) => !known.has(name))
    .map(([, name = '', value = '']) => ` ${name}=${value}`)
    .join('');
}

/**
 * Adds the prefixes that another tag declares and this one does not, so that elements with them fit inside.
 *
 * @param tag a start tag, not self-closing
 */
export function withPrefixesOf(tag: string, other: string): string {
  const own = new Set([...tag.matchAll(ATTRIBUTE)].map(([, name]) => name));
  const missing = [...other.matchAll(ATTRIBUTE)]
    .filter(([, name = '']) => name.startsWith('xmlns:') && !own.has(name))
    .map(([attribute]) => ` ${attribute.trim()}`);
  return missing.length === 0 ? tag : `${tag.slice(0, -1).trimEnd()}${missing.join('')}>`;
}

/** Returns the name in a start tag. */
export function nameIn(tag: string): string {
  return /^<([^\s/>]+)/.exec(tag)?.[1] ?? '';
}
