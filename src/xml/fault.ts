/** What is wrong with an XML document, in words; whose document it is, is for the caller to say. */
export class XmlFault extends Error {
  override readonly name = 'XmlFault';

  constructor(reason: string, cause?: unknown) {
    super(reason, cause === undefined ? undefined : { cause });
  }
}
