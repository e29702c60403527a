import { openArchive, type Archive } from '../../../archive/archive.js';
import type { PayloadFacts } from '../../../model/artifact.js';
import type { ByteSource } from '../../../model/byte-source.js';
import type { Reading } from '../../format.js';
import { isJarPath } from '../artifacts/checksum.js';
import { inspectArtifact } from '../artifacts/inspect.js';
import { pomOf } from '../artifacts/pom.js';
import { CLASS_START_BYTES, javaOf, majorVersionIn } from '../dependencies/class-file.js';

/** What reading a stored file has shown. */
export interface ImageJPayloadFacts extends PayloadFacts {
  /** Why clients cannot read the POM of the jar; `undefined` if they can, or if there is none. */
  readonly pomFault: string | undefined;
  /** The oldest Java that can run all classes; 0 if there are none. */
  readonly java: number;
  /** `groupId:artifactId` of the jar; `undefined` if the jar does not state exactly one. */
  readonly coordinate: string | undefined;
}

/**
 * Reads a stored file completely.
 *
 * @param label name of the file in messages
 * @throws {UserError} `artifact` or `limit` if a jar cannot be read
 */
export async function readPayload(
  source: ByteSource,
  { sitePath, knownChecksums }: Reading,
  label: string,
): Promise<ImageJPayloadFacts> {
  const inspection = await inspectArtifact(source, sitePath, label, knownChecksums);
  const { checksum, historicalChecksums = [], coordinate } = inspection;
  const isMatch = [checksum, ...historicalChecksums].some((one) => knownChecksums.includes(one));
  const pom = pomOf(inspection);
  const pomFault = pom && 'fault' in pom && pom.kind === 'malformed' ? pom.fault : undefined;
  const java = isJarPath(sitePath) ? javaOfJar(openArchive(source, label)) : 0;
  return { checksum, isMatch, pomFault, java, coordinate };
}

/** Returns the oldest Java that can run all classes of a jar, except those for later Javas only. */
function javaOfJar(jar: Archive): number {
  let newest = 0;
  for (const entry of jar.entries) {
    const { name } = entry;
    if (!name.endsWith('.class') || name.startsWith('META-INF/') || name.endsWith('module-info.class'))
      continue;
    newest = Math.max(newest, majorVersionIn(jar.start(entry, CLASS_START_BYTES)) ?? 0);
  }
  return javaOf(newest);
}
