import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checksumOf } from '../../src/formats/imagej/artifacts/checksum.js';
import { byteSourceOf } from '../../src/model/byte-source.js';
import { UserError } from '../../src/model/user-error.js';

const REFERENCE = fileURLToPath(new URL('./java/JarChecksums.java', import.meta.url));

/** The result of reading an archive: its checksum, or why it is refused. */
export type Reading = { readonly checksum: string } | { readonly reason: string };

/** Returns our checksum of a jar, or the message of a UserError. Throws other errors. */
export async function checksumOrReason(bytes: Buffer, label: string): Promise<Reading> {
  try {
    return { checksum: await checksumOf(byteSourceOf(bytes), 'jars/a.jar', label) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { reason: error.message };
  }
}

/** Returns the checksums that Java's own reader computes. Throws if no JDK is installed. */
export function javaChecksums(zips: readonly Buffer[]): Reading[] {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'update-site-java-'));
  try {
    const files = zips.map((bytes, at) => {
      const file = path.join(folder, `${at}.jar`);
      writeFileSync(file, bytes);
      return file;
    });
    const { stdout, stderr, status, error } = spawnSync('java', ['-Xmx512m', REFERENCE], {
      input: files.join('\n') + '\n',
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
    });
    if (error) throw new Error(`This test needs Java 17 or newer, as "java" in PATH: ${error.message}`);
    const lines = stdout.trimEnd().split('\n');
    if (status !== 0 || lines.length !== zips.length) throw new Error(`Java failed: ${stderr}`);
    return lines.map((line) => (line.startsWith('- ') ? { reason: line.slice(2) } : { checksum: line }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The differences between two readers, as positions in the list of archives. */
export interface Comparison {
  readonly equal: number;
  readonly different: readonly number[];
  readonly onlyOurs: readonly number[];
  /** Our reasons for refusing the archives. */
  readonly onlyJava: readonly string[];
}

/** @param java the checksums of Java; `null` for archives that it refuses */
export function compareWithJava(ours: readonly Reading[], java: readonly (string | null)[]): Comparison {
  const different: number[] = [];
  const onlyOurs: number[] = [];
  const onlyJava: string[] = [];
  let equal = 0;
  ours.forEach((reading, at) => {
    const expected = java[at] ?? null;
    if ('reason' in reading) {
      if (expected !== null) onlyJava.push(reading.reason);
    } else if (expected === null) onlyOurs.push(at);
    else if (expected !== reading.checksum) different.push(at);
    else equal++;
  });
  return { equal, different, onlyOurs, onlyJava };
}
