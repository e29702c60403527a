/** What XML 1.0 forbids anywhere, also as a reference. */
// eslint-disable-next-line no-control-regex -- these are what XML 1.0 forbids (section 2.2)
export const FORBIDDEN_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** The line of an offset, counted from 1. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
