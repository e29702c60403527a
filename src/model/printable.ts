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

/** The same for a log in which nothing is a command to GitHub's runner, whatever names the text holds. */
export function asLogText(text: string): string {
  return printable(text)
    .replaceAll('##[', '# #[')
    .replace(/^(\s*)::/gm, '$1: :');
}

/** Whether a text can be written into XML as it is (XML 1.0, section 2.2). */
export function isStorable(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- these are what it is about
  const isForbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text);
  return !isForbidden && isWellFormed(text);
}

/** Whether no half of a character beyond the BMP stands alone. */
export function isWellFormed(text: string): boolean {
  return !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);
}
