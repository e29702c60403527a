import type { IncomingMessage } from 'node:http';
import type { HttpClient } from '@actions/http-client';
import type { Log } from '../../app/ports/log.js';
import type { PublishedDates } from '../../app/ports/web-servers.js';
import { messageOf } from '../../model/user-error.js';
import { createWebClient, isRedirect, MAX_REDIRECTS } from './client.js';
import { startDeadline } from './deadline.js';
import { orAborted } from './or-aborted.js';

/** The format of dates in HTTP (RFC 9110, section 5.6.7). */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

export interface PublishedDatesOptions {
  /** Timeout for each request, redirects included, in milliseconds. */
  readonly timeoutMs: number;
  /** Aborts all requests: a run that ends does not wait for them. */
  readonly signal: AbortSignal;
  readonly log: Log;
}

/**
 * Requests the dates of files from web servers by HEAD requests, as the updater does. No login is ever sent. The
 * date helps to choose a timestamp and is not essential: failures are only logged as details.
 */
export function createPublishedDates({ timeoutMs, signal, log }: PublishedDatesOptions): PublishedDates {
  return {
    async lastModified(url) {
      const deadline = startDeadline(timeoutMs, signal);
      const client = createWebClient(timeoutMs);
      try {
        const date = await orAborted(requestDate(client, new URL(url)), deadline.signal);
        log.detail(`${url} was last changed at ${date.toISOString()}.`);
        return date;
      } catch (error) {
        const reason = deadline.signal.aborted
          ? `the server did not respond within ${timeoutMs / 1000} s`
          : messageOf(error);
        if (!signal.aborted) log.detail(`It is not known when ${url} was last changed: ${reason}.`);
        return undefined;
      } finally {
        deadline.end();
        client.dispose();
      }
    },
  };
}

async function requestDate(client: HttpClient, start: URL): Promise<Date> {
  let url = start;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    requireWebAddress(url, start);
    const { message } = await client.head(url.href);
    // The body is not needed.
    message.destroy();
    if (!isRedirect(message)) return dateIn(message);
    const { location } = message.headers;
    if (location === undefined || !URL.canParse(location, url.href))
      throw new Error('the server redirects to nowhere');
    url = new URL(location, url);
  }
  throw new Error(`the server redirects more than ${MAX_REDIRECTS} times`);
}

/** Like the updater, refuses redirects from https to http. Addresses with a login are refused too. */
function requireWebAddress({ protocol, username, password }: URL, start: URL): void {
  const isSecureEnough = protocol === 'https:' || (protocol === 'http:' && start.protocol === 'http:');
  if (!isSecureEnough) throw new Error('the server redirects to an address that is not secure');
  if (username !== '' || password !== '') throw new Error('the server redirects to an address with a login');
}

function dateIn({ statusCode = 0, statusMessage = '', headers }: IncomingMessage): Date {
  if (statusCode !== 200)
    throw new Error(`the server responded with ${`${statusCode} ${statusMessage}`.trim()}`);
  const text = headers['last-modified'] ?? '';
  const date = new Date(HTTP_DATE.test(text) ? text : Number.NaN);
  if (Number.isNaN(date.getTime())) throw new Error('the server does not send a date in "Last-Modified"');
  return date;
}
