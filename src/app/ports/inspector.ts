import type { Inspection, PayloadFacts } from '../../model/artifact.js';
import type { FormatName } from '../../model/format-name.js';
import type { Problem } from '../../model/problem.js';

/** A request to inspect one file. Plain data: it may be sent to another thread. */
export interface InspectRequest {
  readonly task: 'inspect';
  readonly format: FormatName;
  readonly file: string;
  /** Size in bytes. */
  readonly size: number;
  readonly sitePath: string;
  /** The checksums of its current versions, on the site and upstream. */
  readonly knownChecksums: readonly string[];
}

export type InspectResult = { readonly inspection: Inspection } | { readonly problem: Problem };

/** A request to analyze the classes of a jar. Plain data: it may be sent to another thread. */
export interface AnalyzeRequest {
  readonly task: 'analyze';
  readonly format: FormatName;
  readonly file: string;
  /** Size in bytes. */
  readonly size: number;
  /** Whether to read its classes, not only list them. */
  readonly withReferences: boolean;
}

/** The result of the format's own analysis of a jar. */
export type AnalyzeResult = { readonly analysis: unknown } | { readonly problem: Problem };

/**
 * A request to compute the checksum of a file by the rule of a format. Plain data: it may be sent to another
 * thread.
 */
export interface ChecksumRequest {
  readonly task: 'checksum';
  readonly format: FormatName;
  readonly file: string;
  /** Size in bytes. */
  readonly size: number;
  /** Path on the site: in some formats it is part of the checksum. */
  readonly sitePath: string;
}

/** A request to check a stored file of a site. Plain data: it may be sent to another thread. */
export interface VerifyRequest extends Omit<InspectRequest, 'task'> {
  readonly task: 'verify';
  /** Name of the file in messages. */
  readonly label: string;
}

/** What the format found out about the file; only the format knows its type. */
export type VerifyResult = { readonly facts: PayloadFacts } | { readonly problem: Problem };

/** The checksum of a file and its size in bytes, or why it could not be computed. */
export type ComputedChecksum =
  { readonly checksum: string; readonly size: number } | { readonly problem: Problem };

/** Reads artifacts, on several cores if that is faster. */
export interface Inspector {
  /**
   * @param onDone called after each file with its size in bytes
   * @returns one result per request, in the same order
   */
  readonly inspectAll: (
    requests: readonly InspectRequest[],
    onDone: (bytes: number) => void,
  ) => Promise<readonly InspectResult[]>;

  /** Like `inspectAll`, for the classes of jars. */
  readonly analyzeAll: (
    requests: readonly AnalyzeRequest[],
    onDone: (bytes: number) => void,
  ) => Promise<readonly AnalyzeResult[]>;

  /** Like `inspectAll`, for checksums only. */
  readonly checksumAll: (
    requests: readonly ChecksumRequest[],
    onDone: (bytes: number) => void,
  ) => Promise<readonly ComputedChecksum[]>;

  /** Like `inspectAll`, for stored files of a site. */
  readonly verifyAll: (
    requests: readonly VerifyRequest[],
    onDone: (bytes: number) => void,
  ) => Promise<readonly VerifyResult[]>;
}
