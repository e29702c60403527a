import type { IncomingMessage } from 'node:http';
import { HttpClient } from '@actions/http-client';

/** Maximum number of redirects in a row. */
export const MAX_REDIRECTS = 5;
const USER_AGENT = 'pages-update-site';
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Creates a client without retries or redirects, which are up to the caller. It uses the proxies of the
 * environment. The caller must dispose of it.
 *
 * @param timeoutMs timeout of an idle connection, in milliseconds
 */
export function createWebClient(timeoutMs: number): HttpClient {
  return new HttpClient(USER_AGENT, [], {
    allowRedirects: false,
    allowRetries: false,
    socketTimeout: timeoutMs,
  });
}

/** Whether the response is a redirect. */
export function isRedirect({ statusCode = 0 }: IncomingMessage): boolean {
  return REDIRECTS.has(statusCode);
}
