import type { StoredPayload } from './stored-payloads.js';

/** Size of a file of unknown size, in bytes. */
const ASSUMED_BYTES = 1024 * 1024;

/**
 * Divides payloads into batches, in the same order. A batch has at least one payload, so a single large one may exceed
 * the limit.
 */
export function inBatches<One>(
  all: readonly One[],
  payloadOf: (one: One) => Pick<StoredPayload, 'size'>,
  { maxFiles, maxBytes }: { readonly maxFiles: number; readonly maxBytes: number },
): readonly (readonly One[])[] {
  const batches: One[][] = [];
  let bytes = 0;
  for (const one of all) {
    const { size = ASSUMED_BYTES } = payloadOf(one);
    const last = batches.at(-1);
    if (last && last.length < maxFiles && bytes + size <= maxBytes) {
      last.push(one);
      bytes += size;
    } else {
      batches.push([one]);
      bytes = size;
    }
  }
  return batches;
}
