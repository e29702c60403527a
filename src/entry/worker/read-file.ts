import type { FileSources } from '../../app/ports/files.js';
import type {
  AnalyzeRequest,
  AnalyzeResult,
  ChecksumRequest,
  ComputedChecksum,
  InspectRequest,
  InspectResult,
} from '../../app/ports/inspector.js';
import { READERS } from '../../formats/generated/readers.js';
import type { Problem } from '../../model/problem.js';
import { UserError } from '../../model/user-error.js';

/** Reads one file. Returns the faults of the file as a result, so that one run reports all of them. */
export async function readRequested(
  request: InspectRequest | AnalyzeRequest | ChecksumRequest,
  sources: FileSources,
): Promise<InspectResult | AnalyzeResult | ComputedChecksum> {
  const { format, file } = request;
  const { inspect, analyze, checksum } = READERS[format];
  try {
    const source = sources.open(file);
    try {
      switch (request.task) {
        case 'inspect':
          return { inspection: await inspect(source, request, file) };
        case 'analyze':
          return { analysis: analyze?.(source, file, request.withReferences) };
        case 'checksum':
          return {
            checksum: await checksum(source, request.sitePath, file),
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
