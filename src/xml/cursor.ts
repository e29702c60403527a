/** Reads a text from left to right. */
export class Cursor {
  /** Offset of the next character. */
  protected at: number;

  constructor(
    protected readonly text: string,
    start: number,
  ) {
    this.at = start;
  }

  /**
   * Matches a pattern at the current position, and moves after the match.
   *
   * @param pattern must be sticky
   */
  protected match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? undefined;
    if (found) this.at = pattern.lastIndex;
    return found;
  }
}
