import type { XmlAttribute, XmlElement } from '../../../xml/element.js';
import type { PluginRecord } from './site-index.js';

/** Moves unknown attributes and elements. Their names may have prefixes that are declared elsewhere in the document. */

const PREVIOUS_ATTRIBUTES: ReadonlySet<string> = new Set([
  ...['timestamp', 'timestamp-obsolete', 'checksum', 'filename'],
]);
/** Returns the attributes of a version that a previous version may have besides its own. */
export function forPrevious(attributes: readonly XmlAttribute[]): readonly XmlAttribute[] {
  return attributes.filter(({ name }) => !PREVIOUS_ATTRIBUTES.has(name));
}

/** Returns the declarations of prefixes, which the remaining content of the element may need. */
export function declarationsIn(attributes: readonly XmlAttribute[]): readonly XmlAttribute[] {
  return attributes.filter(({ name }) => name.startsWith('xmlns:'));
}

/** Returns a record of another index without content whose prefix only that index declares. */
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
