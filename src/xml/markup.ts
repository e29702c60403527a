/** A piece of markup with the offsets of its beginning and its end. */
export interface Markup {
  readonly kind: 'comment' | 'section' | 'instruction' | 'tag';
  readonly start: number;
  readonly end: number;
}

/**
 * Yields the comments, CDATA sections, instructions and tags of a document. A tag ends at the first `>` that is not in
 * quotes. Stops at the first one without an end, so that every part of the text is searched only once.
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
 * Returns the offset after a tag, or `undefined` if it does not end or another tag begins in it. A regular expression
 * for the whole tag would overflow its stack in a long one.
 *
 * @param start offset of its `<`
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
