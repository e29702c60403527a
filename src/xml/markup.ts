/** A piece of markup: where it begins, and where what follows it begins. */
export interface Markup {
  readonly kind: 'comment' | 'section' | 'instruction' | 'tag';
  readonly start: number;
  readonly end: number;
}

/**
 * What angle brackets begin in a document: comments, CDATA sections and instructions, up to the first place where they can end,
 * and tags, up to the first `>` that is not in quotes. It ends before the first that ends nowhere, so that no part of the text
 * is looked through twice.
 *
 * @param text without a document type
 */
export function* markupIn(text: string, from = 0): Generator<Markup, void, undefined> {
  let start = text.indexOf('<', from);
  while (start >= 0) {
    const markup = markupAt(text, start);
    if (markup === undefined) return;
    yield markup;
    start = text.indexOf('<', markup.end);
  }
}

function markupAt(text: string, start: number): Markup | undefined {
  if (text.startsWith('<!--', start)) return upTo(text, start, 'comment', '-->', 4);
  if (text.startsWith('<![CDATA[', start)) return upTo(text, start, 'section', ']]>', 9);
  if (text.startsWith('<?', start)) return upTo(text, start, 'instruction', '?>', 2);
  const end = endOfTag(text, start);
  return end === undefined ? undefined : { kind: 'tag', start, end };
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

/**
 * Where what follows a tag begins; undefined if another tag begins in it, or it ends nowhere. A regular expression for the whole
 * tag would overflow its stack in a long one.
 *
 * @param start where its `<` is
 */
export function endOfTag(text: string, start: number): number | undefined {
  const next = /[<>"']/g;
  next.lastIndex = start + 1;
  for (let found = next.exec(text); found; found = next.exec(text)) {
    const [character] = found;
    if (character === '>') return next.lastIndex;
    if (character === '<') return undefined;
    const close = text.indexOf(character, next.lastIndex);
    if (close < 0) return undefined;
    next.lastIndex = close + 1;
  }
  return undefined;
}
