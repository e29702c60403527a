import { ArchiveError } from './error.js';
import type { ArchiveLimits } from './limits.js';

/** Counts what an archive unpacks to, and holds it to the limits. */
export interface UnpackedCount {
  /**
   * Counts the content of an entry, read so far.
   *
   * @param length in bytes; what is less than the entry promised, or was read before, counts no second time
   * @throws {ArchiveError} `limit`
   */
  unpacked(name: string, length: number): void;
}

/** What an entry promises. */
export interface PromisedEntry {
  readonly name: string;
  /** Unpacked size in bytes. */
  readonly size: number;
  /** How often its content counts: as often as its name is in the directory. */
  readonly times: number;
}

/**
 * Starts with what the entries promise: an archive that promises too much is refused before anything is unpacked.
 *
 * @param packed length of the file in bytes
 * @throws {ArchiveError} `limit`
 */
export function createUnpackedCount(
  promises: readonly PromisedEntry[],
  packed: number,
  limits: ArchiveLimits,
): UnpackedCount {
  const entries = new Map(promises.map(({ name, size, times }) => [name, { size, times }]));
  let total = 0;
  for (const { name, size, times } of promises) {
    checkEntry(name, size, limits);
    total += size * times;
  }
  checkTotal(total, packed, limits);
  return {
    unpacked(name, length) {
      const entry = entries.get(name);
      if (!entry || length <= entry.size) return;
      total += (length - entry.size) * entry.times;
      entry.size = length;
      checkEntry(name, length, limits);
      checkTotal(total, packed, limits);
    },
  };
}

function checkEntry(name: string, size: number, { maxEntryBytes }: ArchiveLimits): void {
  if (size > maxEntryBytes)
    throw new ArchiveError(
      'limit',
      `the entry "${name}" unpacks to ${size} bytes; at most ${maxEntryBytes} are read`,
    );
}

function checkTotal(total: number, packed: number, limits: ArchiveLimits): void {
  if (total > limits.maxUnpackedBytes)
    throw new ArchiveError(
      'limit',
      `it unpacks to ${total} bytes; at most ${limits.maxUnpackedBytes} are read`,
    );
  if (total > limits.ratioFloorBytes && total > packed * limits.maxRatio)
    throw new ArchiveError(
      'limit',
      `its ${packed} bytes unpack to ${total}, more than ${limits.maxRatio} times as many`,
    );
}
