import type { ServedResponse } from '../../app/ports/site-source.js';
import { count } from '../../model/humanize.js';
import { readStreamBounded } from '../files/read-bounded.js';
import { downloadFile, type DownloadedFile } from './download-file.js';
import { DownloadError, refused, request, TRANSIENT, type RequestOptions, type Retries } from './request.js';
import type { Sleep } from './retry.js';

/** Maximum number of requests at the same time. */
const MAX_AT_ONCE = 4;
/** The waits after failed requests, in milliseconds, unless the server asks for longer ones. */
const WAITS_MS = [1000, 4000, 15_000];
/** The longest of these waits after other failures. */
const MAX_WAIT_OTHERWISE_MS = 4000;
/** The status of firewalls that ask for fewer requests, and of servers that do not show whether a file exists. */
const FORBIDDEN = 403;
/** Statuses with which servers ask for fewer requests. */
const SLOW_DOWN: ReadonlySet<number> = new Set([FORBIDDEN, 429, 503]);
const RETRIED: ReadonlySet<number> = new Set([...TRANSIENT, FORBIDDEN]);
/** Maximum number of requests in a row without a response, after which no more are sent. */
const MAX_UNANSWERED = 8;
/** Statuses of servers that do not support HEAD for a file. */
const NO_HEAD: ReadonlySet<number> = new Set([FORBIDDEN, 405, 501]);

export interface PoliteWebOptions extends Pick<RequestOptions, 'timeoutMs' | 'signal'> {
  readonly sleep: Sleep;
  /** Shows what the run waits for. */
  readonly onWaiting: (message: string) => void;
}

/** Reads many files from one web server, without overloading it. All functions throw {@link DownloadError}. */
export interface PoliteWeb {
  readonly get: (url: string, maxBytes: number) => Promise<Uint8Array>;
  /** Requests only the headers, whatever the status is. */
  readonly head: (url: string) => Promise<ServedResponse>;
  /** Downloads a file to the disk. */
  readonly download: (
    url: string,
    file: string,
    options: { readonly maxBytes: number; readonly onBytes?: ((bytes: number) => void) | undefined },
  ) => Promise<DownloadedFile>;
}

/**
 * Creates a reader that sends at most four requests at the same time, waits as the server asks, and pauses all requests
 * when the server refuses one of them because there are too many. If waiting did not help, later requests are not
 * repeated until one of them succeeds; those with the status 403, never again: such a server forbids single files. A
 * server that has stopped responding gets no more requests.
 */
export function createPoliteWeb({ sleep, onWaiting, signal, timeoutMs }: PoliteWebOptions): PoliteWeb {
  const waiting: (() => void)[] = [];
  let active = 0;
  let pause: Promise<unknown> | undefined;
  let isHopeless = false;
  let isForbidden = false;
  let unanswered = 0;

  const retries = (): Retries => ({
    waitsMs: isHopeless ? [] : WAITS_MS,
    statuses: isForbidden ? TRANSIENT : RETRIED,
    // A server that does not respond at all will hardly do so soon.
    isWorth: ({ status = 0 }, waitMs) =>
      SLOW_DOWN.has(status) ? !(isForbidden && status === FORBIDDEN) : waitMs <= MAX_WAIT_OTHERWISE_MS,
    onRetry(error, waitMs) {
      if (!(error instanceof DownloadError) || !SLOW_DOWN.has(error.status ?? 0)) return;
      if (!pause)
        onWaiting(
          `The server asks for fewer requests (${error.status ?? ''}): waiting ${count(Math.ceil(waitMs / 1000), 'second')}.`,
        );
      const mine = sleep(waitMs, signal).finally(() => {
        if (pause === mine) pause = undefined;
      });
      // The request itself also waits, and reports an interruption.
      mine.catch(() => undefined);
      pause = mine;
    },
  });

  async function run<T>(send: (options: RequestOptions) => Promise<T>): Promise<T> {
    if (active < MAX_AT_ONCE) active++;
    // A request that ends passes its place on.
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      while (pause) await pause;
      if (unanswered >= MAX_UNANSWERED)
        throw new DownloadError(
          `it was not requested, because the server did not respond to the ${MAX_UNANSWERED} requests before`,
          false,
        );
      const result = await send({ timeoutMs, signal, sleep, retries: retries() });
      isHopeless = false;
      unanswered = 0;
      return result;
    } catch (error) {
      if (error instanceof DownloadError) learnFrom(error);
      throw error;
    } finally {
      const next = waiting.shift();
      if (next) next();
      else active--;
    }
  }

  function learnFrom({ status = 0, isUnanswered }: DownloadError): void {
    if (status === FORBIDDEN) isForbidden = true;
    else if (SLOW_DOWN.has(status)) isHopeless = true;
    unanswered = isUnanswered ? unanswered + 1 : status === 0 ? unanswered : 0;
  }

  return {
    get: (url, maxBytes) =>
      run((options) =>
        request({ method: 'GET', url }, options, async (message, aborted) => {
          if (message.statusCode !== 200) throw await refused(message, aborted, options.retries);
          const bytes = await readStreamBounded(message, maxBytes, { signal: aborted });
          if (bytes === undefined)
            throw new DownloadError(`it exceeds the limit of ${maxBytes} bytes`, false);
          return bytes;
        }),
      ),
    async head(url) {
      try {
        const response = await run((options) => requestHeaders('HEAD', url, options));
        if (!NO_HEAD.has(response.status)) return response;
        return await run((options) => requestHeaders('GET', url, options));
      } catch (error) {
        // Waiting did not help, so that is the answer.
        if (!(error instanceof DownloadError) || error.status === undefined) throw error;
        return { method: 'HEAD', status: error.status, headers: {}, redirects: [] };
      }
    },
    download: (url, file, limits) => run((options) => downloadFile(url, file, { ...options, ...limits })),
  };
}

/** Requests headers. GET requests the first byte. */
function requestHeaders(
  method: 'HEAD' | 'GET',
  url: string,
  options: RequestOptions,
): Promise<ServedResponse> {
  const range = { range: 'bytes=0-0' };
  const headers = () => (method === 'GET' ? range : {});
  return request({ method, url, headers }, options, async (message, signal, redirects) => {
    const { statusCode: status = 0 } = message;
    const mayPass =
      options.retries?.statuses.has(status) === true && !(method === 'HEAD' && NO_HEAD.has(status));
    if (mayPass) throw await refused(message, signal, options.retries);
    return { method, status, headers: namedOnce(message.headers), redirects };
  });
}

/** Headers that occur several times are joined. */
function namedOnce(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}
