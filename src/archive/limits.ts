/**
 * Bounds on what we unpack. An archive comes from a build, perhaps from a pull request: reading it must neither
 * fill the memory nor run for hours, whatever its headers promise.
 */
export interface ArchiveLimits {
  /** Most entries in one archive. */
  readonly maxEntries: number;
  /** Longest central directory, in bytes. */
  readonly maxDirectoryBytes: number;
  /** Largest single entry, unpacked, in bytes. A large one is unpacked piece by piece. */
  readonly maxEntryBytes: number;
  /** Largest archive, unpacked, in bytes. Entries that share a name count each time. */
  readonly maxUnpackedBytes: number;
  /** Most unpacked bytes for each packed one, once an archive unpacks to more than `ratioFloorBytes`. */
  readonly maxRatio: number;
  readonly ratioFloorBytes: number;
}

const MIB = 1024 * 1024;

/** Far above any real jar: the largest of Fiji has some 20,000 entries and unpacks to 200 MB. */
export const DEFAULT_ARCHIVE_LIMITS: ArchiveLimits = {
  maxEntries: 500_000,
  maxDirectoryBytes: 128 * MIB,
  maxEntryBytes: 1024 * MIB,
  maxUnpackedBytes: 4096 * MIB,
  maxRatio: 200,
  // Images without content, which samples and stacks have, pack a thousand times.
  ratioFloorBytes: 1024 * MIB,
};
