import type { FileSources } from '../../app/ports/files.js';
import type {
  AnalyzeRequest,
  AnalyzeResult,
  ChecksumRequest,
  ComputedChecksum,
  InspectRequest,
  InspectResult,
  VerifyRequest,
  VerifyResult,
} from '../../app/ports/inspector.js';
import { READERS } from '../../formats/generated/readers.js';
import type { Problem } from '../../model/problem.js';
import { UserError } from '../../model/user-error.js';

/** Reads one file. Returns the faults of the file as a result, so that one run reports all of them. */
export async function readRequested(
  request: InspectRequest | AnalyzeRequest | ChecksumRequest | VerifyRequest,
  sources: FileSources,
): Promise<InspectResult | AnalyzeResult | ComputedChecksum | VerifyResult> {
  const { format, file } = request;
  const { inspect, analyze, checksum, verify } = READERS[format];
  const label = 'label' in request ? request.label : file;
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
        case 'verify':
          if (!verify) throw new Error(`The format ${format} does not check files.`);
          return { facts: await verify(source, request, label) };
      }
    } finally {
      source.close();
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { problem: problemOf(error, label) };
  }
}

function problemOf(error: UserError, path: string): Problem {
  const code = error.code === 'limit' ? 'artifact-too-large' : 'unreadable-artifact';
  const { message, hint } = error;
  return { severity: 'error', code, path, message, ...(hint === undefined ? {} : { hint }) };
}
