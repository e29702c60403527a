import type { XmlAttribute, XmlElement } from '../../../xml/element.js';
import type { PluginRecord } from './site-index.js';

/**
 * Attributes and elements that we do not know keep their names, and these may have prefixes that are declared elsewhere in
 * the document. Here is what becomes of them when they move.
 */

const PREVIOUS_ATTRIBUTES: ReadonlySet<string> = new Set([
  ...['timestamp', 'timestamp-obsolete', 'checksum', 'filename'],
]);
/** The attributes of a version that a previous version may have beside its own. */
export function forPrevious(attributes: readonly XmlAttribute[]): readonly XmlAttribute[] {
  return attributes.filter(({ name }) => !PREVIOUS_ATTRIBUTES.has(name));
}

/** The declarations of prefixes among attributes: what stays in the element may need them. */
export function declarationsIn(attributes: readonly XmlAttribute[]): readonly XmlAttribute[] {
  return attributes.filter(({ name }) => name.startsWith('xmlns:'));
}

/** A record of another index, without what has a prefix that only that index declares. */
export function withoutPrefixes(record: PluginRecord): PluginRecord {
  return {
    ...record,
    attributes: record.attributes.filter(hasNoPrefix),
    unknown: record.unknown.filter(({ element }) => isWithoutPrefixes(element)),
    previous: record.previous.map((version) => ({
      ...version,
      attributes: version.attributes.filter(hasNoPrefix),
      unknown: version.unknown.filter(isWithoutPrefixes),
    })),
    current: record.current && {
      ...record.current,
      attributes: record.current.attributes.filter(hasNoPrefix),
    },
  };
}

function hasNoPrefix({ name }: { readonly name: string }): boolean {
  return !name.includes(':');
}

function isWithoutPrefixes(element: XmlElement): boolean {
  return (
    hasNoPrefix(element) &&
    element.attributes.every(hasNoPrefix) &&
    element.children.every((child) => typeof child === 'string' || isWithoutPrefixes(child))
  );
}
