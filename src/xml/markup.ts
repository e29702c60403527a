/** A piece of markup: where it begins, and where what follows it begins. */
export interface Markup {
  readonly kind: 'comment' | 'section' | 'instruction' | 'tag';
  readonly start: number;
  readonly end: number;
}

const TAG = /<(?:[^<>"']|"[^"]*"|'[^']*')*>/y;

/**
 * What angle brackets begin in a document: comments, CDATA sections and instructions, up to the first place where they can end,
 * and tags, up to the first `>` that is not in quotes. What ends nowhere is passed over.
 *
 * @param text without a document type
 */
export function* markupIn(text: string, from = 0): Generator<Markup, void, undefined> {
  let start = text.indexOf('<', from);
  while (start >= 0) {
    const markup = markupAt(text, start);
    if (markup) yield markup;
    start = text.indexOf('<', markup?.end ?? start + 1);
  }
}

function markupAt(text: string, start: number): Markup | undefined {
  if (text.startsWith('<!--', start)) return upTo(text, start, 'comment', '-->', 4);
  if (text.startsWith('<![CDATA[', start)) return upTo(text, start, 'section', ']]>', 9);
  if (text.startsWith('<?', start)) return upTo(text, start, 'instruction', '?>', 2);
  TAG.lastIndex = start;
  return TAG.test(text) ? { kind: 'tag', start, end: TAG.lastIndex } : undefined;
}

function upTo(
  text: string,
  start: number,
  kind: Markup['kind'],
  mark: string,
  opening: number,
): Markup | undefined {
  const at = text.indexOf(mark, start + opening);
  return at < 0 ? undefined : { kind, start, end: at + mark.length };
}
