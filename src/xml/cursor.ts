/** Goes through a text from the left to the right: what it finds it steps over. */
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
   * Steps over what stands here, if it is what the pattern describes.
   *
   * @param pattern a sticky one
   */
  protected match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? undefined;
    if (found) this.at = pattern.lastIndex;
    return found;
  }
}
