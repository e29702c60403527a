/**
 * Requests to web servers: bounded in size and time, retried as the server asks, with redirects that lead no further than
 * they may; and copies of what was fetched.
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

/** What tells whether a copy is still what the server has (RFC 9110, section 8.8). */
export interface Validators {
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
}

/** What a server answered: something new, or that the copy at hand is up to date. */
export type Download =
  | { readonly status: 'new'; readonly bytes: Uint8Array; readonly validators: Validators }
  | { readonly status: 'unchanged' };

export interface RequestOptions {
  /** How long one attempt may take, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Waits before another attempt; undefined for the clock of this machine. */
  readonly sleep?: Sleep | undefined;
}

export interface DownloadOptions extends RequestOptions {
  /** Those of the copy at hand, if there is one. */
  readonly validators: Validators | undefined;
  /** Bound on what is read, in bytes. */
  readonly maxBytes: number;
}

/** A download that cannot be had, in words; what it was for is for the caller to say. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';

  constructor(
    reason: string,
    /** Whether it may work a little later. */
    readonly isPassing: boolean,
    cause?: unknown,
    /** How long the server asks to wait, in milliseconds. */
    readonly waitMs = 0,
  ) {
    super(reason, cause === undefined ? undefined : { cause });
  }
}

/** The waits before the second and the third attempt, in milliseconds. */
const RETRY_WAITS_MS = [500, 2000];
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * Reads a file of a web server. Proxies are those of the environment.
 *
 * @throws {DownloadError} where it cannot be had
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
    if (bytes === undefined)
      throw new DownloadError(`it has more than ${maxBytes} bytes, the most that is read`, false);
    return { status: 'new', bytes, validators: { etag, lastModified } };
  });
}

/**
 * The size of a file of a web server, in bytes. Its first byte is asked for, and not only its headers: addresses that are made for
 * one download, to which servers redirect, often allow nothing else. Where the server does not say how long the file is, it is
 * read.
 *
 * @param atMost beyond which the size does not matter
 * @throws {DownloadError} where the file cannot be had
 */
export function sizeOnServer(url: string, atMost: number, options: RequestOptions): Promise<number> {
  return request(url, { range: 'bytes=0-0' }, options, async (message, signal) => {
    const { 'content-range': range = '', 'content-length': length } = message.headers;
    const [, whole] = /^bytes (?:0-0|\*)\/(\d{1,15})$/.exec(range) ?? [];
    // An empty file has no first byte.
    if (message.statusCode === 206 || (message.statusCode === 416 && whole === '0')) {
      if (whole === undefined) throw new DownloadError('the server does not say how long it is', false);
      return Number(whole);
    }
    if (message.statusCode !== 200) throw await refused(message, signal);
    return length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : countBytes(message, atMost);
  });
}

/** @returns how many bytes there are, or a number above the bound if there are more */
async function countBytes(message: IncomingMessage, atMost: number): Promise<number> {
  let bytes = 0;
  for await (const chunk of message) {
    bytes += (chunk as Buffer).length;
    if (bytes > atMost) break;
  }
  return bytes;
}

/** What is taken from an answer; it may not go on once the signal says so. */
type Take<T> = (message: IncomingMessage, signal: AbortSignal) => Promise<T>;

/** Asks again after what may pass. */
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
      error instanceof DownloadError && error.isPassing && !signal.aborted
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
  // A deadline for the whole answer: a server that sends a byte now and then would never time out otherwise.
  const deadline = startDeadline(options.timeoutMs, options.signal);
  const { signal } = deadline;
  const client = createWebClient(options.timeoutMs);
  try {
    return await orAborted(follow(client, url, headers, signal, take), signal);
  } catch (error) {
    if (error instanceof DownloadError || options.signal.aborted) throw error;
    if (signal.aborted) {
      throw new DownloadError(`there was no full answer within ${options.timeoutMs / 1000} s`, false, error);
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
    // What is packed for the transfer would arrive as something else than the file.
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

/** Longest part of what a server says that is shown. */
const MAX_SHOWN = 80;

/** A server that asks to wait longer than we do is not asked again. */
async function refused(message: IncomingMessage, signal: AbortSignal): Promise<DownloadError> {
  const { statusCode: status = 0, statusMessage = '', headers } = message;
  const words = await serverWords(message, signal);
  const reason = words === undefined ? '' : ` ("${words}")`;
  const answer = `the server answers ${`${status} ${statusMessage.slice(0, MAX_SHOWN)}`.trim()}${reason}`;
  const wait = PASSING.has(status) ? (retryAfterMs(headers) ?? 0) : 0;
  if (wait > MAX_WAIT_MS)
    return new DownloadError(`${answer}, and asks to wait ${Math.ceil(wait / 1000)} s`, false);
  return new DownloadError(answer, PASSING.has(status), undefined, wait);
}

/** From https nothing leads back to http: whoever sits between could send anything. */
function redirected(from: URL, location: string | undefined): URL {
  if (location === undefined || !URL.canParse(location, from.href))
    throw new DownloadError('the server redirects to nowhere', false);
  const to = new URL(location, from);
  if (to.protocol !== 'https:' && to.protocol !== from.protocol)
    throw new DownloadError(`the server redirects to ${to.href}, which is not secure`, false);
  return to;
}

/** The reasons of failed connections that need other words than those of the system. */
const NETWORK_REASONS: ReadonlyMap<string | undefined, string> = new Map([
  ['ENOTFOUND', 'its server was not found (no network?)'],
  ['EAI_AGAIN', 'its server was not found (no network?)'],
  ['ECONNREFUSED', 'its server refuses the connection'],
  ['ECONNRESET', 'the connection broke off'],
]);

/** The reason of a failed connection; that of a failed call on files is `reasonOf` of reasons.ts. */
function networkReasonOf(error: unknown): string {
  return NETWORK_REASONS.get(codeOf(error)) ?? messageOf(error);
}
