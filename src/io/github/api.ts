/**
 * GitHub's REST API and the services of its runner: Pages, pull requests and their comments, the cache.
 *
 * @module
 */

import { getOctokit } from '@actions/github';
import type { Log } from '../../app/ports/log.js';
import { printable } from '../../model/printable.js';
import { JsonError } from '../../model/schema.js';
import { messageOf, UserError } from '../../model/user-error.js';
import { boundedFetch, ResponseTooLargeError, type Fetch } from '../web/bounded-fetch.js';
import { startDeadline } from '../web/deadline.js';
import { MAX_WAIT_MS, retryAfterMs } from '../web/retry-after.js';
import { retry, type Sleep } from '../web/retry.js';

type Octokit = ReturnType<typeof getOctokit>;

export interface GitHubApiOptions {
  readonly token: string;
  /** `https://api.github.com`, or that of an enterprise server. */
  readonly apiUrl: string;
  /** What one attempt may take, in milliseconds. */
  readonly timeoutMs: number;
  readonly log: Log;
  /** Waits before another attempt; undefined for the clock of this machine. */
  readonly sleep?: Sleep | undefined;
}

/** One thing that is asked of GitHub. */
export interface ApiCall<T> {
  /** Completes the sentence "GitHub refused to …". */
  readonly doing: string;
  /** Sends the request, and reads what the answer holds. A {@link JsonError} says that it is not what GitHub sends. */
  readonly send: (octokit: Octokit, request: { readonly signal: AbortSignal }) => Promise<T>;
  /**
   * For what must not be done twice: looks whether it was done, where an attempt ended without an answer that tells;
   * undefined where it was not.
   */
  readonly inDoubt?: () => Promise<T | undefined>;
}

export interface GitHubApi {
  /**
   * Asks, and asks again where that may help: after failures of the server or the network, and where GitHub says that
   * there were too many requests.
   *
   * @throws {UserError} `permission` where the token may not do it, `remote` otherwise, with GitHub's own words
   */
  readonly call: <T>(call: ApiCall<T>) => Promise<T>;
}

/** The waits before the second and the third attempt, in milliseconds. */
const RETRY_WAITS_MS = [1000, 3000];
/** Largest answer that is read, in bytes: a page of 100 comments of the longest kind fits. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
/** Of GitHub's words, so many characters are told. */
const MAX_MESSAGE = 500;

/** GitHub's API. Proxies are those of the environment. */
export function createGitHubApi({ token, apiUrl, timeoutMs, log, sleep }: GitHubApiOptions): GitHubApi {
  const octokit = getOctokit(token, { baseUrl: apiUrl });
  octokit.hook.before('request', (options) => {
    const request = options.request as { fetch: Fetch };
    // Octokit's own fetch knows the proxies. These options are those of one request; hooks change them in place.
    options.request = { ...request, fetch: boundedFetch(request.fetch, MAX_ANSWER_BYTES) };
  });
  octokit.hook.after('request', ({ status, data }) => {
    // An answer of a proxy is a page.
    if (status < 204 && (typeof data !== 'object' || data === null))
      throw new ApiFailure('the answer is no JSON');
    requireErrorList(data);
  });
  const attempt = async <T>({ doing, send }: ApiCall<T>): Promise<T> => {
    const { signal, end } = startDeadline(timeoutMs);
    try {
      return await send(octokit, { signal });
    } catch (error) {
      throw signal.aborted
        ? new ApiFailure(`there was no full answer within ${timeoutMs / 1000} s`)
        : (unusable(error, doing) ?? failureOf(error));
    } finally {
      end();
    }
  };
  return {
    async call<T>(call: ApiCall<T>) {
      let failure: ApiFailure | undefined;
      /** What an attempt has done that failed, if it has. */
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
            log.detail(`GitHub: ${failure.message}; asking again in ${waitMs / 1000} s.`);
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

/** How a request ended that did not succeed. */
class ApiFailure extends Error {
  override readonly name = 'Failure';

  constructor(
    message: string,
    /** Undefined where there was no answer. */
    readonly status?: number,
    private readonly headers: Readonly<Record<string, string | undefined>> = {},
  ) {
    super(message);
  }

  /** Whether the request may have been carried out all the same. */
  get isDoubtful(): boolean {
    return this.status === undefined || this.status >= 500;
  }

  /** GitHub's limits on requests: the primary one is used up, or it asks to slow down. */
  get isRateLimit(): boolean {
    if (this.status !== 403 && this.status !== 429) return false;
    const { 'retry-after': retryAfter, 'x-ratelimit-remaining': remaining } = this.headers;
    return (
      this.status === 429 || retryAfter !== undefined || remaining === '0' || /rate limit/i.test(this.message)
    );
  }

  /**
   * How long to wait before the next attempt; undefined if that is of no use.
   *
   * @param usual if the answer says nothing about it
   */
  waitMs(usual: number): number | undefined {
    if (!this.isRateLimit)
      return this.isDoubtful ? bounded(Math.max(usual, retryAfterMs(this.headers) ?? 0)) : undefined;
    const { 'retry-after': retryAfter, 'x-ratelimit-remaining': remaining } = this.headers;
    if (retryAfter !== undefined) return bounded(retryAfterMs(this.headers) ?? Number.NaN);
    // GitHub means a minute if it does not name a time.
    if (remaining !== '0') return MAX_WAIT_MS;
    const { 'x-ratelimit-reset': reset, date } = this.headers;
    return bounded(Number(reset) * 1000 - Date.parse(date ?? ''));
  }
}

function bounded(wait: number): number | undefined {
  return wait <= MAX_WAIT_MS ? Math.max(wait, 0) : undefined;
}

/** Octokit goes through the errors of GraphQL without a look at what they are. */
function requireErrorList(data: unknown): void {
  if (typeof data !== 'object' || data === null || !('errors' in data)) return;
  const isError = (value: unknown) => typeof value === 'object' && value !== null;
  if (!Array.isArray(data.errors) || !data.errors.every(isError))
    throw new JsonError('errors should be a list of objects');
}

/** Says that an answer is not what GitHub sends, so that asking again is of no use; undefined if that is not the fault. */
function unusable(error: unknown, doing: string): UserError | undefined {
  const cause = error instanceof Error && error.cause instanceof ResponseTooLargeError ? error.cause : error;
  if (!(cause instanceof JsonError || cause instanceof ResponseTooLargeError)) return undefined;
  return new UserError(
    'remote',
    `GitHub was asked to ${doing}. Its answer cannot be used: ${cause.message}.`,
    {
      hint: 'Is GITHUB_API_URL the address of an API? A proxy in between may have answered.',
      cause: error,
    },
  );
}

/** What octokit throws, as far as it is a failed request. */
function failureOf(error: unknown): unknown {
  if (error instanceof ApiFailure || !(error instanceof Error)) return error;
  if (error.name === 'GraphqlResponseError') return new ApiFailure(error.message.slice(0, MAX_MESSAGE), 200);
  if (!('status' in error)) return error;
  const { status, response } = error as {
    status?: number;
    response?: { data?: unknown; headers?: Record<string, string> };
  };
  // Where no server answered, octokit speaks of a status all the same.
  if (!response?.headers) return new ApiFailure(messageOf(error));
  return new ApiFailure(wordsOf(response.data), status, response.headers);
}

/** GitHub's own words: the message, and what it says about single fields. */
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

function explain(failure: ApiFailure, doing: string): UserError {
  const words = printable(failure.message);
  const { status } = failure;
  const failed = (what: string, hint: string, code: 'remote' | 'permission' = 'remote') =>
    new UserError(code, `${what}.`, { hint, cause: failure });
  if (status === undefined)
    return failed(
      `GitHub could not be asked to ${doing}: ${words}`,
      'Run again later, and look at githubstatus.com.',
    );
  const answer = words === '' ? `${status}` : `${words} (${status})`;
  if (failure.isRateLimit)
    return failed(`GitHub refused to ${doing}: ${answer}`, 'There were too many requests. Run again later.');
  if (status === 403)
    return failed(`GitHub refused to ${doing}: ${answer}`, 'The token lacks a permission.', 'permission');
  if (status === 401)
    return failed(
      `GitHub refused to ${doing}: ${answer}`,
      'The token is not valid, or no longer. Check the input "token".',
    );
  if (status >= 500)
    return failed(`GitHub failed to ${doing}: ${answer}`, 'Run again later, and look at githubstatus.com.');
  return failed(`GitHub refused to ${doing}: ${answer}`, 'Check what it says, and what the token may do.');
}

/** @returns undefined where there is no such thing */
export async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if ((error as { status?: unknown }).status === 404) return undefined;
    throw error;
  }
}
