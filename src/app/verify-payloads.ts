import { changedFiles } from '../model/changed-file.js';
import type { FormatName } from '../model/format-name.js';
import type { ChecksumRequest, ComputedChecksum, Inspector } from './ports/inspector.js';
import type { Progress } from './ports/log.js';
import type { PayloadCopy } from './ports/site-store.js';

/**
 * Compares copies of payloads with the index, by the checksum of the format and by size.
 *
 * @throws {UserError} `artifact` if copies differ, with one problem for each of them
 */
export async function verifyPayloads(
  copies: readonly PayloadCopy[],
  format: FormatName,
  inspector: Inspector,
  progress: Progress,
): Promise<void> {
  const requests = copies.map(({ payload, file }): ChecksumRequest => ({
    task: 'checksum',
    format,
    file,
    size: payload.size,
    sitePath: payload.path,
  }));
  const task = progress.start(
    'Verifying files',
    requests.reduce((sum, { size }) => sum + size, 0),
  );
  const computed = await inspector.checksumAll(requests, (bytes) => {
    task.advance(bytes);
  });
  task.done();
  const changed = copies.filter((copy, at) => !matchesIndex(copy, computed[at]));
  if (changed.length > 0) throw changedFiles(changed.map(({ payload }) => payload.file));
}

/** Whether a copy matches the index. A copy that cannot be read does not match. */
function matchesIndex({ payload }: PayloadCopy, computed: ComputedChecksum | undefined): boolean {
  return (
    computed !== undefined &&
    'checksum' in computed &&
    computed.checksum === payload.checksum &&
    computed.size === payload.size
  );
}
