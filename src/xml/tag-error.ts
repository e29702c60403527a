import { XmlSyntaxError } from './error.js';

/** The error of a document that is cut off. */
export const UNFINISHED = 'it ends unexpectedly';

const ATTRIBUTE_NAME = /[^ \t\r\n/>=<"']+/y;

/**
 * Returns the error in a start tag.
 *
 * @param at offset after its last valid attribute, or after its name
 */
export function faultInTag(text: string, at: number): XmlSyntaxError {
  const start = afterSpace(text, at);
  if (start >= text.length) return new XmlSyntaxError(UNFINISHED, start);
  if (text[start] === '/') return new XmlSyntaxError('"/" in a tag is not followed by ">"', start);
  if (start === at) return new XmlSyntaxError('a space between two attributes is missing', start);
  ATTRIBUTE_NAME.lastIndex = start;
  if (!ATTRIBUTE_NAME.test(text))
    return new XmlSyntaxError('the name of an attribute contains a character that XML forbids there', start);
  const equals = afterSpace(text, ATTRIBUTE_NAME.lastIndex);
  if (text[equals] !== '=') return new XmlSyntaxError('an attribute has no value', equals);
  const value = afterSpace(text, equals + 1);
  const quote = text[value];
  if (quote !== '"' && quote !== "'")
    return new XmlSyntaxError('the value of an attribute is not in quotes', value);
  const bracket = text.indexOf('<', value);
  const close = text.indexOf(quote, value + 1);
  return bracket >= 0 && (close < 0 || bracket < close)
    ? new XmlSyntaxError('the value of an attribute contains "<"; write "&lt;"', bracket)
    : new XmlSyntaxError(UNFINISHED, text.length);
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at++;
  return at;
}
