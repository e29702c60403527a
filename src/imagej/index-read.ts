import type {
  Dependency,
  PluginRecord,
  RecordGroup,
  SiteIndex,
  TextValue,
  Unknown,
  Version,
  VersionGroup,
} from '../model/site-index.js';
import { unversionedPath } from './file-name.js';
import { IndexFault } from './index-fault.js';
import { inheritFileNames, mergeSameFiles, withPrevious, type ReadVersion } from './index-merge.js';
import { renderIndexXml } from './index-write.js';
import {
  addOnce,
  elementsOf,
  isElement,
  numberAttribute,
  readPlatforms,
  readText,
  requireChecksum,
  textAttribute,
} from './index-values.js';
import { XmlFault } from '../xml/fault.js';
import { decodeXml } from '../xml/text.js';
import {
  attributesOf,
  childrenOf,
  nameOf,
  parseXml,
  requireWellFormed,
  toElement,
  unknownAttributes,
  type RawNode,
} from '../xml/tree.js';

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
    return parseText(decodeXml(bytes));
  } catch (error) {
    throw error instanceof XmlFault ? new IndexFault(error.message, error) : error;
  }
}

function parseText(text: string): SiteIndex {
  let index: SiteIndex;
  try {
    index = readRoot(parseXml(text));
  } catch (error) {
    // The parser is lenient: what looks odd may only follow from something that is not well-formed.
    requireWellFormed(text);
    throw error;
  }
  // We write well-formed documents only. So a document that we would write just the same, as all that updaters write,
  // need not be checked, which takes as long as reading it.
  if (renderIndexXml(index) !== text) requireWellFormed(text);
  return index;
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
  const platforms: TextValue[] = [];
  const categories: TextValue[] = [];
  const versions: Version[] = [];
  const previous: ReadVersion[] = [];
  const unknown: Unknown<RecordGroup>[] = [];
  let group: RecordGroup = 'platform';
  let count = 0;
  for (const child of childrenOf(node, 'plugin')) {
    const name = nameOf(child);
    if (name === 'platform') {
      for (const platform of readPlatforms(child)) addOnce(platforms, platform);
      [group, count] = [name, platforms.length];
    } else if (name === 'category') {
      addOnce(categories, readText(child, name));
      [group, count] = [name, categories.length];
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
    platforms,
    categories,
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
  const older = versions.slice(0, -1).map((version): ReadVersion => ({
    timestamp: version.timestamp,
    timestampObsolete: 0,
    checksum: version.checksum,
    filename,
    attributes: version.attributes,
    unknown: [],
  }));
  const gather = <T>(select: (version: Version) => readonly T[], add: (list: T[], value: T) => void): T[] => {
    const list: T[] = [];
    for (const version of versions) for (const value of select(version)) add(list, value);
    return list;
  };
  return {
    current: {
      ...current,
      description: versions.findLast((version) => version.description)?.description,
      dependencies: gather((version) => version.dependencies, addDependency),
      links: gather((version) => version.links, addOnce),
      authors: gather((version) => version.authors, addOnce),
      unknown: versions.flatMap((version) => version.unknown),
    },
    older,
  };
}

function readVersion(node: RawNode, filename: string): Version {
  const attributes = attributesOf(node);
  const dependencies: Dependency[] = [];
  const links: TextValue[] = [];
  const authors: TextValue[] = [];
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
      if (dependency) addDependency(dependencies, dependency);
      [group, count] = [name, dependencies.length];
    } else if (name === 'link') {
      addOnce(links, readText(child, name));
      [group, count] = [name, links.length];
    } else if (name === 'author') {
      addOnce(authors, readText(child, name));
      [group, count] = [name, authors.length];
    } else if (isElement(name)) {
      unknown.push({ element: toElement(child), group, count });
    }
  }
  return {
    checksum: requireChecksum(attributes, filename),
    timestamp: numberAttribute(attributes, 'timestamp', filename),
    filesize: numberAttribute(attributes, 'filesize', filename),
    description,
    dependencies,
    links,
    authors,
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

/** Of several dependencies on one file the later stamp wins, in the first one's place (spec, section 5). */
function addDependency(list: Dependency[], dependency: Dependency): void {
  const filename = unversionedPath(dependency.filename);
  const at = list.findIndex((other) => other.filename === filename);
  const unversioned = { ...dependency, filename };
  if (at < 0) list.push(unversioned);
  else if ((list[at] as Dependency).timestamp < dependency.timestamp) list[at] = unversioned;
}
