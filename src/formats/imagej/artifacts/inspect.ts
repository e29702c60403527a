/**
 * Inspects an artifact: its current and historical checksums, its POM, and whether it adds commands to ImageJ. Worker
 * threads load this folder.
 *
 * @module
 */

import { openArchive, type Archive, type ArchiveEntry } from '../../../archive/archive.js';
import type { Inspection } from '../../../model/artifact.js';
import type { ByteSource } from '../../../model/byte-source.js';
import { baseName } from '../../../model/site-path.js';
import { unversionedPath } from '../file-name.js';
import type { PluginRecord } from '../index/site-index.js';
import { historicalJarChecksums, isJarPath, jarChecksum, plainChecksum } from './checksum.js';
import { coordinateOf } from './coordinate.js';
import { PLUGINS_CONFIG } from './plugins-config.js';

/** Maximum size of a POM that is read, in bytes. The largest in Fiji has 200 kB. */
export const MAX_POM_BYTES = 4 * 1024 * 1024;
/** The pattern of the official updater, which accepts any character before `xml`. */
const POM = /^META-INF\/maven\/.*\/pom.xml$/;

/** The bytes of a POM, or why they were not read. */
export type PomBytes = Uint8Array | { readonly fault: string };

/** The result of inspecting an artifact of an ImageJ site. */
export interface ImageJInspection extends Inspection {
  /** The checksums of older updaters; `undefined` if they are not needed. */
  readonly historicalChecksums: readonly string[] | undefined;
  /** Whether the jar lists commands of an ImageJ 1.x plugin, and so belongs in `plugins/`. */
  readonly hasPluginsConfig: boolean;
  /** The first POM of the jar; `undefined` if there is none. */
  readonly pom: PomBytes | undefined;
  /** The path of that POM in the jar. */
  readonly pomEntry?: string | undefined;
  /** The POM with the name of the jar, if there are several, as in shaded jars; otherwise the same as `pom`. */
  readonly ownPom: PomBytes | undefined;
  /** `groupId:artifactId` of the jar; `undefined` if the jar does not state exactly one. */
  readonly coordinate?: string | undefined;
}

/**
 * Inspects an artifact.
 *
 * @param sitePath path on the site; for a jar, the file name is enough
 * @param label name of the file in messages
 * @param knownChecksums checksums of the current version of this file, on the site or upstream: if one of them matches,
 *   the historical checksums are not needed, and the jar is read only once
 * @throws {UserError} `artifact` or `limit` if a jar cannot be read completely
 */
export async function inspectArtifact(
  source: ByteSource,
  sitePath: string,
  label: string,
  knownChecksums: readonly string[],
): Promise<ImageJInspection> {
  if (!isJarPath(sitePath)) {
    const checksum = plainChecksum(source, sitePath);
    const { size } = source;
    const none = { hasPluginsConfig: false, pom: undefined, ownPom: undefined, coordinate: undefined };
    return { checksum, size, historicalChecksums: [], ...none };
  }
  const jar = openArchive(source, label);
  const checksum = await jarChecksum(jar);
  const unneeded = knownChecksums.length === 0 || knownChecksums.includes(checksum);
  return {
    checksum,
    size: source.size,
    historicalChecksums: unneeded ? undefined : await historicalJarChecksums(jar),
    hasPluginsConfig: jar.find(PLUGINS_CONFIG) !== undefined,
    ...findPoms(jar, unversionedPath(baseName(sitePath))),
    coordinate: coordinateOf(jar, sitePath),
  };
}

/** Finds the first POM of the archive, like the official updater (spec, section 6), and the jar's own POM. */
function findPoms(jar: Archive, jarName: string): Pick<ImageJInspection, 'pom' | 'pomEntry' | 'ownPom'> {
  const entries = jar.entries.filter(({ name }) => POM.test(name));
  const [first] = entries;
  if (first === undefined) return { pom: undefined, ownPom: undefined };
  const pom = readPomEntry(jar, first);
  const own = entries.find(({ name }) => `${name.split('/').at(-2) ?? ''}.jar` === jarName);
  return {
    pom,
    pomEntry: first.name,
    ownPom: own === undefined || own === first ? pom : readPomEntry(jar, own),
  };
}

function readPomEntry(jar: Archive, entry: ArchiveEntry): PomBytes {
  const content = jar.read(entry, MAX_POM_BYTES);
  // Copied, because the bytes may be a view of the whole archive, and go to another thread.
  return content
    ? new Uint8Array(content)
    : { fault: `it is larger than the limit of ${MAX_POM_BYTES} bytes` };
}

/** Whether an inspection for another state of the site is sufficient for this one. */
export function isInspectionEnough(inspection: ImageJInspection, knownChecksums: readonly string[]): boolean {
  return (
    knownChecksums.length === 0 ||
    knownChecksums.includes(inspection.checksum) ||
    inspection.historicalChecksums !== undefined
  );
}

/**
 * Whether the artifact equals the current version of the record, by a current or historical checksum (spec, section 2).
 */
export function isCurrent(record: PluginRecord, inspection: ImageJInspection): boolean {
  const current = record.current?.checksum;
  if (current === undefined) return false;
  return current === inspection.checksum || (inspection.historicalChecksums?.includes(current) ?? false);
}
