import type { XmlAttribute, XmlElement } from '../../../xml/element.js';
import type { PluginRecord, PreviousVersion, SiteIndex, TextValue } from './site-index.js';

/**
 * Attributes and elements that we do not know keep their names, and these may have prefixes that are declared elsewhere in
 * the document. Here is what becomes of them when they move, and how to see that an index has none.
 */

/** What we write ourselves on some element. */
const KNOWN_ATTRIBUTES: ReadonlySet<string> = new Set([
  ...['filename', 'executable', 'checksum', 'timestamp', 'filesize', 'timestamp-obsolete', 'overrides'],
]);
const PREVIOUS_ATTRIBUTES: ReadonlySet<string> = new Set([
  ...['timestamp', 'timestamp-obsolete', 'checksum', 'filename'],
]);
/** A name that every edition of XML allows, without a prefix. */
const PLAIN_NAME = /^[A-Za-z_][\w.-]{0,99}$/;
const MAX_PLAIN_ATTRIBUTES = 50;
const MAX_PLAIN_DEPTH = 50;

/**
 * Whether all names that an index keeps are such that what is written of it must be well-formed: every one a plain name, no
 * attribute twice in one tag, nothing nested deeply.
 */
export function hasPlainNames({ records, attributes, unknown }: SiteIndex): boolean {
  return (
    arePlain(attributes) &&
    unknown.every(({ element }) => isPlain(element)) &&
    records.every(
      (record) =>
        arePlain(record.attributes) &&
        record.platforms.every(isPlainText) &&
        record.categories.every(isPlainText) &&
        record.previous.every(isPlainLeaf) &&
        record.unknown.every(({ element }) => isPlain(element)) &&
        (record.current === undefined ||
          (arePlain(record.current.attributes) &&
            [record.current.description ?? [], record.current.links, record.current.authors]
              .flat()
              .every(isPlainText) &&
            record.current.dependencies.every(isPlainLeaf) &&
            record.current.unknown.every(({ element }) => isPlain(element)))),
    )
  );
}

function isPlainText(value: TextValue): boolean {
  return arePlain(value.attributes) && value.unknown.every((element) => isPlain(element));
}

function isPlainLeaf(value: Pick<PreviousVersion, 'attributes' | 'unknown'>): boolean {
  return arePlain(value.attributes) && value.unknown.every((element) => isPlain(element));
}

function arePlain(attributes: readonly XmlAttribute[]): boolean {
  if (attributes.length === 0) return true;
  const names = new Set(attributes.map(({ name }) => name));
  return (
    names.size === attributes.length &&
    names.size <= MAX_PLAIN_ATTRIBUTES &&
    attributes.every(({ name }) => PLAIN_NAME.test(name) && name !== 'xmlns' && !KNOWN_ATTRIBUTES.has(name))
  );
}

function isPlain({ name, attributes, children }: XmlElement, depth = 0): boolean {
  return (
    depth <= MAX_PLAIN_DEPTH &&
    PLAIN_NAME.test(name) &&
    // Here nothing is ours, and no name of ours is taken.
    arePlain(attributes) &&
    children.every((child) => typeof child === 'string' || isPlain(child, depth + 1))
  );
}

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
