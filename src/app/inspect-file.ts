import { analyzeJar } from '../imagej/analyze.js';
import { checksumOf } from '../imagej/checksum.js';
import { inspectArtifact } from '../imagej/inspect.js';
import { sha256 } from '../jetbrains/checksum.js';
import { inspectPlugin } from '../jetbrains/plugin-archive.js';
import type { Inspection } from '../model/artifact.js';
import type { ByteSource } from '../model/byte-source.js';
import type { FormatName } from '../model/format-name.js';
import type { Problem } from '../model/problem.js';
import { UserError } from '../model/user-error.js';
import type { Reading } from './format.js';
import type {
  AnalyzeRequest,
  AnalyzeResult,
  ChecksumRequest,
  ComputedChecksum,
  FileSources,
  InspectRequest,
  InspectResult,
} from './ports.js';

type Inspect = (source: ByteSource, reading: Reading, label: string) => Inspection | Promise<Inspection>;

/** Of each format what reads artifacts, and nothing else: threads are started for it, and load only this. */
export const INSPECTORS = {
  imagej: (source, reading, label) =>
    inspectArtifact(source, reading.sitePath, label, reading.knownChecksums),
  jetbrains: (source, _reading, label) => inspectPlugin(source, label),
} as const satisfies Record<FormatName, Inspect>;

type Analyzer = (source: ByteSource, label: string, withReferences: boolean) => unknown;
const ANALYZERS: Readonly<Partial<Record<FormatName, Analyzer>>> = { imagej: analyzeJar };

type Checksummer = (source: ByteSource, sitePath: string, label: string) => string | Promise<string>;
const CHECKSUMS: Readonly<Record<FormatName, Checksummer>> = { imagej: checksumOf, jetbrains: sha256 };

/** Reads one file; faults of the file are a result, so that one run tells all of them. */
export async function readRequested(
  request: InspectRequest | AnalyzeRequest | ChecksumRequest,
  sources: FileSources,
): Promise<InspectResult | AnalyzeResult | ComputedChecksum> {
  const { format, file } = request;
  try {
    const source = sources.open(file);
    try {
      switch (request.task) {
        case 'inspect':
          return { inspection: await INSPECTORS[format](source, request, file) };
        case 'analyze':
          return { analysis: ANALYZERS[format]?.(source, file, request.withReferences) };
        case 'checksum':
          return {
            checksum: await CHECKSUMS[format](source, request.sitePath, file),
            size: source.size,
          };
      }
    } finally {
      source.close();
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { problem: problemOf(error, file) };
  }
}

function problemOf(error: UserError, path: string): Problem {
  const code = error.code === 'limit' ? 'artifact-too-large' : 'unreadable-artifact';
  const { message, hint } = error;
  return { severity: 'error', code, path, message, ...(hint === undefined ? {} : { hint }) };
}
