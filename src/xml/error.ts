/**
 * What is wrong with a document: it breaks a rule of XML, so that no client can read it; or it has what is not read here,
 * and nothing is known about the rest.
 */
export type FaultKind = 'malformed' | 'unread';

/** What is wrong with an XML document, in words; whose document it is, is for the caller to say. */
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

/** What stands at an offset is not what XML allows there, or what is read here. */
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

/** How much of a name a message shows, in characters. */
const MAX_SHOWN = 40;

/** The beginning of a name, for messages: a document may hold one of any length. */
export function shown(name: string): string {
  return name.slice(0, MAX_SHOWN);
}
