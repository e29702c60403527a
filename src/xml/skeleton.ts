import { markupIn } from './markup.js';

/** So much text is not worth cutting, in characters. */
const SHORT = 16;

/**
 * Shortens the text between the tags of a document, and its CDATA sections: reading them takes most of the time of a
 * parser, and there is little in them that can be wrong.
 *
 * What comes back is well-formed only if the document is. A parser that has come to the end of one piece of markup, and
 * has found no error, reads the text and the next piece just as they are told apart here. From the first `<` on that
 * begins nothing, nothing is shortened.
 *
 * @param text without a document type, without characters that XML forbids, and without halves of characters
 */
export function skeletonOf(text: string): string {
  let skeleton = '';
  /** Up to where the text was looked at, and up to where it was taken. */
  let end = 0;
  let taken = 0;
  const replace = (from: number, to: number, by: string) => {
    skeleton += text.slice(taken, from) + by;
    taken = to;
  };
  for (const { kind, start, end: next } of markupIn(text)) {
    if (start > end) {
      const between = text.slice(end, start);
      if (between.length > SHORT && isPlain(between)) replace(end, start, 'x');
    }
    if (kind === 'section') replace(start, next, '<![CDATA[]]>');
    end = next;
  }
  // What follows the last piece stays as it is, whatever it is.
  return skeleton + text.slice(taken);
}

/** Text in which nothing can be wrong but where it stands; white space may stand anywhere. */
function isPlain(text: string): boolean {
  return /\S/.test(text) && !/[&\]]/.test(text);
}
