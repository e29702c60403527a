/**
 * Text of others without what steers a terminal or turns the direction of the text; line ends and tabs stay.
 * Names come from builds and indexes, and are shown in logs.
 */
export function printable(text: string): string {
  return text.replace(
    // eslint-disable-next-line no-control-regex -- these are what it is about
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    '\ufffd',
  );
}
