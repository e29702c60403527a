import { ArchiveError } from './error.js';
import type { ArchiveLimits } from './limits.js';

/** Counts the unpacked bytes of an archive and enforces the limits. */
export interface UnpackedCount {
  /**
   * Counts the content of an entry that was read so far.
   *
   * @param length in bytes; the declared size, and what was read before, are not counted again
   * @throws {ArchiveError} `limit`
   */
  unpacked(name: string, length: number): void;
}

/** An entry with its declared size. */
export interface DeclaredEntry {
  readonly name: string;
  /** Unpacked size in bytes. */
  readonly size: number;
  /** How often its content counts: as often as its name occurs in the directory. */
  readonly times: number;
}

/**
 * Creates a count that starts with the declared sizes. An archive that declares too much is refused at once.
 *
 * @param packed length of the file in bytes
 * @throws {ArchiveError} `limit`
 */
export function createUnpackedCount(
  declared: readonly DeclaredEntry[],
  packed: number,
  limits: ArchiveLimits,
): UnpackedCount {
  const entries = new Map(declared.map(({ name, size, times }) => [name, { size, times }]));
  let total = 0;
  for (const { name, size, times } of declared) {
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
