import type { IncomingMessage } from 'node:http';
import { XMLParser } from 'fast-xml-parser';
import { readStreamBounded } from '../files/read-bounded.js';

/** Longest error document that is looked into, in bytes; and what is shown of its message, in characters. */
const MAX_BYTES = 16 * 1024;
const MAX_SHOWN = 160;

// Lenient, and nothing is expanded: only people read what comes out.
const parser = new XMLParser({ processEntities: false, parseTagValue: false });

/**
 * What a server says about a request that it refuses: object storage explains in a small XML document why a file cannot be had.
 *
 * @returns undefined if it says nothing that could be shown
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
    // The status says enough.
    return undefined;
  }
}

/** The message of an error document as S3, Google Cloud Storage and Azure write it, on one line. */
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
