import { XmlError } from '../../src/xml/error.js';
import { readXml } from '../../src/xml/read.js';

/** Documents that the JDK accepts and this project refuses, by message (docs/adr/0011-one-judge-of-xml.md). */
const KNOWN_DIFFERENCES: Readonly<Record<string, RegExp>> = {
  'XML 1.1': /it is XML 1\.1/,
  'document type: parameter entities, notations, conditional sections':
    /parameter entities are not supported|only comments, instructions and declarations/,
  'document type: declarations of attributes that change namespaces': /changes namespaces/,
  'document type: missing white space, odd names, identifiers and default values':
    /in the document type, expected/,
  'references to entities that are declared in the document, or may be in an external document type':
    /the entity &.*; is not declared|entities are not expanded|does not begin a reference/s,
  'names with a colon at the beginning or the end, or several; instructions with a colon':
    /is not a name in XML 1\.0|malformed name|name of an instruction has a character/,
  'data of an instruction that begins with a question mark': /the data of an instruction begins/,
  'prefixes for a namespace of white space': /a prefix is bound to an empty namespace/,
  'encodings: names that we do not know; bytes that the JDK replaces':
    /which is not supported|its bytes are not valid|its declaration names the encoding/,
};

/** Returns why this project refuses a document; `undefined` if it accepts it. */
export function ourVerdict(document: Uint8Array): string | undefined {
  try {
    readXml(document, { mayDeclareEntities: true });
    return undefined;
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return error.message;
  }
}

/** Returns the known difference of a message, if any. */
export function differenceOf(message: string): string | undefined {
  return Object.entries(KNOWN_DIFFERENCES).find(([, pattern]) => pattern.test(message))?.[0];
}
