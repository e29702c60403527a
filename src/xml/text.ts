/** A character that XML 1.0 forbids everywhere, even as a reference. */
// eslint-disable-next-line no-control-regex -- XML 1.0 forbids control characters (section 2.2)
export const FORBIDDEN_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** Returns the line of an offset, counted from 1. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
