import { attributeOf, elementsIn, toElement, unknownAttributes, type XmlNode } from '../../../xml/element.js';
import { XmlError } from '../../../xml/error.js';
import { readXml } from '../../../xml/read.js';
import { IndexError } from './error.js';
import { asPrevious, inheritFileNames, mergeSameFiles, withPrevious, type ReadVersion } from './merge.js';
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
  gatherDependencies,
  gatherTexts,
  numberAttribute,
  readPlatforms,
  readText,
  requireChecksum,
  unknownIn,
  type Gathering,
} from './values.js';

const ROOT = 'pluginRecords';
const NO_ATTRIBUTES: ReadonlySet<string> = new Set();
const PLUGIN_ATTRIBUTES = new Set(['filename', 'executable']);
const VERSION_ATTRIBUTES = new Set(['checksum', 'timestamp', 'filesize']);
const PREVIOUS_ATTRIBUTES = new Set(['timestamp', 'timestamp-obsolete', 'checksum', 'filename']);
const DEPENDENCY_ATTRIBUTES = new Set(['filename', 'timestamp', 'overrides']);

/**
 * Parses the bytes of `db.xml` by the rules of the official reader, and keeps unknown content (spec, section 5).
 *
 * @throws {IndexError} if it is not an index, or damaged
 */
export function parseIndexXml(bytes: Uint8Array): SiteIndex {
  try {
    return readRoot(readXml(bytes).root);
  } catch (error) {
    throw error instanceof XmlError ? new IndexError(error.message, error) : error;
  }
}

function readRoot(root: XmlNode): SiteIndex {
  if (root.name !== ROOT) throw new IndexError(`its root element is <${root.name}> instead of <${ROOT}>`);
  const records: PluginRecord[] = [];
  const unknown: Unknown<'plugin'>[] = [];
  for (const child of elementsIn(root)) {
    if (child.name === 'plugin') records.push(readRecord(child, records.length + 1));
    else unknown.push({ element: toElement(child), group: 'plugin', count: records.length });
  }
  return mergeSameFiles({
    records,
    attributes: unknownAttributes(root, NO_ATTRIBUTES),
    unknown,
  });
}

function readRecord(node: XmlNode, position: number): PluginRecord {
  const filename = attributeOf(node, 'filename');
  if (!filename) throw new IndexError(`record ${position} has no file name`);
  const platforms = gatherTexts();
  const categories = gatherTexts();
  const versions: Version[] = [];
  const previous: ReadVersion[] = [];
  const unknown: Unknown<RecordGroup>[] = [];
  let group: RecordGroup = 'platform';
  let count = 0;
  for (const child of elementsIn(node)) {
    const { name } = child;
    if (name === 'platform') {
      for (const platform of readPlatforms(child)) platforms.add(platform);
      [group, count] = [name, platforms.list.length];
    } else if (name === 'category') {
      categories.add(readText(child));
      [group, count] = [name, categories.list.length];
    } else if (name === 'version') {
      versions.push(readVersion(child, filename));
      [group, count] = [name, 1];
    } else if (name === 'previous-version') {
      previous.push(readPrevious(child, filename));
      [group, count] = [name, previous.length];
    } else {
      unknown.push({ element: toElement(child), group, count });
    }
  }
  const { current, older } = lastOf(versions, filename);
  return {
    filename,
    executable: attributeOf(node, 'executable')?.toLowerCase() === 'true',
    platforms: platforms.list,
    categories: categories.list,
    current,
    previous: withPrevious([], inheritFileNames(filename, current, [...older, ...previous])),
    attributes: unknownAttributes(node, PLUGIN_ATTRIBUTES),
    unknown,
  };
}

/** Makes the last of several versions current, as the official reader does, with the metadata of all of them. */
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

function readVersion(node: XmlNode, filename: string): Version {
  const dependencies = gatherDependencies();
  const links = gatherTexts();
  const authors = gatherTexts();
  const unknown: Unknown<VersionGroup>[] = [];
  let description: TextValue | undefined;
  let group: VersionGroup = 'description';
  let count = 0;
  for (const child of elementsIn(node)) {
    const { name } = child;
    if (name === 'description') {
      description = readText(child);
      [group, count] = [name, 1];
    } else if (name === 'dependency') {
      const dependency = readDependency(child, filename);
      if (dependency) dependencies.add(dependency);
      [group, count] = [name, dependencies.list.length];
    } else if (name === 'link') {
      links.add(readText(child));
      [group, count] = [name, links.list.length];
    } else if (name === 'author') {
      authors.add(readText(child));
      [group, count] = [name, authors.list.length];
    } else {
      unknown.push({ element: toElement(child), group, count });
    }
  }
  return {
    checksum: requireChecksum(node, filename),
    timestamp: numberAttribute(node, 'timestamp', filename),
    filesize: numberAttribute(node, 'filesize', filename),
    description,
    dependencies: dependencies.list,
    links: links.list,
    authors: authors.list,
    attributes: unknownAttributes(node, VERSION_ATTRIBUTES),
    unknown,
  };
}

function readPrevious(node: XmlNode, filename: string): ReadVersion {
  return {
    timestamp: numberAttribute(node, 'timestamp', filename),
    timestampObsolete: numberAttribute(node, 'timestamp-obsolete', filename),
    checksum: requireChecksum(node, filename),
    filename: attributeOf(node, 'filename') || undefined,
    attributes: unknownAttributes(node, PREVIOUS_ATTRIBUTES),
    unknown: unknownIn(node),
  };
}

/** Reads a dependency. One without a file name is dropped, as in the official reader. */
function readDependency(node: XmlNode, filename: string): Dependency | undefined {
  const needed = attributeOf(node, 'filename');
  if (needed === undefined || needed.trim() === '') return undefined;
  return {
    filename: needed,
    timestamp: numberAttribute(node, 'timestamp', filename),
    overrides: attributeOf(node, 'overrides') === 'true',
    attributes: unknownAttributes(node, DEPENDENCY_ATTRIBUTES),
    unknown: unknownIn(node),
  };
}
