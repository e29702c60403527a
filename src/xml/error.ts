/**
 * The kind of an error.
 *
 * - `malformed`: the document breaks a rule of XML, so that clients cannot read it
 * - `unread`: it contains something unsupported, so that the rest is unknown
 */
export type FaultKind = 'malformed' | 'unread';

/** An error in an XML document. The caller adds the name of the document to the message. */
export class XmlError extends Error {
  override readonly name = 'XmlError';
  readonly kind: FaultKind;

  constructor(
    reason: string,
    { kind = 'malformed', cause }: { kind?: FaultKind | undefined; cause?: unknown } = {},
  ) {
    super(reason, cause === undefined ? undefined : { cause });
    this.kind = kind;
  }
}

/** Invalid or unsupported XML at an offset. */
export class XmlSyntaxError extends Error {
  override readonly name = 'XmlSyntaxError';

  constructor(
    reason: string,
    readonly offset: number,
    readonly kind: FaultKind = 'malformed',
  ) {
    super(reason);
  }
}

/** Maximum length of a name in a message, in characters. */
const MAX_SHOWN = 40;

/** Returns the beginning of a name for a message. A document may contain names of any length. */
export function shown(name: string): string {
  return name.slice(0, MAX_SHOWN);
}
