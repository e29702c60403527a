import { inspectArtifact } from '../imagej/inspect.js';
import type { Problem } from '../model/problem.js';
import { UserError } from '../model/user-error.js';
import type { AnyFormat, FormatName } from './format.js';
import type { FileSources, InspectRequest, InspectResult } from './ports.js';

/** Of each format what reads artifacts, and nothing else: threads are started for it, and load only this. */
export const INSPECTORS: Readonly<Record<FormatName, AnyFormat['inspect']>> = {
  imagej: (source, reading, label) =>
    inspectArtifact(source, reading.sitePath, label, reading.knownChecksums),
};

/** Reads one artifact; faults of the artifact are a result, so that one run tells all of them. */
export async function inspectFile(request: InspectRequest, sources: FileSources): Promise<InspectResult> {
  try {
    const source = sources.open(request.file);
    try {
      return { inspection: await INSPECTORS[request.format](source, request, request.file) };
    } finally {
      source.close();
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { problem: problemOf(error, request.file) };
  }
}

function problemOf(error: UserError, path: string): Problem {
  const code = error.code === 'limit' ? 'artifact-too-large' : 'unreadable-artifact';
  const { message, hint } = error;
  return { severity: 'error', code, path, message, ...(hint === undefined ? {} : { hint }) };
}
