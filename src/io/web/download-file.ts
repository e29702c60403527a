import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { machineFault } from '../machine-fault.js';
import { DownloadError, refused, request, type Redirect, type RequestOptions } from './request.js';

export interface DownloadFileOptions extends RequestOptions {
  /** Maximum size of the file, in bytes. */
  readonly maxBytes: number;
  /** Called with the number of bytes that have arrived since the last call. A repeated request does not count again. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/** A file that was downloaded. */
export interface DownloadedFile {
  /** In bytes. */
  readonly size: number;
  /** Time of the file on this machine, in milliseconds since 1970. */
  readonly modified: number;
  readonly redirects: readonly Redirect[];
}

/** What has arrived of a file. */
interface Arrived {
  bytes: number;
  /** Identifies the content on the server (RFC 9110, section 13.1.5); `undefined` if the server does not. */
  validator: string | undefined;
}

/**
 * Downloads a file to the disk. After an interruption, only the rest is requested, if the server can tell that the
 * file is still the same.
 *
 * @param file absolute path. It gets this name when it is complete; an existing file is replaced
 * @throws {DownloadError} if that fails
 * @throws {UserError} `machine` if the disk is full, for example
 */
export async function downloadFile(
  url: string,
  file: string,
  { maxBytes, onBytes, ...options }: DownloadFileOptions,
): Promise<DownloadedFile> {
  const partial = `${file}.partial`;
  const handle = await open(partial, 'w');
  const arrived: Arrived = { bytes: 0, validator: undefined };
  let reported = 0;
  try {
    const headers = (): Readonly<Record<string, string>> =>
      arrived.bytes > 0 && arrived.validator !== undefined
        ? { range: `bytes=${arrived.bytes}-`, 'if-range': arrived.validator }
        : {};
    const found = await request(
      { method: 'GET', url, headers },
      options,
      async (message, signal, redirects) => {
        await startAt(message, signal, handle, arrived, options);
        for await (const chunk of message) {
          const bytes = chunk as Buffer;
          if (arrived.bytes + bytes.length > maxBytes)
            throw new DownloadError(`it exceeds the limit of ${maxBytes} bytes`, false);
          await store(bytes, handle, arrived.bytes, partial);
          arrived.bytes += bytes.length;
          if (arrived.bytes > reported) {
            onBytes?.(arrived.bytes - reported);
            reported = arrived.bytes;
          }
          signal.throwIfAborted();
        }
        return redirects;
      },
    );
    await rename(partial, file);
    return { size: arrived.bytes, modified: (await handle.stat()).mtimeMs, redirects: found };
  } finally {
    await handle.close();
    await rm(partial, { force: true }).catch(() => undefined);
  }
}

/** Prepares for the content of a response: the rest of the file, or all of it. */
async function startAt(
  message: IncomingMessage,
  signal: AbortSignal,
  handle: FileHandle,
  arrived: Arrived,
  { retries }: RequestOptions,
): Promise<void> {
  const { statusCode, headers } = message;
  const [, start] = /^bytes (\d{1,15})-/.exec(headers['content-range'] ?? '') ?? [];
  if (statusCode === 206 && arrived.bytes > 0 && Number(start) === arrived.bytes) return;
  if (arrived.bytes > 0) await handle.truncate(0);
  arrived.bytes = 0;
  const { etag, 'last-modified': lastModified } = headers;
  arrived.validator = etag !== undefined && !etag.startsWith('W/') ? etag : lastModified;
  if (statusCode === 200) return;
  // Without what has arrived, the next attempt requests the whole file.
  if (statusCode === 206 || statusCode === 416)
    throw new DownloadError('the server sent another part of the file than was requested', true);
  throw await refused(message, signal, retries);
}

/** Writes all bytes, at a position of the file. */
async function store(bytes: Buffer, handle: FileHandle, position: number, file: string): Promise<void> {
  try {
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
      done += bytesWritten;
    }
  } catch (error) {
    const fault = Object.assign(error as Error, { path: file });
    throw machineFault('The download cannot be stored', fault) ?? fault;
  }
}
