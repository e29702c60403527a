import type { IncomingMessage } from 'node:http';
import { HttpClient } from '@actions/http-client';

/** How often a redirect is followed, one after the other. */
export const MAX_REDIRECTS = 5;
const USER_AGENT = 'pages-update-site';
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * A client that asks once and follows nothing: what is asked again, and which redirects lead on, its users decide.
 * Proxies are those of the environment. To be disposed of.
 *
 * @param timeoutMs how long a connection may be silent, in milliseconds
 */
export function createWebClient(timeoutMs: number): HttpClient {
  return new HttpClient(USER_AGENT, [], {
    allowRedirects: false,
    allowRetries: false,
    socketTimeout: timeoutMs,
  });
}

/** Whether the server says that the answer is at another address. */
export function isRedirect({ statusCode = 0 }: IncomingMessage): boolean {
  return REDIRECTS.has(statusCode);
}
