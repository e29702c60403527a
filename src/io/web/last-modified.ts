import type { IncomingMessage } from 'node:http';
import type { HttpClient } from '@actions/http-client';
import type { Log } from '../../app/ports/log.js';
import type { PublishedDates } from '../../app/ports/web-servers.js';
import { messageOf } from '../../model/user-error.js';
import { createWebClient, isRedirect, MAX_REDIRECTS } from './client.js';
import { startDeadline } from './deadline.js';
import { orAborted } from './or-aborted.js';

/** A date of HTTP as all servers send it (RFC 9110, section 5.6.7). */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

export interface PublishedDatesOptions {
  /** How long one question may take, redirects included, in milliseconds. */
  readonly timeoutMs: number;
  /** Ends all questions: a run that is over does not wait for them. */
  readonly signal: AbortSignal;
  readonly log: Log;
}

/**
 * Asks web servers for the dates of files by HEAD requests, as the updater does. No login is ever sent. The answer helps
 * to choose a timestamp and is not essential: whatever goes wrong is a line for those who look for details.
 */
export function createPublishedDates({ timeoutMs, signal, log }: PublishedDatesOptions): PublishedDates {
  return {
    async lastModified(url) {
      const deadline = startDeadline(timeoutMs, signal);
      const client = createWebClient(timeoutMs);
      try {
        const date = await orAborted(ask(client, new URL(url)), deadline.signal);
        log.detail(`${url} was changed last at ${date.toISOString()}.`);
        return date;
      } catch (error) {
        const reason = deadline.signal.aborted
          ? `there was no answer within ${timeoutMs / 1000} s`
          : messageOf(error);
        if (!signal.aborted) log.detail(`When ${url} was changed last is not known: ${reason}.`);
        return undefined;
      } finally {
        deadline.end();
        client.dispose();
      }
    },
  };
}

async function ask(client: HttpClient, start: URL): Promise<Date> {
  let url = start;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    requireWebAddress(url, start);
    const { message } = await client.head(url.href);
    // What a server sends after its headers does not matter.
    message.destroy();
    if (!isRedirect(message)) return dateIn(message);
    const { location } = message.headers;
    if (location === undefined || !URL.canParse(location, url.href))
      throw new Error('the server redirects to nowhere');
    url = new URL(location, url);
  }
  throw new Error(`the server redirects more than ${MAX_REDIRECTS} times`);
}

/** Like the updater, from https nothing leads to http; a login in an address is not sent to its server. */
function requireWebAddress({ protocol, username, password }: URL, start: URL): void {
  const isSecureEnough = protocol === 'https:' || (protocol === 'http:' && start.protocol === 'http:');
  if (!isSecureEnough) throw new Error('the server redirects to an address that is not secure');
  if (username !== '' || password !== '') throw new Error('the server redirects to an address with a login');
}

function dateIn({ statusCode = 0, statusMessage = '', headers }: IncomingMessage): Date {
  if (statusCode !== 200) throw new Error(`the server answers ${`${statusCode} ${statusMessage}`.trim()}`);
  const text = headers['last-modified'] ?? '';
  const date = new Date(HTTP_DATE.test(text) ? text : Number.NaN);
  if (Number.isNaN(date.getTime())) throw new Error('the server does not send a date in "Last-Modified"');
  return date;
}
