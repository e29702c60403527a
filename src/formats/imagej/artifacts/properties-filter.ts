const HASH = 0x23;
const NEWLINE = 0x0a;

/** Takes the content of a file piece by piece, and returns what counts of each piece. */
export type ContentFilter = (piece: Buffer) => Buffer;

/** Where the reader is. "At line start" is the one bit that it remembers; the rest is where it stands in its own code. */
type Place = 'line start' | 'line' | 'comment start' | 'comment';

/**
 * Empties the comment lines of a `.properties` file the way the official updater does (spec, section 2).
 *
 * Its reader remembers one bit, "at line start". The bit is cleared by any character read there, a newline included,
 * so that a comment behind an empty line, or behind a line of only `#`, is not recognised. Every checksum on every
 * site depends on that.
 *
 * @returns a filter for one file: it leaves out the `#…` of recognised comments; their newlines stay
 */
export function createCommentFilter(): ContentFilter {
  let place: Place = 'line start';
  return (piece) => {
    const kept = Buffer.allocUnsafe(piece.length);
    let length = 0;
    for (const byte of piece) {
      const isComment: boolean = place === 'comment start' || place === 'comment';
      if (!isComment && !(place === 'line start' && byte === HASH)) {
        place = place === 'line' && byte === NEWLINE ? 'line start' : 'line';
        kept[length++] = byte;
      } else if (place !== 'comment' && byte === HASH) {
        // The comment is read by the same rule: further `#` leave the bit as it is, any other character clears it.
        place = 'comment start';
      } else if (byte === NEWLINE) {
        place = place === 'comment' ? 'line start' : 'line';
        kept[length++] = byte;
      } else {
        place = 'comment';
      }
    }
    return kept.subarray(0, length);
  };
}
