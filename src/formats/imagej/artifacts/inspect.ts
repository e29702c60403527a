/**
 * What is in an artifact: its checksum as the updater counts it, current and historical, its POM, and whether it adds
 * commands to ImageJ. Threads load this room.
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

/** Largest POM that is read, in bytes. The largest in Fiji has 200 kB. */
export const MAX_POM_BYTES = 4 * 1024 * 1024;
/** As the official updater looks for it: to it, any character will do before `xml`. */
const POM = /^META-INF\/maven\/.*\/pom.xml$/;

/** The bytes of a POM, or why they were not read. */
export type PomBytes = Uint8Array | { readonly fault: string };

/** What we know of an artifact's bytes. */
export interface ImageJInspection extends Inspection {
  /** What older updaters would have counted; only there where it may matter. */
  readonly historicalChecksums: readonly string[] | undefined;
  /** Whether the jar lists commands of an ImageJ 1.x plugin: one that does belongs into `plugins/`. */
  readonly hasPluginsConfig: boolean;
  /** The first POM of the jar; undefined where there is none. */
  readonly pom: PomBytes | undefined;
  /** The path of that POM in the jar. */
  readonly pomEntry?: string | undefined;
  /** Where the jar holds several POMs, as shaded jars do: the one that is called like the jar; else as `pom`. */
  readonly ownPom: PomBytes | undefined;
  /** `groupId:artifactId` of the jar; undefined if it does not say exactly one. */
  readonly coordinate?: string | undefined;
}

/**
 * Reads an artifact.
 *
 * @param sitePath where it goes; for a jar its file name will do
 * @param label how the file is called in messages
 * @param knownChecksums the checksums that the current version of this file has, on the site or upstream: where it has
 *   one of them, the historical checksums are not needed, and the jar is read only once
 * @throws {UserError} `artifact` or `limit` where a jar cannot be read whole
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

/** The first POM in the order of the archive, as in the official updater (spec, section 6), and the jar's own one. */
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
  // A copy: the bytes may be a window of the whole archive, and go to another thread.
  return content
    ? new Uint8Array(content)
    : { fault: `it is too long: at most ${MAX_POM_BYTES} bytes are read` };
}

/** Whether an inspection made for another state of the site says enough for this one. */
export function isInspectionEnough(inspection: ImageJInspection, knownChecksums: readonly string[]): boolean {
  return (
    knownChecksums.length === 0 ||
    knownChecksums.includes(inspection.checksum) ||
    inspection.historicalChecksums !== undefined
  );
}

/** Whether the artifact is what the record's current version is, by today's or by an older way of counting (spec, 2). */
export function isCurrent(record: PluginRecord, inspection: ImageJInspection): boolean {
  const current = record.current?.checksum;
  if (current === undefined) return false;
  return current === inspection.checksum || (inspection.historicalChecksums?.includes(current) ?? false);
}
