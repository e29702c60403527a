import type { IncomingMessage } from 'node:http';
import { XMLParser } from 'fast-xml-parser';
import { readStreamBounded } from '../files/read-bounded.js';

/** Maximum size of an error document, in bytes, and maximum length of its quoted message, in characters. */
const MAX_BYTES = 16 * 1024;
const MAX_SHOWN = 160;

// Lenient and without entities, because the result is only shown to people.
const parser = new XMLParser({ processEntities: false, parseTagValue: false });

/**
 * Reads why a server refuses a request: object storage explains it in a small XML document.
 *
 * @returns `undefined` if the response does not contain an explanation
 */
export async function serverWords(
  message: IncomingMessage,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (!/^(?:application|text)\/(?:[\w.-]+\+)?xml\b/i.test(message.headers['content-type'] ?? ''))
    return undefined;
  try {
    const bytes = await readStreamBounded(message, MAX_BYTES, { signal });
    return bytes && wordsIn(Buffer.from(bytes).toString('utf8'));
  } catch {
    // The status is enough.
    return undefined;
  }
}

/** Returns the message of an error document of S3, Google Cloud Storage or Azure, on one line. */
function wordsIn(document: string): string | undefined {
  const { Error: error } = parser.parse(document) as { Error?: unknown };
  if (typeof error !== 'object' || error === null) return undefined;
  const [text] = ['Message', 'Code'].flatMap((name) => {
    const value = (error as Readonly<Record<string, unknown>>)[name];
    const words = typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : '';
    return words === '' ? [] : words;
  });
  return text?.replace(/\.$/, '').slice(0, MAX_SHOWN);
}
