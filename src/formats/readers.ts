import type { Inspection } from '../model/artifact.js';
import type { ByteSource } from '../model/byte-source.js';
import type { FormatName } from '../model/format-name.js';
import type { Reading } from './format.js';
import { checksumOf } from './imagej/artifacts/checksum.js';
import { inspectArtifact } from './imagej/artifacts/inspect.js';
import { analyzeJar } from './imagej/dependencies/analyze-jar.js';
import { sha256 } from './jetbrains/descriptor/checksum.js';
import { inspectPlugin } from './jetbrains/descriptor/plugin-archive.js';

type Inspect = (source: ByteSource, reading: Reading, label: string) => Inspection | Promise<Inspection>;

/**
 * What reads artifacts, of each format, and nothing else: threads are started for it, and load only this.
 *
 * @throws {UserError} `artifact` or `limit` if a file cannot be read
 */
export const INSPECTORS = {
  imagej: (source, reading, label) =>
    inspectArtifact(source, reading.sitePath, label, reading.knownChecksums),
  jetbrains: (source, _reading, label) => inspectPlugin(source, label),
} as const satisfies Record<FormatName, Inspect>;

type Analyzer = (source: ByteSource, label: string, withReferences: boolean) => unknown;
/** What finds out which classes a jar has and needs; formats without dependencies have none. */
export const ANALYZERS: Readonly<Partial<Record<FormatName, Analyzer>>> = { imagej: analyzeJar };

type Checksummer = (source: ByteSource, sitePath: string, label: string) => string | Promise<string>;
/** The checksum of a file by the rule of the format. */
export const CHECKSUMS: Readonly<Record<FormatName, Checksummer>> = { imagej: checksumOf, jetbrains: sha256 };
