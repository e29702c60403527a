import type { FormatReaders } from '../readers.js';
import { checksumOf } from './artifacts/checksum.js';
import { inspectArtifact, type ImageJInspection } from './artifacts/inspect.js';
import { analyzeJar } from './dependencies/analyze-jar.js';
import { readPayload } from './verify/payload-facts.js';

/** Reads the files of ImageJ update sites. */
export const readers: FormatReaders<ImageJInspection> = {
  inspect: (source, { sitePath, knownChecksums }, label) =>
    inspectArtifact(source, sitePath, label, knownChecksums),
  analyze: analyzeJar,
  checksum: checksumOf,
  verify: readPayload,
};
