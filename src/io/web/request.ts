import type { IncomingMessage } from 'node:http';
import type { HttpClient } from '@actions/http-client';
import { messageOf, UserError } from '../../model/user-error.js';
import { codeOf } from '../reasons.js';
import { createWebClient, isRedirect, MAX_REDIRECTS } from './client.js';
import { startDeadline } from './deadline.js';
import { orAborted } from './or-aborted.js';
import { MAX_WAIT_MS, retryAfterMs } from './retry-after.js';
import { retry, type Sleep } from './retry.js';
import { serverWords } from './server-words.js';

export interface RequestOptions {
  /** Timeout for each attempt, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Waits before another attempt; `undefined` for a real timer. */
  readonly sleep?: Sleep | undefined;
  /** How to retry; `undefined` for two further attempts. */
  readonly retries?: Retries | undefined;
}

/** How failed requests are retried. */
export interface Retries {
  /** Default waits before the second attempt, the third and so on, in milliseconds. */
  readonly waitsMs: readonly number[];
  /** Statuses after which another attempt may succeed. */
  readonly statuses: ReadonlySet<number>;
  /** Whether a failure is worth a wait; absent if all transient ones are. */
  readonly isWorth?: (error: DownloadError, waitMs: number) => boolean;
  /** Called before each wait. */
  readonly onRetry?: (error: unknown, waitMs: number) => void;
}

/** What to request. */
export interface WebRequest {
  readonly method: 'GET' | 'HEAD';
  readonly url: string;
  /** Headers for each attempt. */
  readonly headers?: () => Readonly<Record<string, string>>;
}

/** A redirect that was followed. */
export interface Redirect {
  readonly status: number;
  readonly from: string;
  readonly to: string;
}

/** Why a request failed. The caller adds what it was for. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
  /** How long the server asks to wait, in milliseconds. */
  readonly waitMs: number;
  /** The status of the response; `undefined` if there was none. */
  readonly status: number | undefined;
  /** Whether the server did not respond, or not completely in time. */
  readonly isUnanswered: boolean;

  constructor(
    reason: string,
    /** Whether another attempt may succeed. */
    readonly isTransient: boolean,
    cause?: unknown,
    {
      waitMs = 0,
      status,
      isUnanswered = false,
    }: { readonly waitMs?: number; readonly status?: number; readonly isUnanswered?: boolean } = {},
  ) {
    super(reason, cause === undefined ? undefined : { cause });
    this.waitMs = waitMs;
    this.status = status;
    this.isUnanswered = isUnanswered;
  }
}

/** The statuses after which another attempt may succeed. */
export const TRANSIENT: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);
const USUAL: Retries = { waitsMs: [500, 2000], statuses: TRANSIENT };

/** Reads a response; it must stop if the signal is aborted. */
export type Take<T> = (
  message: IncomingMessage,
  signal: AbortSignal,
  redirects: readonly Redirect[],
) => Promise<T>;

/**
 * Sends a request through the proxies of the environment, follows redirects, and retries after transient failures.
 *
 * @throws {DownloadError} if that fails
 */
export function request<T>(what: WebRequest, options: RequestOptions, take: Take<T>): Promise<T> {
  const { signal, sleep, retries: { waitsMs, isWorth, onRetry } = USUAL } = options;
  return retry(() => attempt(what, options, take), {
    waitsMs,
    waitAfter: (error, usualMs) =>
      error instanceof DownloadError &&
      error.isTransient &&
      isWorth?.(error, usualMs) !== false &&
      !signal.aborted
        ? Math.max(usualMs, error.waitMs)
        : undefined,
    ...(onRetry ? { onRetry } : {}),
    signal,
    sleep,
  });
}

async function attempt<T>(what: WebRequest, options: RequestOptions, take: Take<T>): Promise<T> {
  // A deadline for the whole response: a server that sends a byte now and then would never time out otherwise.
  const deadline = startDeadline(options.timeoutMs, options.signal);
  const { signal } = deadline;
  const client = createWebClient(options.timeoutMs);
  try {
    return await orAborted(follow(client, what, signal, take), signal);
  } catch (error) {
    // A fault of this machine is not one of the server.
    if (error instanceof DownloadError || error instanceof UserError || options.signal.aborted) throw error;
    if (signal.aborted) {
      throw new DownloadError(
        `the response was not complete within ${options.timeoutMs / 1000} s`,
        false,
        error,
        { isUnanswered: true },
      );
    }
    throw new DownloadError(networkReasonOf(error), true, error, { isUnanswered: true });
  } finally {
    deadline.end();
    client.dispose();
  }
}

async function follow<T>(
  client: HttpClient,
  { method, url: start, headers }: WebRequest,
  signal: AbortSignal,
  take: Take<T>,
): Promise<T> {
  let url = new URL(start);
  const redirects: Redirect[] = [];
  while (redirects.length <= MAX_REDIRECTS) {
    // A body that is compressed for the transfer would differ from the file.
    const { message } = await client.request(method, url.href, null, {
      accept: '*/*',
      'accept-encoding': 'identity',
      ...headers?.(),
    });
    const close = () => {
      message.destroy();
    };
    signal.addEventListener('abort', close, { once: true });
    try {
      if (!isRedirect(message)) return await take(message, signal, redirects);
      const to = redirected(url, message.headers.location);
      redirects.push({ status: message.statusCode ?? 0, from: url.href, to: to.href });
      url = to;
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
export async function refused(
  message: IncomingMessage,
  signal: AbortSignal,
  { statuses }: Pick<Retries, 'statuses'> = USUAL,
): Promise<DownloadError> {
  const { statusCode: status = 0, statusMessage = '', headers } = message;
  const words = await serverWords(message, signal);
  const reason = words === undefined ? '' : ` ("${words}")`;
  const response = `the server responded with ${`${status} ${statusMessage.slice(0, MAX_SHOWN)}`.trim()}${reason}`;
  const isTransient = statuses.has(status);
  const waitMs = isTransient ? (retryAfterMs(headers) ?? 0) : 0;
  if (waitMs > MAX_WAIT_MS) {
    const asked = `${response}, and asks to wait ${Math.ceil(waitMs / 1000)} s`;
    return new DownloadError(asked, false, undefined, { status });
  }
  return new DownloadError(response, isTransient, undefined, { waitMs, status });
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
