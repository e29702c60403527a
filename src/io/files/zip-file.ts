import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { open, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { Transform, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { EntryContent, NewArchive, NewArchives } from '../../app/ports/new-archives.js';
import type { SitePath } from '../../model/site-path.js';
import { UserError } from '../../model/user-error.js';
import { machineFault } from '../machine-fault.js';
import { codeOf, reasonOf } from '../reasons.js';
import { requireUnchanged } from './unchanged.js';
import { releaserFor } from './written-entries.js';

/**
 * Maximum size of a file that is written in one piece, in bytes. The size and checksum of such a file are before its
 * content, where the simplest readers look for them; those of a larger one follow it.
 */
const WHOLE_BYTES = 32 * 1024 * 1024;

/**
 * The date of all entries, so that the same files always give the same archive. A zip contains local times, and no
 * dates before 1980: a month later, no time zone matters.
 */
const DATE = new Date(1980, 1, 1);

const [FILE_MODE, EXECUTABLE_MODE] = [0o100644, 0o100755];

export interface ZipFileOptions {
  /** Where relative paths start. */
  readonly cwd: string;
  /** An id that no other run has; lower-case letters, digits and hyphens. */
  readonly runId: string;
  /** Aborts the work. */
  readonly signal: AbortSignal;
  /** For tests. */
  readonly wholeBytes?: number;
}

/**
 * Writes zip archives of any size. Their files are stored and not compressed: jars are compressed already, and the
 * result does not depend on the version of a compressor.
 */
export function createZipFiles(options: ZipFileOptions): NewArchives {
  return {
    async create(file, overwrite) {
      const absolute = path.resolve(options.cwd, file);
      await requireFree(absolute, file, overwrite);
      const partial = `${absolute}.${options.runId}.partial`;
      const handle = await open(partial, 'wx').catch((error: unknown) => {
        throw codeOf(error) === 'ENOENT' ? noFolder(file, error) : cannotWrite(file, error);
      });
      return createZip(handle, partial, { ...options, absolute, file, overwrite });
    },
  };
}

/** Where an archive is written. */
interface Target extends ZipFileOptions {
  readonly absolute: string;
  /** The archive, as messages name it. */
  readonly file: string;
  readonly overwrite: boolean;
}

function createZip(handle: FileHandle, partial: string, target: Target): NewArchive {
  const { absolute, file, overwrite, signal, cwd, wholeBytes = WHOLE_BYTES } = target;
  const zip = new ZipFile();
  const releaseWritten = releaserFor(zip);
  const output = zip.outputStream as NodeJS.ReadableStream & Pick<Writable, 'writableNeedDrain'>;
  const ended = new AbortController();
  const write = async (chunks: AsyncIterable<string | Buffer>) => {
    for await (const chunk of chunks) await handle.writeFile(chunk);
  };
  const written = pipeline(output, write, { signal: AbortSignal.any([signal, ended.signal]) });
  const failed = new Promise<never>((_, reject) => {
    zip.on('error', reject);
    written.catch(reject);
  });
  // Without a listener, a failure before the next step would end the program.
  failed.catch(() => undefined);
  let isOpen = true;
  const unlessFailed = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await Promise.race([work, failed]);
    } catch (error) {
      signal.throwIfAborted();
      throw cannotWrite(file, error);
    }
  };
  return {
    async add(name, content, isExecutable) {
      signal.throwIfAborted();
      const options = {
        mtime: DATE,
        forceDosTimestamp: true,
        compress: false,
        mode: isExecutable ? EXECUTABLE_MODE : FILE_MODE,
      };
      const hash = createHash('sha256');
      const bytes = await wholeOf(content, cwd, wholeBytes);
      if (bytes) {
        hash.update(bytes);
        zip.addBuffer(bytes, name, options);
        if (output.writableNeedDrain) await unlessFailed(once(output, 'drain'));
      } else {
        const local = content as Exclude<EntryContent, Uint8Array>;
        const large = { file: path.resolve(cwd, local.file), size: local.size };
        try {
          await unlessFailed(addLarge(zip, name, large, options, hash));
        } finally {
          await requireSame(cwd, local);
        }
      }
      releaseWritten();
      return hash.digest('hex');
    },

    async finish() {
      zip.end();
      await unlessFailed(written);
      try {
        await handle.sync();
        const { size } = await handle.stat();
        await handle.close();
        await requireFree(absolute, file, overwrite);
        await rename(partial, absolute);
        isOpen = false;
        return size;
      } catch (error) {
        throw cannotWrite(file, error);
      }
    },

    async discard() {
      if (!isOpen) return;
      isOpen = false;
      ended.abort();
      await written.catch(() => undefined);
      await handle.close().catch(() => undefined);
      await rm(partial, { force: true }).catch(() => undefined);
    },
  };
}

/** Reads a small file; returns `undefined` for a large one. */
async function wholeOf(content: EntryContent, cwd: string, maxBytes: number): Promise<Buffer | undefined> {
  if (content instanceof Uint8Array)
    return Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (content.size > maxBytes) return undefined;
  try {
    return await readFile(path.resolve(cwd, content.file));
  } finally {
    await requireSame(cwd, content);
  }
}

/**
 * Checks that a file is as it was when it was read. If it is not, that is the reason of any other fault.
 *
 * @throws {UserError} `site` if it has changed
 */
async function requireSame(cwd: string, local: Exclude<EntryContent, Uint8Array>): Promise<void> {
  try {
    await requireUnchanged(cwd, local);
  } catch (error) {
    throw new UserError('site', `${local.file} has changed while the site was read.`, {
      hint: 'Nothing was written. Run again when no other program writes to the site.',
      cause: error,
    });
  }
}

/** Adds a file piece by piece. Its bytes are also added to a hash. */
async function addLarge(
  zip: ZipFile,
  name: SitePath,
  { file, size }: { readonly file: string; readonly size: number },
  options: Parameters<ZipFile['addBuffer']>[2],
  hash: ReturnType<typeof createHash>,
): Promise<void> {
  const hashed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  zip.addReadStream(hashed, name, { ...options, size });
  await pipeline(createReadStream(file), hashed, { end: true });
}

/** Checks that an archive can get its name, before the work and after it. */
async function requireFree(absolute: string, file: string, overwrite: boolean): Promise<void> {
  const kind = await stat(absolute).catch(() => undefined);
  if (kind?.isDirectory() === true)
    throw new UserError('site', `${file} is a folder.`, { hint: 'Choose another name for the archive.' });
  if (kind && !overwrite)
    throw new UserError('site', `${file} exists.`, {
      hint: 'Choose another name, or replace the file with --force.',
    });
}

function noFolder(file: string, cause: unknown): UserError {
  return new UserError(
    'site',
    `${file} cannot be written: the folder ${path.dirname(file)} does not exist.`,
    { hint: 'Make the folder, or choose another place for the archive.', cause },
  );
}

/** Returns the error for the user, or any other error unchanged. */
function cannotWrite(file: string, error: unknown): unknown {
  if (error instanceof UserError || (error as Error).name === 'AbortError') return error;
  return (
    machineFault(`${file} cannot be written`, error) ??
    new UserError('site', `${file} cannot be written: ${reasonOf(error)}.`, {
      hint: 'Choose another place for the archive, in a folder that exists.',
      cause: error,
    })
  );
}
