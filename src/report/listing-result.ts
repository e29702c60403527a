import type { DetailedFile, FileListing, ListedFile, Listing } from '../model/listing.js';
import type { Timestamp } from '../model/timestamp.js';
import { publicationResult, type PublicationResult } from './history.js';

/** A file, for scripts. Every field is part of the contract with users. */
interface FileResult {
  readonly path: string;
  readonly version: string | null;
  readonly size: number | null;
  readonly timestamp: string | null;
  readonly checksum: string | null;
  readonly isCurrent: boolean;
  readonly previous: number;
  /** The following ones are only those of plugins. */
  readonly id?: string;
  readonly ides?: string;
  readonly systems?: readonly string[];
  readonly address?: string;
}

/** A file with all that is known about it, for scripts. */
interface DetailedFileResult extends FileResult {
  readonly payload: string | null;
  /** `null` if it is not known whether the payload exists. */
  readonly isStored: boolean | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly changeNotes: string | null;
  readonly authors: readonly string[];
  readonly links: readonly string[];
  readonly categories: readonly string[];
  readonly platforms: readonly string[];
  readonly executable: boolean;
  readonly builds: string | null;
  readonly signed: string | null;
  readonly dependencies: readonly {
    readonly path: string;
    readonly timestamp: string | null;
    readonly overrides: boolean;
  }[];
  readonly dependents: readonly string[];
  readonly previousVersions: readonly {
    readonly path: string;
    readonly version: string | null;
    readonly timestamp: string | null;
    readonly timestampObsolete: string | null;
    readonly checksum: string | null;
    readonly payload: string | null;
    readonly isStored: boolean | null;
  }[];
}

/** The files of a site, for scripts. */
export interface ListingResult<Result extends FileResult = FileResult> {
  readonly site: string;
  readonly format: string;
  /** The timestamp or commit of the listed state; `null` for the current state. */
  readonly at: string | null;
  /** Whether this is the index as it was stored; otherwise it was concluded from a later one. */
  readonly isExact: boolean;
  readonly files: readonly Result[];
}

/** All that is known about a file, for scripts. */
interface FileListingResult extends ListingResult<DetailedFileResult> {
  /** The publications that changed it, newest first; `null` for a place that does not keep earlier states. */
  readonly publications: readonly PublicationResult[] | null;
}

/** Returns the files for scripts. */
export function listingResult({ site, format, at, isExact, files }: Listing): ListingResult {
  return { site, format, at: at ?? null, isExact, files: files.map(fileResult) };
}

/** Returns all that is known about files, for scripts. */
export function detailsResult({
  site,
  format,
  at,
  isExact,
  files,
  presence,
  publications,
}: FileListing): FileListingResult {
  return {
    site,
    format,
    at: at ?? null,
    isExact,
    files: files.map((file) => detailedFileResult(file, presence)),
    publications: publications?.map(publicationResult) ?? null,
  };
}

function fileResult({ plugin, ...file }: ListedFile): FileResult {
  const { path, version = null, size = null, timestamp, checksum = null, isCurrent, previous } = file;
  return { path, version, size, timestamp: textOf(timestamp), checksum, isCurrent, previous, ...plugin };
}

function detailedFileResult(
  { details, ...file }: DetailedFile,
  presence: FileListing['presence'],
): DetailedFileResult {
  const storedResult = (payload: string | undefined) => ({
    payload: payload ?? null,
    isStored: presence.get(payload ?? '') ?? null,
  });
  const { title = null, description = null, changeNotes = null, builds = null, signed = null } = details;
  const { authors, links, categories, platforms, executable, dependencies, dependents } = details;
  return {
    ...fileResult(file),
    ...storedResult(details.payload),
    name: title,
    description,
    changeNotes,
    authors,
    links,
    categories,
    platforms,
    executable,
    builds,
    signed,
    dependencies: dependencies.map((one) => ({ ...one, timestamp: textOf(one.timestamp) })),
    dependents,
    previousVersions: details.previousVersions.map((one) => ({
      path: one.path,
      version: one.version ?? null,
      timestamp: textOf(one.timestamp),
      timestampObsolete: textOf(one.timestampObsolete),
      checksum: one.checksum ?? null,
      ...storedResult(one.payload),
    })),
  };
}

function textOf(timestamp: Timestamp | undefined): string | null {
  return timestamp === undefined ? null : String(timestamp);
}
