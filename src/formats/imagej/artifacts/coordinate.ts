import { openArchive, type Archive } from '../../../archive/archive.js';
import { byteSourceOf } from '../../../model/byte-source.js';
import { baseName } from '../../../model/site-path.js';
import { UserError } from '../../../model/user-error.js';
import { unversionedPath } from '../file-name.js';
import type { PluginRecord } from '../index/site-index.js';

/** The attribute of a record in which newer updaters keep `groupId:artifactId`. */
const ATTRIBUTE = 'coordinate';
const MAVEN_FOLDER = /^META-INF\/maven\/([^/]+)\/([^/]+)\//;

/**
 * Finds the `groupId:artifactId` that a jar was built as: it has exactly one `META-INF/maven/<groupId>/<artifactId>/`
 * with the name of the component as artifactId. Shaded jars hold those of many artifacts.
 *
 * @param path of the jar on the site
 * @returns undefined if that does not say which artifact it is
 */
export function coordinateOf({ entries }: Archive, path: string): string | undefined {
  const artifactId = baseName(unversionedPath(path)).replace(/\.jar$/, '');
  const found = new Set<string>();
  for (const { name } of entries) {
    const match = MAVEN_FOLDER.exec(name);
    if (match?.[1] !== undefined && match[2] === artifactId) found.add(`${match[1]}:${artifactId}`);
  }
  const [only] = found;
  return found.size === 1 ? only : undefined;
}

/** As {@link coordinateOf}, of the bytes of a jar; undefined also if they cannot be read. */
export function coordinateIn(bytes: Uint8Array, path: string): string | undefined {
  try {
    return coordinateOf(openArchive(byteSourceOf(bytes), path), path);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** The `groupId:artifactId` that the index states for a file; undefined if it states something else, or nothing. */
export function statedCoordinate({ attributes }: PluginRecord): string | undefined {
  const stated = attributes.find(({ name }) => name === ATTRIBUTE)?.value;
  // Type and version, which some tools write behind it, say nothing here.
  return /^[^\s:]+:[^\s:]+(?=$|:)/.exec(stated ?? '')?.[0];
}

/** A record whose stated coordinate, if it has one, is that of the artifact just published. */
export function withCoordinate(record: PluginRecord, coordinate: string | undefined): PluginRecord {
  const stated = statedCoordinate(record);
  if (coordinate === undefined || stated === undefined || stated === coordinate) return record;
  const attributes = record.attributes.map((attribute) =>
    attribute.name === ATTRIBUTE ? { ...attribute, value: coordinate } : attribute,
  );
  return { ...record, attributes };
}
