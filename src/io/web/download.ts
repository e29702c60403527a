/**
 * Requests to web servers, limited in size and time, with retries as the server asks and with checked redirects;
 * and cached copies.
 *
 * @module
 */

import type { IncomingMessage } from 'node:http';
import type { HttpClient } from '@actions/http-client';
import { messageOf } from '../../model/user-error.js';
import { readStreamBounded } from '../files/read-bounded.js';
import { codeOf } from '../reasons.js';
import { createWebClient, isRedirect, MAX_REDIRECTS } from './client.js';
import { startDeadline } from './deadline.js';
import { orAborted } from './or-aborted.js';
import { MAX_WAIT_MS, retryAfterMs } from './retry-after.js';
import { retry, type Sleep } from './retry.js';
import { serverWords } from './server-words.js';

/** Shows whether a copy is up to date (RFC 9110, section 8.8). */
export interface Validators {
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
}

/** Response of a server: new content, or that the cached copy is up to date. */
export type Download =
  | { readonly status: 'new'; readonly bytes: Uint8Array; readonly validators: Validators }
  | { readonly status: 'unchanged' };

export interface RequestOptions {
  /** Timeout for each attempt, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Waits before another attempt; `undefined` for a real timer. */
  readonly sleep?: Sleep | undefined;
}

export interface DownloadOptions extends RequestOptions {
  /** Those of the cached copy, if one exists. */
  readonly validators: Validators | undefined;
  /** Maximum size of the file, in bytes. */
  readonly maxBytes: number;
}

/** Why a download failed. The caller adds what it was for. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';

  constructor(
    reason: string,
    /** Whether another attempt may succeed. */
    readonly isTransient: boolean,
    cause?: unknown,
    /** How long the server asks to wait, in milliseconds. */
    readonly waitMs = 0,
  ) {
    super(reason, cause === undefined ? undefined : { cause });
  }
}

/** The waits before the second and the third attempt, in milliseconds. */
const RETRY_WAITS_MS = [500, 2000];
const TRANSIENT = new Set([408, 425, 429, 500, 502, 503, 504]);

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
  return request(url, headers, options, async (message, signal) => {
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
  return request(url, { range: 'bytes=0-0' }, options, async (message, signal) => {
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

/** Reads a response; it must stop if the signal is aborted. */
type Take<T> = (message: IncomingMessage, signal: AbortSignal) => Promise<T>;

/** Sends a request, and retries it after transient failures. */
function request<T>(
  url: string,
  headers: Record<string, string>,
  options: RequestOptions,
  take: Take<T>,
): Promise<T> {
  const { signal, sleep } = options;
  return retry(() => attempt(url, headers, options, take), {
    waitsMs: RETRY_WAITS_MS,
    waitAfter: (error, usualMs) =>
      error instanceof DownloadError && error.isTransient && !signal.aborted
        ? Math.max(usualMs, error.waitMs)
        : undefined,
    signal,
    sleep,
  });
}

async function attempt<T>(
  url: string,
  headers: Record<string, string>,
  options: RequestOptions,
  take: Take<T>,
): Promise<T> {
  // A deadline for the whole response: a server that sends a byte now and then would never time out otherwise.
  const deadline = startDeadline(options.timeoutMs, options.signal);
  const { signal } = deadline;
  const client = createWebClient(options.timeoutMs);
  try {
    return await orAborted(follow(client, url, headers, signal, take), signal);
  } catch (error) {
    if (error instanceof DownloadError || options.signal.aborted) throw error;
    if (signal.aborted) {
      throw new DownloadError(
        `the response was not complete within ${options.timeoutMs / 1000} s`,
        false,
        error,
      );
    }
    throw new DownloadError(networkReasonOf(error), true, error);
  } finally {
    deadline.end();
    client.dispose();
  }
}

async function follow<T>(
  client: HttpClient,
  start: string,
  headers: Record<string, string>,
  signal: AbortSignal,
  take: Take<T>,
): Promise<T> {
  let url = new URL(start);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    // A body that is compressed for the transfer would differ from the file.
    const { message } = await client.get(url.href, {
      accept: '*/*',
      'accept-encoding': 'identity',
      ...headers,
    });
    const close = () => {
      message.destroy();
    };
    signal.addEventListener('abort', close, { once: true });
    try {
      if (!isRedirect(message)) return await take(message, signal);
      url = redirected(url, message.headers.location);
    } finally {
      signal.removeEventListener('abort', close);
      close();
    }
  }
  throw new DownloadError(`the server redirects more than ${MAX_REDIRECTS} times`, false);
}

/** Maximum length of a quoted status text, in characters. */
const MAX_SHOWN = 80;

/**
 * Creates the error for a refused request. It is not retried if the server asks for a longer wait than the maximum.
 */
async function refused(message: IncomingMessage, signal: AbortSignal): Promise<DownloadError> {
  const { statusCode: status = 0, statusMessage = '', headers } = message;
  const words = await serverWords(message, signal);
  const reason = words === undefined ? '' : ` ("${words}")`;
  const response = `the server responded with ${`${status} ${statusMessage.slice(0, MAX_SHOWN)}`.trim()}${reason}`;
  const wait = TRANSIENT.has(status) ? (retryAfterMs(headers) ?? 0) : 0;
  if (wait > MAX_WAIT_MS)
    return new DownloadError(`${response}, and asks to wait ${Math.ceil(wait / 1000)} s`, false);
  return new DownloadError(response, TRANSIENT.has(status), undefined, wait);
}

/** Redirects from https to http are refused: an attacker on the way could send anything. */
function redirected(from: URL, location: string | undefined): URL {
  if (location === undefined || !URL.canParse(location, from.href))
    throw new DownloadError('the server redirects to nowhere', false);
  const to = new URL(location, from);
  if (to.protocol !== 'https:' && to.protocol !== from.protocol)
    throw new DownloadError(`the server redirects to ${to.href}, which is not secure`, false);
  return to;
}

/** Plain words for failed connections. */
const NETWORK_REASONS: ReadonlyMap<string | undefined, string> = new Map([
  ['ENOTFOUND', 'its server was not found (no network?)'],
  ['EAI_AGAIN', 'its server was not found (no network?)'],
  ['ECONNREFUSED', 'its server refused the connection'],
  ['ECONNRESET', 'the connection was interrupted'],
]);

/** Returns the reason of a failed connection; for file operations, see `reasonOf` in reasons.ts. */
function networkReasonOf(error: unknown): string {
  return NETWORK_REASONS.get(codeOf(error)) ?? messageOf(error);
}
