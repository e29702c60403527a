/**
 * A backup of a site, which is only read: a zip archive with the index and the payloads under the names that they have
 * on the site. An entry is only read if its name is exactly that of the wanted file, and its name is never used to
 * write a file. What is read is compared with the checksums in the archive, if it has any.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import type { FetchOptions, FileState, LocalFile, ReadableSite } from '../../app/ports/site-source.js';
import { openArchive, type Archive } from '../../archive/archive.js';
import { DEFAULT_ARCHIVE_LIMITS, type ArchiveLimits } from '../../archive/limits.js';
import { openFileSource } from '../../io/files/file-sources.js';
import { NotAFileError } from '../../io/files/read-bounded.js';
import { codeOf, reasonOf } from '../../io/reasons.js';
import { parseSha256Sums, SHA256SUMS } from '../../model/sha256sums.js';
import { parseSitePath, type SitePath } from '../../model/site-path.js';
import { UserError } from '../../model/user-error.js';
import type { OpenSource } from '../store.js';
import { place, type BackupLocation } from './place.js';

/** Maximum size of a file that is read as a whole, such as the packed index, in bytes. */
const MAX_READ_BYTES = 64 * 1024 * 1024;

const GIB = 1024 * 1024 * 1024;

/** A backup is as large as its site. Each of its files is read separately. */
const LIMITS: ArchiveLimits = {
  ...DEFAULT_ARCHIVE_LIMITS,
  maxEntryBytes: 2 * GIB,
  maxUnpackedBytes: 1024 * GIB,
  ratioFloorBytes: 4 * GIB,
};

const NOT_AS_STATED = `not what the ${SHA256SUMS} of the backup state`;

/** Opens a backup. */
export const openSource: OpenSource<BackupLocation> = (location, { cwd, signal }) => {
  const { file } = location;
  let close: (() => void) | undefined;
  let site: ReadableSite | undefined;
  const openSite = (): ReadableSite => {
    try {
      const source = openFileSource(path.resolve(cwd, file));
      ({ close } = source);
      return siteIn(openArchive(source, file, LIMITS), file, signal);
    } catch (error) {
      throw unreadable(file, error);
    }
  };
  return {
    description: place.describe(location),
    open: () => settled(() => (site ??= openSite())),
    close: () =>
      settled(() => {
        close?.();
        close = site = undefined;
      }),
  };
};

/** Returns the result of work as a promise, which is rejected if the work fails. */
function settled<T>(work: () => T): Promise<T> {
  return Promise.resolve().then(work);
}

/** SHA-256 by name, as the archive itself states them. */
type Sums = ReadonlyMap<string, string>;

function siteIn(archive: Archive, file: string, signal: AbortSignal): ReadableSite {
  const sums = parseSha256Sums(Buffer.from(readEntry(archive, SHA256SUMS, file) ?? []).toString());
  return {
    isNew: false,
    remedy: 'Use another copy of the backup, or write it again with "update-site export".',
    // The end of an archive that was cut short can be that of a jar in it, which then looks like the whole archive.
    adviceIfEmpty: () =>
      Promise.resolve(
        'The index must be at the root of the archive. If "update-site export" wrote it, it is not complete: use another copy of it.',
      ),
    readFile: (name) => settled(() => readChecked(archive, name, file, sums)),
    listFiles: () =>
      settled(() => archive.entries.flatMap(({ name }) => ('path' in parseSitePath(name) ? [name] : []))),
    statFiles: (paths, onDone) =>
      settled(() =>
        paths.map((name): FileState => {
          const entry = archive.find(name);
          onDone?.();
          return entry ? { status: 'there', size: entry.size } : { status: 'missing' };
        }),
      ),
    async fetchFiles(paths, options) {
      const files: LocalFile[] = [];
      for (const name of paths) {
        signal.throwIfAborted();
        files.push(await fetchEntry(archive, name, sums, options));
      }
      return files;
    },
  };
}

/** Reads a file of the index. The index states nothing about these files, so a wrong checksum is an error. */
function readChecked(archive: Archive, name: SitePath, file: string, sums: Sums): Uint8Array | undefined {
  const bytes = readEntry(archive, name, file);
  const stated = sums.get(name);
  if (stated === undefined) return bytes;
  if (!bytes) throw damaged(file, `it does not contain ${name}, which its ${SHA256SUMS} name`);
  if (createHash('sha256').update(bytes).digest('hex') === stated) return bytes;
  throw damaged(file, `${name} is ${NOT_AS_STATED}`);
}

function readEntry(archive: Archive, name: SitePath, file: string): Uint8Array | undefined {
  const entry = archive.find(name);
  if (!entry) return undefined;
  let bytes: Uint8Array | undefined;
  try {
    bytes = archive.read(entry, MAX_READ_BYTES);
  } catch (error) {
    throw unreadable(file, error);
  }
  if (bytes) return bytes;
  throw new UserError('limit', `${name} in ${file} has more than ${MAX_READ_BYTES} bytes.`, {
    hint: 'A file of this size is damaged, or not an index.',
  });
}

async function fetchEntry(
  archive: Archive,
  name: SitePath,
  sums: Sums,
  { fileFor, maxBytesEach, onBytes }: FetchOptions,
): Promise<LocalFile> {
  const entry = archive.find(name);
  if (!entry) return { status: 'missing' };
  const tooLarge = { status: 'failed', reason: `it has more than ${maxBytesEach} bytes` } as const;
  if (entry.size > maxBytesEach) return tooLarge;
  const file = fileFor(name);
  const handle = await open(file, 'w');
  const hash = createHash('sha256');
  let isComplete = false;
  try {
    let size = 0;
    for await (const bytes of piecesOf(archive.content(entry))) {
      if (size + bytes.length > maxBytesEach) return tooLarge;
      await handle.writeFile(bytes);
      hash.update(bytes);
      size += bytes.length;
      onBytes?.(bytes.length);
    }
    const { mtimeMs: modified } = await handle.stat();
    isComplete = true;
    const there = { status: 'there', file, size, modified } as const;
    const stated = sums.get(name);
    return stated === undefined || stated === hash.digest('hex')
      ? there
      : { ...there, damage: `it is ${NOT_AS_STATED}` };
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { status: 'failed', reason: damageIn(error) };
  } finally {
    await handle.close();
    if (!isComplete) await rm(file, { force: true }).catch(() => undefined);
  }
}

async function* piecesOf(content: Buffer | AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  if (Buffer.isBuffer(content)) yield content;
  else yield* content;
}

/** Whether an error means that the archive is damaged, exceeds a limit, or has become shorter. */
function isDamage(error: unknown): error is Error {
  return error instanceof UserError || error instanceof RangeError;
}

/** Returns what is wrong with an archive, as a clause. */
function damageIn({ message, cause }: Error): string {
  return cause instanceof Error ? cause.message : message;
}

function damaged(file: string, what: string, cause?: Error): UserError {
  return new UserError('site', `The backup ${file} cannot be read: ${what}.`, {
    hint: 'It is damaged or not complete. Use another copy of it.',
    cause,
  });
}

/** Returns the error for the user, or any other error unchanged. */
function unreadable(file: string, error: unknown): unknown {
  if (isDamage(error)) return damaged(file, damageIn(error), error);
  const isFile = !(error instanceof NotAFileError);
  if (isFile && codeOf(error) === undefined) return error;
  return new UserError(
    'site',
    `The backup ${file} cannot be read: ${isFile ? reasonOf(error) : 'it is not a regular file'}.`,
    {
      hint: 'Check the path after "zip:". It is that of a file that "update-site export" wrote.',
      cause: error,
    },
  );
}
