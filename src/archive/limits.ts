/**
 * Limits for unpacking. An archive may come from the build of a pull request. Reading it must neither fill the memory
 * nor run for hours, whatever its headers state.
 */
export interface ArchiveLimits {
  /** Maximum number of entries in an archive. */
  readonly maxEntries: number;
  /** Maximum length of the central directory, in bytes. */
  readonly maxDirectoryBytes: number;
  /** Maximum unpacked size of an entry, in bytes. A large entry is unpacked in pieces. */
  readonly maxEntryBytes: number;
  /** Maximum unpacked size of an archive, in bytes. Entries that share a name count each time. */
  readonly maxUnpackedBytes: number;
  /** Maximum ratio of unpacked to packed bytes, for an archive that unpacks to more than `ratioFloorBytes`. */
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
  // Empty images, which occur in samples and stacks, compress by a factor of a thousand.
  ratioFloorBytes: 1024 * MIB,
};
