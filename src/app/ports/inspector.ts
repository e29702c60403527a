import type { Inspection } from '../../model/artifact.js';
import type { FormatName } from '../../model/format-name.js';
import type { Problem } from '../../model/problem.js';

/** What is to be read of one file. Plain data: it may go to another thread. */
export interface InspectRequest {
  readonly task: 'inspect';
  readonly format: FormatName;
  readonly file: string;
  /** Size in bytes. */
  readonly size: number;
  readonly sitePath: string;
  /** The checksums that its current version has, on the site or upstream. */
  readonly knownChecksums: readonly string[];
}

export type InspectResult = { readonly inspection: Inspection } | { readonly problem: Problem };

/** A jar whose classes are to be looked at. Plain data: it may go to another thread. */
export interface AnalyzeRequest {
  readonly task: 'analyze';
  readonly format: FormatName;
  readonly file: string;
  /** Size in bytes. */
  readonly size: number;
  /** Whether its classes are read too, and not only listed. */
  readonly withReferences: boolean;
}

/** What the format's own analysis found in a jar. */
export type AnalyzeResult = { readonly analysis: unknown } | { readonly problem: Problem };

/** A file whose checksum is wanted by the rule of a format. Plain data: it may go to another thread. */
export interface ChecksumRequest {
  readonly task: 'checksum';
  readonly format: FormatName;
  readonly file: string;
  /** Size in bytes. */
  readonly size: number;
  /** Path on the site: in some formats it is part of the checksum. */
  readonly sitePath: string;
}

/** The checksum of a file and its size in bytes, or why there is none. */
export type ComputedChecksum =
  { readonly checksum: string; readonly size: number } | { readonly problem: Problem };

/** Reads artifacts, on several cores where that pays. */
export interface Inspector {
  /**
   * @param onDone called after each file with the bytes it had
   * @returns a result for each request, in their order
   */
  readonly inspectAll: (
    requests: readonly InspectRequest[],
    onDone: (bytes: number) => void,
  ) => Promise<readonly InspectResult[]>;

  /** The same for the classes of jars. */
  readonly analyzeAll: (
    requests: readonly AnalyzeRequest[],
    onDone: (bytes: number) => void,
  ) => Promise<readonly AnalyzeResult[]>;

  /** The same for checksums alone. */
  readonly checksumAll: (
    requests: readonly ChecksumRequest[],
    onDone: (bytes: number) => void,
  ) => Promise<readonly ComputedChecksum[]>;
}
