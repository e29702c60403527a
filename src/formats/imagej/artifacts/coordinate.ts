import { openArchive, type Archive } from '../../../archive/archive.js';
import { byteSourceOf } from '../../../model/byte-source.js';
import { baseName } from '../../../model/site-path.js';
import { UserError } from '../../../model/user-error.js';
import { unversionedPath } from '../file-name.js';
import type { PluginRecord } from '../index/site-index.js';

/** The attribute of a record in which newer updaters store `groupId:artifactId`. */
const ATTRIBUTE = 'coordinate';
const MAVEN_FOLDER = /^META-INF\/maven\/([^/]+)\/([^/]+)\//;

/**
 * Finds the `groupId:artifactId` of a jar: the jar has exactly one `META-INF/maven/<groupId>/<artifactId>/` whose
 * artifactId is the name of the component. Shaded jars contain those of many artifacts.
 *
 * @param path path of the jar on the site
 * @returns `undefined` if the entries do not identify the artifact
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

/** Like {@link coordinateOf}, for the bytes of a jar; `undefined` also if they cannot be read. */
export function coordinateIn(bytes: Uint8Array, path: string): string | undefined {
  try {
    return coordinateOf(openArchive(byteSourceOf(bytes), path), path);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/**
 * Returns the `groupId:artifactId` that the index states for a file; `undefined` if it states another value, or none.
 */
export function statedCoordinate({ attributes }: PluginRecord): string | undefined {
  const stated = attributes.find(({ name }) => name === ATTRIBUTE)?.value;
  // Some tools append a type and a version, which do not matter here.
  return /^[^\s:]+:[^\s:]+(?=$|:)/.exec(stated ?? '')?.[0];
}

/** Returns a record with the coordinate of the published artifact, if the record states one. */
export function withCoordinate(record: PluginRecord, coordinate: string | undefined): PluginRecord {
  const stated = statedCoordinate(record);
  if (coordinate === undefined || stated === undefined || stated === coordinate) return record;
  const attributes = record.attributes.map((attribute) =>
    attribute.name === ATTRIBUTE ? { ...attribute, value: coordinate } : attribute,
  );
  return { ...record, attributes };
}
