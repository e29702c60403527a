const HASH = 0x23;
const NEWLINE = 0x0a;

/**
 * Empties the comment lines of a `.properties` file the way the official updater does (spec, section 2).
 *
 * Its reader remembers one bit, "at line start". The bit is cleared by any character read there, a newline included,
 * so that a comment behind an empty line, or behind a line of only `#`, is not recognised. Every checksum on every
 * site depends on that.
 *
 * @returns the bytes that count, without the `#…` of recognised comments; their newlines stay
 */
export function withoutComments(content: Buffer): Buffer {
  const kept = Buffer.allocUnsafe(content.length);
  let length = 0;
  let atLineStart = true;
  let at = 0;
  while (at < content.length) {
    let byte = content[at++] as number;
    if (atLineStart && byte === HASH) {
      // The comment is read by the same rule: further `#` leave the bit as it is, any other character clears it.
      while (byte === HASH && atLineStart) {
        if (at === content.length) return kept.subarray(0, length);
        byte = content[at++] as number;
      }
      atLineStart = false;
      while (byte !== NEWLINE) {
        if (at === content.length) return kept.subarray(0, length);
        byte = content[at++] as number;
        if (byte === NEWLINE) atLineStart = true;
      }
    } else if (atLineStart) {
      atLineStart = false;
    } else if (byte === NEWLINE) {
      atLineStart = true;
    }
    kept[length++] = byte;
  }
  return kept.subarray(0, length);
}
