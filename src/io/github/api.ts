/**
 * GitHub's REST API and the services of its runner: Pages, pull requests and their comments, the cache.
 *
 * @module
 */

import { getOctokit } from '@actions/github';
import type { Log } from '../../app/ports/log.js';
import { JsonError } from '../../model/schema.js';
import { messageOf, UserError } from '../../model/user-error.js';
import { boundedFetch, ResponseTooLargeError, type Fetch } from '../web/bounded-fetch.js';
import { startDeadline } from '../web/deadline.js';
import { MAX_WAIT_MS, retryAfterMs } from '../web/retry-after.js';
import { retry, type Sleep } from '../web/retry.js';
import { explain, type FailedRequest } from './explain.js';

type Octokit = ReturnType<typeof getOctokit>;

export interface GitHubApiOptions {
  readonly token: string;
  /** `https://api.github.com`, or that of an enterprise server. */
  readonly apiUrl: string;
  /** Timeout for each attempt, in milliseconds. */
  readonly timeoutMs: number;
  readonly log: Log;
  /** Waits before another attempt; `undefined` for a real timer. */
  readonly sleep?: Sleep | undefined;
}

/** One request to GitHub. */
export interface ApiCall<T> {
  /** Completes the sentence "GitHub refused to …". */
  readonly doing: string;
  /** Sends the request, and parses the response. Throws a {@link JsonError} if it is not a response of GitHub. */
  readonly send: (octokit: Octokit, request: { readonly signal: AbortSignal }) => Promise<T>;
  /**
   * For requests that must not be carried out twice: after an attempt without a clear response, finds out whether
   * it was carried out. Returns `undefined` if it was not.
   */
  readonly inDoubt?: () => Promise<T | undefined>;
}

export interface GitHubApi {
  /**
   * Sends a request, and retries it if that may help: after failures of the server or the network, and if GitHub
   * reports too many requests.
   *
   * @throws {UserError} `permission` if the token lacks a permission, `remote` otherwise, with GitHub's own message
   */
  readonly call: <T>(call: ApiCall<T>) => Promise<T>;
}

/** The waits before the second and the third attempt, in milliseconds. */
const RETRY_WAITS_MS = [1000, 3000];
/** Maximum size of a response, in bytes: a page of 100 comments of maximum length fits. */
const MAX_RESPONSE_BYTES = 32 * 1024 * 1024;
/** Maximum length of a quoted message from GitHub, in characters. */
const MAX_MESSAGE = 500;

/** Creates a client for GitHub's API. It uses the proxies of the environment. */
export function createGitHubApi({ token, apiUrl, timeoutMs, log, sleep }: GitHubApiOptions): GitHubApi {
  const octokit = getOctokit(token, { baseUrl: apiUrl });
  octokit.hook.before('request', (options) => {
    const request = options.request as { fetch: Fetch };
    // Octokit's own fetch uses the proxies. Hooks change the options of each request in place.
    options.request = { ...request, fetch: boundedFetch(request.fetch, MAX_RESPONSE_BYTES) };
  });
  octokit.hook.after('request', ({ status, data }) => {
    // The response of a proxy is a web page.
    if (status < 204 && (typeof data !== 'object' || data === null))
      throw new ApiFailure('the response is not JSON');
    requireErrorList(data);
  });
  const attempt = async <T>({ doing, send }: ApiCall<T>): Promise<T> => {
    const { signal, end } = startDeadline(timeoutMs);
    try {
      return await send(octokit, { signal });
    } catch (error) {
      throw signal.aborted
        ? new ApiFailure(`the response was not complete within ${timeoutMs / 1000} s`)
        : (unusable(error, doing) ?? failureOf(error));
    } finally {
      end();
    }
  };
  return {
    async call<T>(call: ApiCall<T>) {
      let failure: ApiFailure | undefined;
      /** The result of a failed attempt, if it was carried out after all. */
      const doneInDoubt = async () => (failure?.isDoubtful ? call.inDoubt?.() : undefined);
      const attemptUnlessDone = async () => {
        const done = await doneInDoubt();
        return done === undefined ? attempt(call) : done;
      };
      try {
        return await retry(attemptUnlessDone, {
          waitsMs: RETRY_WAITS_MS,
          waitAfter: (error, usualMs) => (error instanceof ApiFailure ? error.waitMs(usualMs) : undefined),
          onRetry: (error, waitMs) => {
            failure = error as ApiFailure;
            log.detail(`GitHub: ${failure.message}; trying again in ${waitMs / 1000} s.`);
          },
          sleep,
        });
      } catch (error) {
        if (!(error instanceof ApiFailure)) throw error;
        failure = error;
        const done = await doneInDoubt();
        if (done !== undefined) return done;
        throw explain(error, call.doing);
      }
    },
  };
}

/** Why a request has failed. */
class ApiFailure extends Error implements FailedRequest {
  override readonly name = 'Failure';

  constructor(
    message: string,
    /** HTTP status; `undefined` if no response arrived. */
    readonly status?: number,
    private readonly headers: Readonly<Record<string, string | undefined>> = {},
  ) {
    super(message);
  }

  /** Whether the request may have been carried out nevertheless. */
  get isDoubtful(): boolean {
    return this.status === undefined || this.status >= 500;
  }

  /** Whether the primary rate limit is used up, or GitHub asks to slow down. */
  get isRateLimit(): boolean {
    if (this.status !== 403 && this.status !== 429) return false;
    const { 'retry-after': retryAfter, 'x-ratelimit-remaining': remaining } = this.headers;
    return (
      this.status === 429 || retryAfter !== undefined || remaining === '0' || /rate limit/i.test(this.message)
    );
  }

  /**
   * Returns how long to wait before the next attempt, in milliseconds; `undefined` if another attempt would not
   * help.
   *
   * @param usual the wait if the response does not specify one
   */
  waitMs(usual: number): number | undefined {
    if (!this.isRateLimit)
      return this.isDoubtful ? bounded(Math.max(usual, retryAfterMs(this.headers) ?? 0)) : undefined;
    const { 'retry-after': retryAfter, 'x-ratelimit-remaining': remaining } = this.headers;
    if (retryAfter !== undefined) return bounded(retryAfterMs(this.headers) ?? Number.NaN);
    // GitHub's documentation asks for a minute if the response does not name a time.
    if (remaining !== '0') return MAX_WAIT_MS;
    const { 'x-ratelimit-reset': reset, date } = this.headers;
    return bounded(Number(reset) * 1000 - Date.parse(date ?? ''));
  }
}

function bounded(wait: number): number | undefined {
  return wait <= MAX_WAIT_MS ? Math.max(wait, 0) : undefined;
}

/** Checks the errors of a GraphQL response, which Octokit iterates over without a check. */
function requireErrorList(data: unknown): void {
  if (typeof data !== 'object' || data === null || !('errors' in data)) return;
  const isError = (value: unknown) => typeof value === 'object' && value !== null;
  if (!Array.isArray(data.errors) || !data.errors.every(isError))
    throw new JsonError('errors should be a list of objects');
}

/**
 * Returns the error for a response that GitHub does not send, so that a retry does not help; `undefined` for any
 * other failure.
 */
function unusable(error: unknown, doing: string): UserError | undefined {
  const cause = error instanceof Error && error.cause instanceof ResponseTooLargeError ? error.cause : error;
  if (!(cause instanceof JsonError || cause instanceof ResponseTooLargeError)) return undefined;
  return new UserError(
    'remote',
    `GitHub was asked to ${doing}, but its response is not valid: ${cause.message}.`,
    {
      hint: 'Check that GITHUB_API_URL is the address of a GitHub API. The response may have come from a proxy.',
      cause: error,
    },
  );
}

/** Converts the errors of octokit for failed requests. */
function failureOf(error: unknown): unknown {
  if (error instanceof ApiFailure || !(error instanceof Error)) return error;
  if (error.name === 'GraphqlResponseError') return new ApiFailure(error.message.slice(0, MAX_MESSAGE), 200);
  if (!('status' in error)) return error;
  const { status, response } = error as {
    status?: number;
    response?: { data?: unknown; headers?: Record<string, string> };
  };
  // Octokit sets a status even if no server responded.
  if (!response?.headers) return new ApiFailure(messageOf(error));
  return new ApiFailure(wordsOf(response.data), status, response.headers);
}

/** Returns GitHub's own message, with those about single fields. */
function wordsOf(data: unknown): string {
  if (typeof data !== 'object' || data === null || !('message' in data)) return '';
  const { message, errors } = data as { message: unknown; errors?: unknown };
  const faults = Array.isArray(errors)
    ? (errors as unknown[]).map(faultText).filter((text) => text !== '')
    : [];
  return [String(message), ...faults].join('; ').slice(0, MAX_MESSAGE);
}

function faultText(fault: unknown): string {
  if (typeof fault === 'string') return fault;
  const { message, field, code } = (fault ?? {}) as Record<string, unknown>;
  return [message, field, code].filter((part) => typeof part === 'string').join(' ');
}

/** Converts a 404 response to `undefined`. */
export async function orUndefined<T>(response: Promise<T>): Promise<T | undefined> {
  try {
    return await response;
  } catch (error) {
    if ((error as { status?: unknown }).status === 404) return undefined;
    throw error;
  }
}
