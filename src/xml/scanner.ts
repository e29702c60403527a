import { Cursor } from './cursor.js';
import { XmlSyntaxError, type FaultKind } from './error.js';
import { MAX_NAME_LENGTH, NC_NAME_SOURCE } from './names.js';

/** Maximum length of a document type, in characters. That of an index has 2,500. */
const MAX_LENGTH = 1024 * 1024;

/** Creates a pattern that matches only at the current position. */
export const sticky = (source: string) => new RegExp(source, 'y');
const SPACE = sticky('[ \\t\\r\\n]+');
const INSTRUCTION = sticky(`<\\?(?![xX][mM][lL][?\\s])${NC_NAME_SOURCE}(?=[ \\t\\r\\n]|\\?>)`);

/** Reads the parts of a document type. */
export class Scanner extends Cursor {
  /** @param start offset of the document type */
  constructor(
    text: string,
    protected readonly start: number,
  ) {
    super(text.slice(0, start + MAX_LENGTH), start);
  }

  /** Skips a comment. Returns whether there was one. */
  protected comment(): boolean {
    if (!this.text.startsWith('<!--', this.at)) return false;
    const end = this.text.indexOf('--', this.at + '<!--'.length);
    if (end < 0 || this.text[end + 2] !== '>') return false;
    this.at = end + '-->'.length;
    return true;
  }

  /** Skips an instruction. Returns whether there was one. */
  protected instruction(): boolean {
    INSTRUCTION.lastIndex = this.at;
    const end = INSTRUCTION.test(this.text) ? this.text.indexOf('?>', INSTRUCTION.lastIndex) : -1;
    if (end < 0 || INSTRUCTION.lastIndex - this.at - '<?'.length > MAX_NAME_LENGTH) return false;
    this.at = end + '?>'.length;
    return true;
  }

  /** Reads a text in quotes. Returns `undefined` if it is missing or not allowed. */
  protected literal(isAllowed: (text: string) => boolean): string | undefined {
    const quote = this.text[this.at];
    const end = quote === '"' || quote === "'" ? this.text.indexOf(quote, this.at + 1) : -1;
    const value = this.text.slice(this.at + 1, end);
    if (end < 0 || !isAllowed(value)) return undefined;
    this.at = end + 1;
    return value;
  }

  /** Refuses references to characters that XML does not have, even if the value is not used. */
  protected requireCharacters(value: string, start: number): void {
    for (const { 1: decimal, 2: hex = '', index } of value.matchAll(/&#(?:([0-9]+)|x([0-9a-fA-F]+));/g)) {
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number.parseInt(decimal, 10);
      if (!isCharacter(code))
        throw new XmlSyntaxError('it refers to a character that XML does not have', start + index);
    }
  }

  protected name(kind: RegExp, what: string): string {
    const name = this.match(kind)?.[0];
    if (name === undefined) throw this.fault(`expected ${what}`);
    if (name.length > MAX_NAME_LENGTH) throw this.fault('a name is too long');
    return name;
  }

  protected space(): void {
    if (!this.skipSpace()) throw this.fault('expected white space');
  }

  protected skipSpace(): boolean {
    return this.match(SPACE) !== undefined;
  }

  protected skip(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  protected word(word: string): void {
    if (!this.skip(word)) throw this.fault(`expected "${word}"`);
  }

  protected fault(reason: string, kind?: FaultKind): XmlSyntaxError {
    const isCut = this.text.length - this.start === MAX_LENGTH;
    return new XmlSyntaxError(
      isCut
        ? `the document type has more than ${MAX_LENGTH} characters, or ${reason}`
        : `in the document type, ${reason}`,
      this.at,
      isCut ? 'unread' : kind,
    );
  }
}

/** Whether a code point is a character of XML 1.0 (production 2). */
function isCharacter(code: number): boolean {
  return (
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}
