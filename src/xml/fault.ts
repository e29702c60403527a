/** What is wrong with an XML document, in words; whose document it is, is for the caller to say. */
export class XmlFault extends Error {
  override readonly name = 'XmlFault';

  constructor(reason: string, cause?: unknown) {
    super(reason, cause === undefined ? undefined : { cause });
  }
}

/** What stands at an offset is not what XML allows there. */
export class SyntaxFault extends Error {
  override readonly name = 'SyntaxFault';

  constructor(
    reason: string,
    readonly offset: number,
  ) {
    super(reason);
  }
}
