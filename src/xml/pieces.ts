import { XmlFault } from './fault.js';

/** A piece of markup, as it stands in the document. */
export interface Piece {
  readonly kind: 'comment' | 'section' | 'instruction' | 'type' | 'start' | 'end' | 'empty';
  readonly source: string;
  /** Where it begins in the document. */
  readonly index: number;
  /** How many elements are open before it. */
  readonly depth: number;
}

/** Comments, CDATA sections, declarations and instructions, document types, tags: what angle brackets begin. */
const MARKUP =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<!DOCTYPE\s(?:[^<>[]|\[[^\]]*\])*>|<(?:[^<>"'!?]|"[^"]*"|'[^']*')*>/g;
const TAG = /^<(?:\/[^\s=<>/"'&]+|[^\s=<>/"'&]+(?:\s+[^\s=<>/"'&]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*\/?)\s*>$/;
const INSTRUCTION = /^<\?[^\s=<>/"'&?]+(?:\s[\s\S]*)?\?>$/;
/** One that no reference begins with; entities of other names are never declared. */
const BARE_AMPERSAND = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)/;
const BESIDE_ROOT = 'there is something beside its root element';
/** How much of what is wrong a message shows, in characters. */
const MAX_SHOWN = 40;

/**
 * Walks through the markup of a document. More is refused than fast-xml-parser refuses: what parsers of others do not
 * take is lost to them as a whole.
 *
 * @param text a document whose tags match, as fast-xml-parser's validator tells
 * @throws {XmlFault} where a piece, or what stands between two, is not what XML 1.0 allows
 */
export function* piecesOf(text: string): Generator<Piece, void> {
  let depth = 0;
  let end = 0;
  let hasRoot = false;
  for (const { 0: source, index } of text.matchAll(MARKUP)) {
    requireText(text.slice(end, index), depth);
    end = index + source.length;
    const kind = kindOf(source);
    if (!isAllowed(kind, source, index))
      throw new XmlFault(`it holds ${JSON.stringify(source.slice(0, MAX_SHOWN))}, which XML forbids`);
    const isElement = kind === 'start' || kind === 'empty';
    if (depth === 0 && (kind === 'section' || (isElement && hasRoot))) throw new XmlFault(BESIDE_ROOT);
    if (isElement) hasRoot = true;
    if (kind === 'end') depth--;
    yield { kind, source, index, depth };
    if (kind === 'start') depth++;
  }
  requireText(text.slice(end), depth);
  if (!hasRoot || depth !== 0) throw new XmlFault('its elements do not end where they should');
}

/** @throws {XmlFault} where the document is not what {@link piecesOf} takes */
export function requireStrict(text: string): void {
  for (const piece of piecesOf(text)) void piece;
}

function kindOf(source: string): Piece['kind'] {
  if (source.startsWith('<!--')) return 'comment';
  if (source.startsWith('<![')) return 'section';
  if (source.startsWith('<!')) return 'type';
  if (source.startsWith('<?')) return 'instruction';
  if (source.startsWith('</')) return 'end';
  return source.endsWith('/>') ? 'empty' : 'start';
}

function isAllowed(kind: Piece['kind'], source: string, index: number): boolean {
  switch (kind) {
    case 'comment':
      return source.length >= '<!---->'.length && !/--|-$/.test(source.slice('<!--'.length, -'-->'.length));
    case 'instruction':
      return /^<\?xml\s/i.test(source) ? index === 0 : INSTRUCTION.test(source);
    case 'section':
    case 'type':
      return true;
    case 'start':
    case 'end':
    case 'empty':
      return TAG.test(source) && !BARE_AMPERSAND.test(source);
  }
}

/** Between markup there is only text, and none outside of the root element. */
function requireText(text: string, depth: number): void {
  const stray = /<|\]\]>/.exec(text) ?? BARE_AMPERSAND.exec(text);
  if (stray) throw new XmlFault(`it holds a "${stray[0]}" that means nothing there`);
  if (depth === 0 && text.trim() !== '') throw new XmlFault(BESIDE_ROOT);
}
