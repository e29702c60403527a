import { decodeXml } from '../../../xml/encoding.js';
import { XmlFault } from '../../../xml/fault.js';
import {
  attributesOf,
  childrenOf,
  nameOf,
  parseElement,
  readXml,
  toElement,
  unknownAttributes,
  type RawNode,
} from '../../../xml/tree.js';
import { INDEX_PROLOG } from './dtd.js';
import { IndexFault } from './fault.js';
import { asPrevious, inheritFileNames, mergeSameFiles, withPrevious, type ReadVersion } from './merge.js';
import { hasPlainNames } from './names.js';
import type {
  Dependency,
  PluginRecord,
  RecordGroup,
  SiteIndex,
  TextValue,
  Unknown,
  Version,
  VersionGroup,
} from './site-index.js';
import {
  elementsOf,
  gatherDependencies,
  gatherTexts,
  isElement,
  numberAttribute,
  readPlatforms,
  readText,
  requireChecksum,
  textAttribute,
  type Gathering,
} from './values.js';
import { renderIndexXml } from './write.js';

const ROOT = 'pluginRecords';
const NOTHING_KNOWN: ReadonlySet<string> = new Set();
const PLUGIN_ATTRIBUTES = new Set(['filename', 'executable']);
const VERSION_ATTRIBUTES = new Set(['checksum', 'timestamp', 'filesize']);
const PREVIOUS_ATTRIBUTES = new Set(['timestamp', 'timestamp-obsolete', 'checksum', 'filename']);
const DEPENDENCY_ATTRIBUTES = new Set(['filename', 'timestamp', 'overrides']);

/**
 * Reads the bytes of `db.xml` by the rules of the official reader, and keeps whatever it does not know
 * (spec, section 5).
 *
 * @throws {IndexFault} where it is no index, or a damaged one
 */
export function parseIndexXml(bytes: Uint8Array): SiteIndex {
  try {
    return readOwn(bytes) ?? readRoot(readXml(bytes).root);
  } catch (error) {
    throw error instanceof XmlFault ? new IndexFault(error.message, error) : error;
  }
}

/**
 * Reads an index that stands there just as we, or an official updater, would write it. It need not be judged, which takes as
 * long as parsing it: whatever the parser made of the text, what is written of an index with plain names is
 * well-formed, and it is this text.
 *
 * @returns undefined if it stands there in another way, or cannot be read
 * @throws {XmlFault} if the bytes are not in its encoding, or hold characters that XML forbids
 */
function readOwn(bytes: Uint8Array): SiteIndex | undefined {
  const { text, isExact } = decodeXml(bytes);
  if (!isExact || !text.startsWith(INDEX_PROLOG)) return undefined;
  let index: SiteIndex;
  try {
    index = readRoot(parseElement(text.slice(INDEX_PROLOG.length)));
  } catch (error) {
    // It may only follow from something that the judge has better words for.
    if (error instanceof XmlFault || error instanceof IndexFault) return undefined;
    throw error;
  }
  return hasPlainNames(index) && renderIndexXml(index) === text ? index : undefined;
}

function readRoot(root: RawNode): SiteIndex {
  const name = nameOf(root);
  if (name !== ROOT) throw new IndexFault(`its root element is <${name}> instead of <${ROOT}>`);
  const records: PluginRecord[] = [];
  const unknown: Unknown<'plugin'>[] = [];
  for (const child of childrenOf(root, name)) {
    const childName = nameOf(child);
    if (childName === 'plugin') records.push(readRecord(child, records.length + 1));
    else if (isElement(childName))
      unknown.push({ element: toElement(child), group: 'plugin', count: records.length });
  }
  return mergeSameFiles({
    records,
    attributes: unknownAttributes(attributesOf(root), NOTHING_KNOWN),
    unknown,
  });
}

function readRecord(node: RawNode, position: number): PluginRecord {
  const attributes = attributesOf(node);
  const filename = textAttribute(attributes, 'filename');
  if (!filename) throw new IndexFault(`record ${position} has no file name`);
  const platforms = gatherTexts();
  const categories = gatherTexts();
  const versions: Version[] = [];
  const previous: ReadVersion[] = [];
  const unknown: Unknown<RecordGroup>[] = [];
  let group: RecordGroup = 'platform';
  let count = 0;
  for (const child of childrenOf(node, 'plugin')) {
    const name = nameOf(child);
    if (name === 'platform') {
      for (const platform of readPlatforms(child)) platforms.add(platform);
      [group, count] = [name, platforms.list.length];
    } else if (name === 'category') {
      categories.add(readText(child, name));
      [group, count] = [name, categories.list.length];
    } else if (name === 'version') {
      versions.push(readVersion(child, filename));
      [group, count] = [name, 1];
    } else if (name === 'previous-version') {
      previous.push(readPrevious(child, filename));
      [group, count] = [name, previous.length];
    } else if (isElement(name)) {
      unknown.push({ element: toElement(child), group, count });
    }
  }
  const { current, older } = lastOf(versions, filename);
  return {
    filename,
    executable: textAttribute(attributes, 'executable')?.toLowerCase() === 'true',
    platforms: platforms.list,
    categories: categories.list,
    current,
    previous: withPrevious([], inheritFileNames(filename, current, [...older, ...previous])),
    attributes: unknownAttributes(attributes, PLUGIN_ATTRIBUTES),
    unknown,
  };
}

/** Of several versions the last one is current, as in the official reader; what was said about the others adds up. */
function lastOf(
  versions: readonly Version[],
  filename: string,
): { current: Version | undefined; older: ReadVersion[] } {
  const current = versions.at(-1);
  if (current === undefined || versions.length === 1) return { current, older: [] };
  const older = versions.slice(0, -1).map((version): ReadVersion => asPrevious(version, filename, 0));
  const gather = <T>(select: (version: Version) => readonly T[], gathering: Gathering<T>): readonly T[] => {
    for (const version of versions) for (const value of select(version)) gathering.add(value);
    return gathering.list;
  };
  return {
    current: {
      ...current,
      description: versions.findLast((version) => version.description)?.description,
      dependencies: gather((version) => version.dependencies, gatherDependencies()),
      links: gather((version) => version.links, gatherTexts()),
      authors: gather((version) => version.authors, gatherTexts()),
      unknown: versions.flatMap((version) => version.unknown),
    },
    older,
  };
}

function readVersion(node: RawNode, filename: string): Version {
  const attributes = attributesOf(node);
  const dependencies = gatherDependencies();
  const links = gatherTexts();
  const authors = gatherTexts();
  const unknown: Unknown<VersionGroup>[] = [];
  let description: TextValue | undefined;
  let group: VersionGroup = 'description';
  let count = 0;
  for (const child of childrenOf(node, 'version')) {
    const name = nameOf(child);
    if (name === 'description') {
      description = readText(child, name);
      [group, count] = [name, 1];
    } else if (name === 'dependency') {
      const dependency = readDependency(child, filename);
      if (dependency) dependencies.add(dependency);
      [group, count] = [name, dependencies.list.length];
    } else if (name === 'link') {
      links.add(readText(child, name));
      [group, count] = [name, links.list.length];
    } else if (name === 'author') {
      authors.add(readText(child, name));
      [group, count] = [name, authors.list.length];
    } else if (isElement(name)) {
      unknown.push({ element: toElement(child), group, count });
    }
  }
  return {
    checksum: requireChecksum(attributes, filename),
    timestamp: numberAttribute(attributes, 'timestamp', filename),
    filesize: numberAttribute(attributes, 'filesize', filename),
    description,
    dependencies: dependencies.list,
    links: links.list,
    authors: authors.list,
    attributes: unknownAttributes(attributes, VERSION_ATTRIBUTES),
    unknown,
  };
}

function readPrevious(node: RawNode, filename: string): ReadVersion {
  const attributes = attributesOf(node);
  return {
    timestamp: numberAttribute(attributes, 'timestamp', filename),
    timestampObsolete: numberAttribute(attributes, 'timestamp-obsolete', filename),
    checksum: requireChecksum(attributes, filename),
    filename: textAttribute(attributes, 'filename') || undefined,
    attributes: unknownAttributes(attributes, PREVIOUS_ATTRIBUTES),
    unknown: elementsOf(node, 'previous-version'),
  };
}

/** A dependency without a file name depends on nothing; the official reader drops it. */
function readDependency(node: RawNode, filename: string): Dependency | undefined {
  const attributes = attributesOf(node);
  const needed = textAttribute(attributes, 'filename');
  if (needed === undefined || needed.trim() === '') return undefined;
  return {
    filename: needed,
    timestamp: numberAttribute(attributes, 'timestamp', filename),
    overrides: textAttribute(attributes, 'overrides') === 'true',
    attributes: unknownAttributes(attributes, DEPENDENCY_ATTRIBUTES),
    unknown: elementsOf(node, 'dependency'),
  };
}
