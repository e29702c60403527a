/**
 * Requests to web servers, limited in size and time, with retries as the server asks and with checked redirects;
 * and cached copies.
 *
 * @module
 */

import type { IncomingMessage } from 'node:http';
import { readStreamBounded } from '../files/read-bounded.js';
import { DownloadError, refused, request, type RequestOptions } from './request.js';

/** Shows whether a copy is up to date (RFC 9110, section 8.8). */
export interface Validators {
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
}

/** Response of a server: new content, or that the cached copy is up to date. */
export type Download =
  | { readonly status: 'new'; readonly bytes: Uint8Array; readonly validators: Validators }
  | { readonly status: 'unchanged' };

export interface DownloadOptions extends RequestOptions {
  /** Those of the cached copy, if one exists. */
  readonly validators: Validators | undefined;
  /** Maximum size of the file, in bytes. */
  readonly maxBytes: number;
}

/**
 * Downloads a file, through the proxies of the environment.
 *
 * @throws {DownloadError} if that fails
 */
export function download(
  url: string,
  { validators, maxBytes, ...options }: DownloadOptions,
): Promise<Download> {
  const headers: Record<string, string> = {};
  if (validators?.etag !== undefined) headers['if-none-match'] = validators.etag;
  if (validators?.lastModified !== undefined) headers['if-modified-since'] = validators.lastModified;
  return request({ method: 'GET', url, headers: () => headers }, options, async (message, signal) => {
    if (message.statusCode === 304 && validators !== undefined) return { status: 'unchanged' };
    if (message.statusCode !== 200) throw await refused(message, signal);
    const { etag, 'last-modified': lastModified } = message.headers;
    const bytes = await readStreamBounded(message, maxBytes, { signal });
    if (bytes === undefined) throw new DownloadError(`it exceeds the limit of ${maxBytes} bytes`, false);
    return { status: 'new', bytes, validators: { etag, lastModified } };
  });
}

/**
 * Returns the size of a file on a web server, in bytes. It requests the first byte instead of only the headers,
 * because redirects to addresses for a single download often allow nothing else. If the server does not state the
 * size, the file is read.
 *
 * @param atMost beyond which the size does not matter
 * @throws {DownloadError} if the file cannot be downloaded
 */
export function sizeOnServer(url: string, atMost: number, options: RequestOptions): Promise<number> {
  const headers = () => ({ range: 'bytes=0-0' });
  return request({ method: 'GET', url, headers }, options, async (message, signal) => {
    const { 'content-range': range = '', 'content-length': length } = message.headers;
    const [, whole] = /^bytes (?:0-0|\*)\/(\d{1,15})$/.exec(range) ?? [];
    // An empty file has no first byte.
    if (message.statusCode === 206 || (message.statusCode === 416 && whole === '0')) {
      if (whole === undefined)
        throw new DownloadError('the server does not state the size of the file', false);
      return Number(whole);
    }
    if (message.statusCode !== 200) throw await refused(message, signal);
    return length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : countBytes(message, atMost);
  });
}

/** @returns the number of bytes, or a number above `atMost` if there are more */
async function countBytes(message: IncomingMessage, atMost: number): Promise<number> {
  let bytes = 0;
  for await (const chunk of message) {
    bytes += (chunk as Buffer).length;
    if (bytes > atMost) break;
  }
  return bytes;
}
