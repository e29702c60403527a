/**
 * Replaces control and bidirectional characters in untrusted text, except line ends and tabs. Names come from builds
 * and indexes, and are shown in logs.
 */
export function printable(text: string): string {
  return text.replace(
    // eslint-disable-next-line no-control-regex -- it matches control characters
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    '\ufffd',
  );
}

/** Does the same for a log, and breaks up commands to GitHub's runner that untrusted names may contain. */
export function asLogText(text: string): string {
  return printable(text)
    .replaceAll('##[', '# #[')
    .replace(/^(\s*)::/gm, '$1: :');
}

/** Whether a text can be written into XML as it is (XML 1.0, section 2.2). */
export function isStorable(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- it matches control characters
  const isForbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text);
  return !isForbidden && isWellFormed(text);
}

/** Whether the text has no lone surrogates. */
export function isWellFormed(text: string): boolean {
  return !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);
}
