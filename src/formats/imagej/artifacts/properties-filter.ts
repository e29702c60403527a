const HASH = 0x23;
const NEWLINE = 0x0a;

/** Filters the content of a file piece by piece. Returns what remains of each piece. */
export type ContentFilter = (piece: Buffer) => Buffer;

/**
 * State of the reader. The official reader stores only the bit "at line start"; its position in the code is the rest.
 */
type Place = 'line start' | 'line' | 'comment start' | 'comment';

/**
 * Empties the comment lines of a `.properties` file like the official updater (spec, section 2).
 *
 * Its reader stores one bit, "at line start". Any character that is read there clears the bit, even a newline. A
 * comment after an empty line, or after a line of only `#`, is therefore not recognised. Every checksum on every site
 * depends on that.
 *
 * @returns a filter for one file, which removes the `#…` of recognised comments and keeps their newlines
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
