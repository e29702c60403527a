import { elementsIn, type XmlNode } from '../../../xml/element.js';
import { XmlError } from '../../../xml/error.js';
import { readElement } from '../../../xml/read.js';
import { encodeAttribute, encodeText } from '../../../xml/write.js';
import { contentOf } from './document-slices.js';
import { parseEntry } from './entry-xml.js';
import type { Entry } from './repository.js';

/**
 * Returns an entry with another address of its archive. Nothing else in it changes.
 *
 * @throws {XmlError} if its element cannot contain this address
 */
export function readdress(entry: Entry, url: string): Entry {
  if (url === entry.url) return entry;
  const readdressed = parseEntry(withAddress(entry.source, url));
  if (readdressed?.url !== url)
    throw new XmlError(`its address "${entry.url}" cannot be changed to "${url}"`);
  return readdressed;
}

/** Elements whose text overrides the attribute `url`. */
const ADDRESSES: ReadonlySet<string> = new Set(['download-url', 'downloadUrl']);

/** Replaces the address of an entry and changes nothing else. */
function withAddress(source: string, url: string): string {
  const entry = readElement(source);
  const text = addressesIn(entry)
    .flatMap((node) => contentOf(node, source) ?? [])
    .at(-1);
  if (text) return source.slice(0, text.start) + encodeText(url) + source.slice(text.end);
  const tag = source
    .slice(entry.start, entry.startTagEnd)
    .replace(/(\surl\s*=\s*)(?:"[^"]*"|'[^']*')/, (_, name: string) => `${name}"${encodeAttribute(url)}"`);
  return source.slice(0, entry.start) + tag + source.slice(entry.startTagEnd);
}

/** Returns the elements in an entry whose text is its address. The last one counts. */
function addressesIn(node: XmlNode): readonly XmlNode[] {
  return elementsIn(node).flatMap((child) => [
    ...addressesIn(child),
    ...(ADDRESSES.has(child.name) ? [child] : []),
  ]);
}
